import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { nameOf, type Site } from '../../path/request-path.js'
import { findRoutes } from '../../path/routes.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { gatewayName } from '../shared/scene.js'
import { hasPattern, realNames, sitesGot, targetsOf } from '../shared/site-choice.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'wrong-server-block',
  title: "visitors get another site of the gateway than the app's",
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener', 'proxy-port-mismatch'],
  needs: ['host'],
  runbook: {
    symptom: "visitors get the gateway's welcome page, a 404 or another site, and the app has no request in its log",
    signs: [
      "no `server_name` of the app's site is the name that visitors ask for, and another site is the default one",
      'or another site listens on the very address that they come to: the most exact `listen` is chosen first, and only then the name',
    ],
    against: [
      'site-not-enabled: the site is not in the configuration that is read',
      'conflicting-server-name: both sites have the same name',
      'a test by `curl http://127.0.0.1/` without `-H "Host: <name>"` always gets the default site',
    ],
    remedy: [
      { step: "write the visitors' name into `server_name` of the app's site", risk: risks.edit },
      {
        step: 'or take the other site away: `rm /etc/nginx/sites-enabled/default`',
        risk: 'names that no site has then get the next site',
      },
      steps.reload,
    ],
  },
  source: 'https://nginx.org/en/docs/http/request_processing.html; reproduced with the default site of Debian.',
  judge: (scene) => {
    const { site, gateway, location, target, app } = scene.path
    if (!site || !location || !target || !gateway?.facts.running || !hasBlocks(gateway.kind)) return undefined
    if (!scene.facts.host.known || gateway.facts.mistakes.length > 0 || isLedToOtherwise(scene, site)) return undefined
    const asked = app?.hint?.serverName
    const names = asked === undefined ? realNames(site) : [asked]
    if (asked === undefined ? hasPattern(site) : site.locations.every((own) => own !== location)) return undefined
    const got = sitesGot(scene, site, names)
    const [other] = got
    if (!other || got.includes(site) || got.some((each) => isSame(each, site, names))) return undefined
    const [name] = names
    const answer = answerOf(scene, name ?? null, site)
    return {
      holds: true,
      confidence: 'high',
      subject: formatPlace(site),
      summary:
        name === undefined
          ? t`${gatewayName(scene)} gives visitors the site in ${formatPlace(other)}, not the one that leads to ${target.text}`
          : t`${gatewayName(scene)} gives visitors of ${name} the site in ${formatPlace(other)}, not the one that leads to ${target.text}`,
      evidence: [
        { source: formatPlace(site), text: describe(site) },
        { source: formatPlace(other), text: t`${describe(other)}: chosen` },
        ...(answer ? [requestEvidence(answer)] : []),
      ],
      remedy: [...remedies(scene, site, other, name), reloadGateway(scene)],
    }
  },
})

/** Caddy and HAProxy choose otherwise. */
function hasBlocks(kind: string): boolean {
  return kind === 'nginx' || kind === 'apache'
}

/** Whether the same server has another way in: then nobody misses this one. */
function isLedToOtherwise({ path, facts }: Scene, site: Site): boolean {
  return findRoutes(facts).some((route) => route.site !== site && route.target.text === path.target?.text)
}

/** Two sites of one name are another fault; and one that leads to the same place is none. */
function isSame(got: Site, site: Site, names: readonly string[]): boolean {
  const own = realNames(site)
  return (
    names.some((name) => own.includes(name) && got.names.includes(name) && sharesDoor(got, site)) ||
    targetsOf(got).some((text) => targetsOf(site).includes(text)) ||
    got.redirects !== null
  )
}

function sharesDoor(a: Site, b: Site): boolean {
  return a.listens.some((one) => b.listens.some(({ address, port }) => address === one.address && port === one.port))
}

function answerOf({ facts }: Scene, name: string | null, { listens }: Site) {
  return knownValue(facts.http)?.answers.find(
    ({ vantage, hostHeader, port }) =>
      vantage === 'gateway' && hostHeader === name && listens.some((listen) => listen.port === port),
  )
}

/** `/etc/nginx/sites-enabled/app:3` */
function formatPlace({ place: { file, line } }: Site): string {
  return `${file}:${line}`
}

function describe({ names, listens }: Site): string {
  const doors = listens.map(({ address, port, isDefault }) => `${address}:${port}${isDefault ? ' default_server' : ''}`)
  return `listen ${doors.join(', ')}; server_name ${names.filter((name) => name !== '').join(' ') || t`none`}`
}

function remedies({ login }: Scene, site: Site, other: Site, name: string | undefined): RemedyStep[] {
  const { file, line } = site.place
  const named = {
    command: asRoot(login, sh`nano ${`+${line}`} ${file}`),
    note:
      name === undefined
        ? t`write the name that visitors ask for into server_name, and listen where ${nameOf(other)} does`
        : t`write the name that visitors ask for, ${name}, into server_name, and listen where ${nameOf(other)} does`,
    risk: risks.edit,
  }
  if (!other.place.file.endsWith('/sites-enabled/default')) return [named]
  return [
    named,
    {
      command: asRoot(login, sh`rm ${other.place.file}`),
      note: t`or takes the default site away, whose file stays in sites-available`,
      risk: t`names that no site has get this site then`,
    },
  ]
}
