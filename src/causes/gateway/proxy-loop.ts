import { t } from '../../language/language.js'
import { stopBehind } from '../../path/routes.js'
import { defineCause } from '../define.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'proxy-loop',
  title: 'the gateway sends its requests to itself',
  layer: 'gateway',
  breaks: 'site',
  explains: ['app-serves-5xx', 'app-hung', 'gateway-timeout-too-short', 'nginx-worker-connections', 'nginx-fd-limit'],
  needs: ['nginx'],
  runbook: {
    symptom: '500 or 502 after a while, and a load that goes up with each request',
    signs: [
      'what it dials is a port of the gateway itself, and leads back to the same place',
      '`worker_connections are not enough` in the log',
    ],
    against: ['app-serves-5xx: what it dials is an app', 'proxy-port-mismatch: nobody listens at what it dials'],
    remedy: [{ step: 'name the port of the app in proxy_pass', risk: risks.none }, steps.reload],
  },
  source:
    'Reproduced: proxy_pass to a port of nginx itself that leads back here, until its worker_connections are used up.',
  judge: (scene) => {
    const { target, location, throughGateway, gateway, fronts } = scene.path
    if (!location || !target || !gateway?.facts.running || (throughGateway?.status ?? 502) < 500) return undefined
    // Where a gateway sends to a site of its own that leads on, the path ends at the server behind it.
    if (!stopBehind(target, target.text, [...fronts, gateway])?.location.proxyPass) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: target.text,
      summary: t`${gateway.name} sends requests to ${target.text}, which is ${gateway.name} itself`,
      evidence: [...edgeEvidence(scene, 'site', 'target'), ...answerEvidence(scene)],
      remedy: [...editTarget(scene, t`name the port of the app`), reloadGateway(scene)],
    }
  },
})
