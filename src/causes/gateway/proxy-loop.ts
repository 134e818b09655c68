import { stopBehind } from '../../path/routes.js'
import { defineCause } from '../define.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence } from '../shared/scene.js'

export default defineCause({
  id: 'proxy-loop',
  title: 'the gateway sends its requests to itself',
  layer: 'gateway',
  breaks: 'site',
  explains: ['app-serves-5xx', 'app-hung', 'gateway-timeout-too-short'],
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
      summary: `${gateway.name} sends requests to ${target.text}, which is ${gateway.name} itself`,
      evidence: [...edgeEvidence(scene, 'site', 'target'), ...answerEvidence(scene)],
      remedy: [...editTarget(scene, 'name the port of the app'), reloadGateway(scene)],
    }
  },
})
