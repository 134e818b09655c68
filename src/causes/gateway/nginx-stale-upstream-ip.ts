import { isIP } from 'node:net'
import { knownValue } from '../../fact.js'
import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { isAnswer } from '../../path/request-path.js'
import { defineCause, type Scene } from '../define.js'
import { failsNow, type Logged, presentErrors, serverErrors } from '../shared/gateway-log.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'nginx-stale-upstream-ip',
  title: 'the gateway keeps an address that its upstream no longer has',
  layer: 'gateway',
  breaks: 'site',
  explains: [
    'no-listener',
    'firewall-drop-gateway-app',
    'firewall-reject-gateway-app',
    'upstream-pool-tripped',
    'app-serves-5xx',
  ],
  needs: ['nginx-errors'],
  runbook: {
    symptom: 'every page gives 502 or 504 since the app was moved or its container was made anew; a reload heals it',
    signs: [
      'the configuration dials a name, without a variable',
      'the log names an address as upstream that the name does not have now (`getent ahosts <name>`)',
    ],
    against: [
      'host-not-found-in-upstream: the name has no address at all',
      'firewall-drop-gateway-app: the logged address is the one that the name has now',
    ],
    remedy: [
      steps.reload,
      {
        step: 'for good: `resolver <dns>; set $app <name>; proxy_pass http://$app:<port>;`, or `server <name>:<port> resolve;` (nginx 1.27.3 and later)',
        risk: risks.edit,
      },
    ],
  },
  source:
    'Reproduced: nginx and HAProxy look names up when they take a configuration over, and keep the addresses; open-nvr#256.',
  judge: (scene) => {
    const { gateway, target, serves } = scene.path
    const name = target?.addresses.length === 0 ? target.text.replace(/:\d*$/, '') : ''
    if (!gateway || gateway.kind === 'caddy' || name === '' || serves === true || !failsNow(scene)) return undefined
    const [line] = presentErrors(scene, ...serverErrors).filter((entry) => addressIn(entry) !== undefined)
    const dialled = line && addressIn(line)
    if (!line || dialled === undefined || scene.path.location?.proxyPass?.target.hasVariables) return undefined
    const now = gateway.errors?.names?.find((each) => each.name === name)?.addresses
    if (!now)
      return {
        holds: null,
        because: t`what ${name} resolves to now could not be seen`,
        decide: `getent ahosts ${name}`,
      }
    if (now.length === 0 || now.includes(dialled)) return undefined
    const answered = answerOf(scene, name)
    return {
      holds: true,
      confidence: 'high',
      subject: name,
      summary: t`${gatewayName(scene)} still dials ${dialled} for ${name}, which is ${now[0]} by now`,
      evidence: [
        ...edgeEvidence(scene, 'site'),
        ...errorEvidence(scene, line.kind),
        { source: `getent ahosts ${name}`, text: joinWords(now) },
        ...(answered ? [requestEvidence(answered)] : []),
        ...answerEvidence(scene),
      ],
      remedy: [
        { ...reloadGateway(scene), note: t`looks ${name} up anew, without dropping a connection` },
        ...(gateway.kind === 'nginx'
          ? editTarget(scene, t`for good: name a resolver, and dial ${name} by way of a variable`)
          : []),
      ],
    }
  },
})

function addressIn({ upstream }: Logged): string | undefined {
  // sample: http://10.0.0.7:3000, http://[fd00::7]:3000
  const host = /^\w+:\/\/\[?([\d.]+|[\da-f:]+)\]?(?::\d+)?$/.exec(upstream ?? '')?.[1]
  return host !== undefined && isIP(host) !== 0 ? host : undefined
}

function answerOf({ facts }: Scene, name: string) {
  return knownValue(facts.http)?.answers.find(
    (answer) => answer.vantage === 'direct' && answer.address === name && isAnswer(answer),
  )
}
