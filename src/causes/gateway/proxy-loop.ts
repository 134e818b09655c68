import { knownValue } from '../fact.js'
import { locationBehind } from '../path/routes.js'
import { defineCause } from './define.js'
import { editTarget } from './shared/gateway-remedies.js'
import { reloadNginx } from './shared/remedies.js'
import { answerEvidence, edgeEvidence } from './shared/scene.js'

export default defineCause({
  id: 'proxy-loop',
  title: 'nginx sends its requests to itself',
  layer: 'gateway',
  breaks: 'site',
  explains: ['app-serves-5xx', 'app-hung', 'gateway-timeout-too-short'],
  source:
    'Reproduced: proxy_pass to a port of nginx itself that leads back here, until its worker_connections are used up.',
  judge: (scene) => {
    const { target, location, throughGateway } = scene.path
    const nginx = knownValue(scene.facts.nginx)
    if (!location || !target || !nginx?.running || (throughGateway?.status ?? 502) < 500) return undefined
    // Where nginx sends to a site of its own that leads on, the path ends at the server behind it.
    if (!locationBehind(target, target.text, nginx)?.proxyPass) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: target.text,
      summary: `nginx sends requests to ${target.text}, which is nginx itself`,
      evidence: [...edgeEvidence(scene, 'site', 'target'), ...answerEvidence(scene)],
      remedy: [...editTarget(scene, 'name the port of the app'), reloadNginx(scene.login)],
    }
  },
})
