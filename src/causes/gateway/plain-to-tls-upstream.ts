import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { isAnswer } from '../../path/request-path.js'
import { defineCause } from '../define.js'
import { failsNow } from '../shared/gateway-log.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

/** How a server that wants TLS ends what is no TLS. */
const brokenOff: readonly (string | null)[] = ['empty', 'reset', 'not-http']

export default defineCause({
  id: 'plain-to-tls-upstream',
  title: 'the gateway speaks plain HTTP to an app that speaks TLS',
  layer: 'gateway',
  breaks: 'site',
  explains: ['app-hung', 'app-serves-5xx', 'app-crash-uncaught', 'upstream-pool-tripped'],
  needs: ['certificates'],
  runbook: {
    symptom: 'every page gives 502 at once, and the app runs without an error',
    signs: [
      'the log says `upstream prematurely closed connection while reading response header` for every request',
      '`curl -vk https://127.0.0.1:<port>/` shows a certificate, and `curl http://…` an empty reply',
    ],
    against: ['app-crash-uncaught: the app dies at those moments', 'tls-to-plain-upstream: the other way round'],
    remedy: [
      { step: 'write https:// where the gateway says http://, or let the app speak plain HTTP', risk: risks.edit },
      steps.reload,
    ],
  },
  source: 'Reproduced with https.createServer() behind proxy_pass http://: it closes what is no TLS; vesta#2010.',
  judge: (scene) => {
    const { target, direct, location, serves } = scene.path
    const broken = direct.find(({ failure }) => brokenOff.includes(failure))
    if (!location || target?.scheme !== 'http' || target.port === null || serves === true) return undefined
    if (!broken || direct.some(isAnswer) || !failsNow(scene)) return undefined
    const greeted = knownValue(scene.facts.certificates)?.upstreams.find(({ port }) => port === target.port)
    if (!greeted)
      return {
        holds: null,
        because: t`whether ${target.text} speaks TLS could not be seen`,
        decide: `curl -vk https://${target.text}/`,
      }
    const { certificate } = greeted
    if (!certificate) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: target.text,
      summary: t`${gatewayName(scene)} speaks plain HTTP to ${target.text}, where TLS is spoken`,
      evidence: [
        ...edgeEvidence(scene, 'site'),
        requestEvidence(broken),
        { source: `openssl s_client -connect ${target.text}`, text: t`certificate of ${certificate.subject}` },
        ...errorEvidence(scene, 'closed-early', 'reset'),
        ...answerEvidence(scene),
      ],
      remedy: [
        ...editTarget(scene, t`write https:// where it says http:// (HAProxy: \`ssl verify none\` on the server line)`),
        reloadGateway(scene),
      ],
    }
  },
})
