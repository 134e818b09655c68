import { t } from '../../language/language.js'
import { isAnswer } from '../../path/request-path.js'
import { defineCause } from '../define.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, gatewayName, recentErrors } from '../shared/scene.js'
import { steps } from '../shared/steps.js'

export default defineCause({
  id: 'tls-to-plain-upstream',
  title: 'the gateway speaks TLS to an app that speaks plain HTTP',
  layer: 'gateway',
  breaks: 'site',
  explains: [],
  needs: ['nginx'],
  runbook: {
    symptom: '502 on every request of one location',
    signs: ['proxy_pass says https://', '`wrong version number` in the log, or in a request straight to the app'],
    against: [
      'plain-to-tls-upstream: the other way round',
      'upstream-cert-verify: TLS is spoken, the certificate is not trusted',
    ],
    remedy: [
      { step: 'write http:// in place of https://', risk: 'between hosts the traffic is no longer encrypted' },
      steps.reload,
    ],
  },
  source: 'Reproduced: SSL_do_handshake() failed (… wrong version number) while SSL handshaking to upstream.',
  judge: (scene) => {
    const { target, direct, throughGateway } = scene.path
    const isSeen = direct.some(({ failure }) => failure === 'tls') || recentErrors(scene, 'tls').length > 0
    const isServed = throughGateway !== null && isAnswer(throughGateway)
    if (target?.scheme !== 'https' || !isSeen || isServed || direct.some(isAnswer)) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: target.text,
      summary: t`${gatewayName(scene)} dials https://${target.text}, but no TLS is spoken there`,
      evidence: [...edgeEvidence(scene, 'site'), ...answerEvidence(scene), ...errorEvidence(scene, 'tls')],
      remedy: [
        ...editTarget(scene, t`write http:// instead of https://, as the app speaks plain HTTP`),
        reloadGateway(scene),
      ],
    }
  },
})
