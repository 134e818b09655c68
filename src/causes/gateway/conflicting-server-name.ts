import { knownValue } from '../../fact.js'
import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { type HttpAnswer, isAnswer, type Site } from '../../path/request-path.js'
import { findRoutes } from '../../path/routes.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { answerEvidence, gatewayName } from '../shared/scene.js'
import { realNames, sitesGot, targetsOf } from '../shared/site-choice.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'conflicting-server-name',
  title: "two sites of the gateway have one name, and the app's is ignored",
  layer: 'gateway',
  breaks: 'site',
  explains: [
    'no-listener',
    'proxy-port-mismatch',
    'wrong-server-block',
    'upstream-pool-tripped',
    'app-hung',
    'app-serves-5xx',
  ],
  needs: ['http'],
  runbook: {
    symptom:
      'changes to a site have no effect, or its name gives 502 or another app, while the app answers when asked itself',
    signs: [
      '`nginx -t` warns: `conflicting server name "<name>" on 0.0.0.0:80, ignored`',
      'the block that is read first wins; files are read in the order of their names, conf.d before sites-enabled on Debian',
    ],
    against: [
      'wrong-server-block: only one site has the name',
      'gateway-not-reloaded: there is one block, and it is newer than the workers',
    ],
    remedy: [
      { step: 'remove or rename the block that is not wanted', risk: 'its visitors get the other one' },
      steps.reload,
    ],
  },
  source:
    'Reproduced: only a [warn], and the block that was read later is ignored (ngx_http.c, ngx_http_server_names).',
  judge: (scene) => {
    const { site, gateway, location } = scene.path
    if (!site || !location || !gateway?.facts.running || gateway.facts.mistakes.length > 0) return undefined
    const pair = findPair(scene, site)
    if (!pair) return undefined
    const { name, effective, ignored } = pair
    const given = answersOf(scene, name, effective)
    const failed = given.find((answer) => !isAnswer(answer))
    const good = directOf(scene, ignored)
    // Where the site that is chosen serves, or the other one would not, there is nothing that anybody misses for certain.
    if (!good || (site === effective && !failed)) return undefined
    return {
      holds: true,
      confidence: failed ? 'high' : 'medium',
      subject: name,
      summary: t`${gatewayName(scene)} ignores the site ${name} in ${ignored.place.file}:${ignored.place.line}, as ${effective.place.file}:${effective.place.line} has the same name`,
      evidence: [
        {
          source: `${effective.place.file}:${effective.place.line}`,
          text: t`${name} → ${joinWords(targetsOf(effective)) || t`no app`}: read first`,
        },
        {
          source: `${ignored.place.file}:${ignored.place.line}`,
          text: t`${name} → ${joinWords(targetsOf(ignored))}: ignored`,
        },
        requestEvidence(good),
        ...given.slice(0, 1).map(requestEvidence),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`nano ${`+${effective.place.line}`} ${effective.place.file}`),
          note: t`take this block away, or its name ${name}, if the other one is meant`,
          risk: risks.edit,
        },
        reloadGateway(scene),
      ],
    }
  },
})

interface Pair {
  name: string
  effective: Site
  ignored: Site
}

/** This site and another one that has a name and a door in common with it and leads elsewhere, of which one gets no visitor by that name. */
function findPair(scene: Scene, site: Site): Pair | undefined {
  const rivals = (scene.path.gateway?.facts.sites ?? []).filter(
    (other) => other !== site && !leadSame(other, site) && shareDoor(other, site),
  )
  for (const name of realNames(site)) {
    for (const rival of rivals.filter(({ names }) => names.includes(name))) {
      const [effective] = sitesGot(scene, site, [name])
      if (effective === site && isIgnored(scene, rival, name)) return { name, effective, ignored: rival }
      if (effective === rival && isIgnored(scene, site, name)) return { name, effective, ignored: site }
    }
  }
  return undefined
}

function isIgnored(scene: Scene, site: Site, name: string): boolean {
  const got = sitesGot(scene, site, [name])
  return got.length > 0 && !got.includes(site)
}

function leadSame(a: Site, b: Site): boolean {
  return a.redirects !== null || b.redirects !== null || targetsOf(a).join() === targetsOf(b).join()
}

function shareDoor(a: Site, b: Site): boolean {
  return a.listens.some((one) => b.listens.some(({ address, port }) => address === one.address && port === one.port))
}

function answersOf({ facts }: Scene, name: string, { listens }: Site): HttpAnswer[] {
  return (knownValue(facts.http)?.answers ?? []).filter(
    ({ vantage, hostHeader, port }) =>
      vantage === 'gateway' && hostHeader === name && listens.some((listen) => listen.port === port),
  )
}

/** What the app behind the ignored site says. */
function directOf({ facts }: Scene, ignored: Site): HttpAnswer | undefined {
  const targets = findRoutes(facts).flatMap(({ site, target }) => (site === ignored ? [target] : []))
  return knownValue(facts.http)?.answers.find(
    (answer) =>
      answer.vantage === 'direct' &&
      isAnswer(answer) &&
      targets.some(({ port, addresses, unixPath }) =>
        unixPath === null ? answer.port === port && addresses.includes(answer.address) : answer.unixPath === unixPath,
      ),
  )
}
