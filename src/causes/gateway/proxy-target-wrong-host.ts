import { knownValue } from '../../fact.js'
import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { type HttpAnswer, isAnswer } from '../../path/request-path.js'
import { findRoutes } from '../../path/routes.js'
import { isLoopback } from '../../path/target.js'
import { defineCause, type Scene } from '../define.js'
import { replaceInTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { edgeEvidence, errorEvidence, gatewayName, listensHere } from '../shared/scene.js'
import { steps } from '../shared/steps.js'

/** How a request ends that nobody takes at its address. */
const unanswered: readonly (string | null)[] = ['unreachable', 'connect-timeout', 'refused']

export default defineCause({
  id: 'proxy-target-wrong-host',
  title: 'the gateway dials another host than the one the app is on',
  layer: 'gateway',
  breaks: 'site',
  explains: ['firewall-drop-gateway-app', 'firewall-reject-gateway-app', 'no-listener', 'upstream-pool-tripped'],
  needs: ['host', 'http'],
  runbook: {
    symptom: 'every page gives 502 or 504, often since a move to another host or another address',
    signs: [
      'the address that the gateway dials is none of this host, and nobody answers there',
      'this host has a web app that answers on the same port of its loopback address, and no site leads to it',
    ],
    against: ['firewall-drop-gateway-app: the app is on that other host, and answers there'],
    remedy: [
      { step: 'let the gateway dial 127.0.0.1:<port>', risk: 'wrong where the app is meant to run on the other host' },
      steps.reload,
    ],
  },
  source: 'Reproduced: (101: Network is unreachable) or a timeout while connecting to upstream; docker-nginx#729.',
  judge: (scene) => {
    const { target, direct, location, serves } = scene.path
    if (!location || target?.port == null || target.isLocal !== false || serves === true || !scene.facts.host.known)
      return undefined
    const failed = direct.filter(({ failure }) => unanswered.includes(failure))
    const { port } = target
    if (failed.length === 0 || failed.length < direct.length || isReached(scene, port)) return undefined
    const own = answersHere(scene, port)
    if (!own && !isAskedHere(scene, port) && listensHere(scene, port))
      return {
        holds: null,
        because: t`whether what listens on port ${port} of this host is the app was not asked`,
        decide: `curl -i http://127.0.0.1:${port}/`,
      }
    if (!own) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: target.text,
      summary: t`${gatewayName(scene)} dials ${target.text}, where nobody answers; the app on port ${target.port} is on this host`,
      evidence: [
        ...edgeEvidence(scene, 'site'),
        ...failed.map(requestEvidence),
        { source: 'ip address', text: joinWords(scene.facts.host.value.addresses) },
        requestEvidence(own),
        ...errorEvidence(scene, 'connect-unreachable', 'connect-timeout', 'connect-refused'),
      ],
      remedy: [
        ...replaceInTarget(
          scene,
          target.addresses[0]?.replaceAll('.', '\\.') ?? '',
          '127.0.0.1',
          t`${gatewayName(scene)} dials this host; if the app is meant to run elsewhere, write that address instead`,
        ),
        reloadGateway(scene),
      ],
    }
  },
})

/** What answers on that port of this host itself. */
function answersHere({ facts }: Scene, port: number): HttpAnswer | undefined {
  return knownValue(facts.http)?.answers.find(
    (answer) => answer.vantage === 'direct' && answer.port === port && isLoopback(answer.address) && isAnswer(answer),
  )
}

function isAskedHere({ facts }: Scene, port: number): boolean {
  return knownValue(facts.http)?.answers.some((answer) => answer.port === port && isLoopback(answer.address)) ?? false
}

function isReached({ facts }: Scene, port: number): boolean {
  return findRoutes(facts).some(({ target }) => target.isLocal === true && target.port === port)
}
