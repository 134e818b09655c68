import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { gatewaysOf } from '../../path/gateways.js'
import { type HttpAnswer, isAnswer, nameOf, type Site } from '../../path/request-path.js'
import type { Refusal } from '../../probes/nginx/facts.js'
import { sh } from '../../shell.js'
import { defineCause, type Holds, type RemedyStep, type Scene } from '../define.js'
import { presentErrors, serverErrors } from '../shared/gateway-log.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-deliberate-503',
  title: 'the gateway refuses requests because it is told to',
  layer: 'gateway',
  breaks: 'site',
  explains: ['app-serves-5xx'],
  needs: ['http'],
  runbook: {
    symptom:
      'pages give 503 at once, all of them or those of busy visitors, and the app answers when it is asked itself',
    signs: [
      'the configuration has `return 503`, often under an `if` with the flag file of a maintenance',
      'or the log says `limiting requests, excess: …` or `limiting connections by zone`',
      'the log has no line about an upstream',
    ],
    against: [
      'app-serves-5xx: the app itself says 503',
      'gateway-healthcheck-wrong: the gateway takes the app for dead',
    ],
    remedy: [
      { step: 'remove the flag of the maintenance: `rm <file>`', risk: 'visitors come in: see that the work is done' },
      {
        step: 'or raise the limit (`burst=`, `rate=`, `limit_conn`)',
        risk: 'the app gets what the limit kept from it',
      },
      steps.reload,
    ],
  },
  source:
    'Reproduced: return 503 under if (-f …), limit_req; ngx_http_limit_req_module.c and ngx_http_limit_conn_module.c.',
  judge: (scene) => (scene.path.site ? (refused(scene) ?? limited(scene)) : closed(scene)),
})

/** The site, or the location, has the status that visitors get. */
function refused(scene: Scene): Holds | undefined {
  const { site, location, gateway, throughGateway, direct, serves } = scene.path
  const good = direct.find(isAnswer)
  const refusal = [site?.refuses, location?.refuses].find((each) => each?.status === throughGateway?.status)
  if (!site || !refusal || !throughGateway || !good || serves === true || gateway?.facts.mistakes.length)
    return undefined
  if (presentErrors(scene, ...serverErrors).length > 0) return undefined
  return tell(scene, refusal, nameOf(site), [requestEvidence(good), requestEvidence(throughGateway)])
}

/** No site leads to the app, and one answers so for everything. */
function closed(scene: Scene): Holds | undefined {
  const { app, direct } = scene.path
  const good = direct.find(isAnswer)
  if (!app || !good) return undefined
  const all = gatewaysOf(scene.facts).filter(({ facts }) => facts.running && facts.mistakes.length === 0)
  const found = all.flatMap(({ facts }) => facts.sites.flatMap((site) => closedSite(scene, site)))
  const [first] = found
  if (!first || found.length > 1) return undefined
  return { ...tell(scene, first.refusal, nameOf(first.site), [requestEvidence(first.answer)]), confidence: 'medium' }
}

function closedSite({ facts }: Scene, site: Site) {
  const root = site.locations.find(({ pattern }) => pattern === '/')
  const refusal = site.refuses ?? root?.refuses
  const answer = answerOf(knownValue(facts.http)?.answers ?? [], site)
  const isAlone = site.locations.every(({ proxyPass }) => proxyPass === null)
  return refusal && isAlone && answer?.status === refusal.status ? [{ site, refusal, answer }] : []
}

function answerOf(answers: readonly HttpAnswer[], { names, listens }: Site): HttpAnswer | undefined {
  return answers.find(
    ({ vantage, hostHeader, port }) =>
      vantage === 'gateway' &&
      hostHeader !== null &&
      names.includes(hostHeader) &&
      listens.some((listen) => listen.port === port),
  )
}

function tell(scene: Scene, refusal: Refusal, name: string, answers: Holds['evidence']): Holds {
  const { status, condition, place } = refusal
  const at = `${place.file}:${place.line}`
  return {
    holds: true,
    confidence: 'high',
    subject: name,
    summary:
      condition === null
        ? t`${name} is told to answer ${status} in ${at}`
        : t`${name} is told to answer ${status} (if ${condition}) in ${at}`,
    evidence: [{ source: at, text: `return ${status}${condition === null ? '' : ` if ${condition}`}` }, ...answers],
    remedy: [...lift(scene, refusal), ...(condition === null ? [reloadGateway(scene)] : [])],
  }
}

function lift({ login }: Scene, { condition, place }: Refusal): RemedyStep[] {
  // sample: -f /var/www/maintenance.on
  const flag = /^-[fe] "?(\/[^\s"$]+)"?$/.exec(condition ?? '')?.[1]
  if (flag !== undefined)
    return [
      {
        command: asRoot(login, sh`ls -l ${flag}`),
        note: t`shows since when the flag is there, and whose it is`,
        risk: risks.none,
      },
      {
        command: asRoot(login, sh`rm ${flag}`),
        note: t`ends the maintenance at once, without a reload`,
        risk: t`visitors come in: see that the work is done`,
      },
    ]
  return [
    {
      command: asRoot(login, sh`nano ${`+${place.line}`} ${place.file}`),
      note: t`take the refusal away, if it is no longer meant`,
      risk: risks.edit,
    },
  ]
}

/** We met a limit ourselves: one that only others meet may be doing what it is for. */
function limited(scene: Scene): Holds | undefined {
  const [line] = presentErrors(scene, 'limited')
  const { location, direct, throughGateway } = scene.path
  const isRefused = throughGateway !== null && [429, 503].includes(throughGateway.status ?? 0)
  if (!line || !location || !isRefused || !direct.some(isAnswer)) return undefined
  // sample: limiting requests, excess: 0.916 by zone "one"
  const zone = /by zone "([^"]+)"/.exec(line.sample)?.[1]
  return {
    holds: true,
    confidence: 'high',
    subject: zone ?? location.place.file,
    summary:
      zone === undefined
        ? t`${gatewayName(scene)} refused ${line.countLastHour} requests in the last hour by its own limit`
        : t`${gatewayName(scene)} refused ${line.countLastHour} requests in the last hour by its own limit ${zone}`,
    evidence: [...errorEvidence(scene, 'limited'), ...answerEvidence(scene)],
    remedy: [
      {
        command: asRoot(scene.login, sh`grep -rnE ${'limit_(req|conn)'} /etc/nginx`),
        note: t`shows the limits and where they are used`,
        risk: risks.none,
      },
      {
        note: t`raise rate= or burst= where these are wanted visitors (behind a proxy all of them seem to come from one address: set real_ip_header)`,
        risk: t`the app gets what the limit kept from it`,
      },
      reloadGateway(scene),
    ],
  }
}
