import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { isAnswer } from '../../path/request-path.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { failsNow, isSince, type Logged } from '../shared/gateway-log.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { answerEvidence, gatewayName, logOf } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-healthcheck-wrong',
  title: "the gateway's health check fails on an app that is well",
  layer: 'gateway',
  breaks: 'site',
  explains: ['upstream-pool-tripped', 'app-serves-5xx'],
  needs: ['http', 'gateway-errors'],
  runbook: {
    symptom: 'every page gives 503, and the app answers when it is asked itself',
    signs: [
      'HAProxy says `Server <backend>/<server> is DOWN, reason: Layer7 wrong status, code: 404`; Caddy says `unexpected status code` of its health_checker',
      '`curl -I http://127.0.0.1:<port>/` gives a page, and the path that is checked gives something else',
    ],
    against: ['app-serves-5xx: the app answers pages with errors, too', 'no-listener: the check cannot connect'],
    remedy: [
      { step: 'ask the app what it says there: `curl -i http://127.0.0.1:<port><path>`', risk: risks.none },
      { step: 'let the check ask for a path that gives 200, with the Host that the app wants', risk: risks.edit },
      { step: 'test the configuration and load it', risk: risks.reload },
    ],
  },
  source: 'Reproduced with HAProxy 2.6 (L7STS, option httpchk) and Caddy 2.6 (health_uri); haproxy#2330.',
  judge: (scene) => {
    const { gateway, location, direct, target } = scene.path
    const block = gateway?.facts.upstreams.find(({ name }) => name === location?.proxyPass?.upstream)
    const check = block?.healthCheck
    const good = direct.find(isAnswer)
    if (!gateway || !block || !check || !target || !good || !failsNow(scene)) return undefined
    const line = lastCheck(scene)
    if (!line) return undefined
    const path = check.path ?? '/'
    const asks = check.path === null ? t`a connection` : path
    const { file, line: at } = check.place
    return {
      holds: true,
      // That it waited in vain may have been the app's fault at that moment.
      confidence: line.kind === 'health-check' ? 'high' : 'medium',
      subject: block.name,
      summary: t`${gatewayName(scene)} takes ${target.text} for dead because of its health check (${asks}), and the app answers`,
      evidence: [
        { source: logOf(scene), text: line.sample },
        { source: `${file}:${at}`, text: t`health check: ${asks}` },
        requestEvidence(good),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: sh`curl -i ${`http://${target.text}${path}`}`,
          note: t`shows what the app says to the check`,
          risk: risks.none,
        },
        {
          command: asRoot(scene.login, sh`nano ${`+${at}`} ${file}`),
          note:
            line.kind === 'health-check'
              ? t`let the check ask for a path that gives 200, by the name that the app knows`
              : t`let the check ask where the app answers, in the way that it speaks (\`port\`, \`check-ssl\`), and wait for long enough (\`timeout check\`)`,
          risk: risks.edit,
        },
        reloadGateway(scene),
      ],
    }
  },
})

/** Ends of a check that the app, which answers otherwise, is not to blame for. One that is refused may have come as it started. */
const blameless = ['health-check', 'connect-timeout', 'response-timeout', 'tls', 'invalid-response']

/** A server is told down once, when it goes down, so the line may be as old as the gateway. */
function lastCheck({ path: { gateway, target } }: Scene): Logged | undefined {
  return gateway?.errors?.kinds.findLast(
    (entry) =>
      (entry.kind === 'health-check' || entry.phase === 'while checking health') &&
      blameless.includes(entry.kind) &&
      isSince(entry, gateway.facts.workersStartedMs) &&
      (entry.upstream === null || entry.upstream.endsWith(`:${target?.port}`)),
  )
}
