import { defineCause } from '../define.js'
import { reloadGateway } from '../shared/remedies.js'
import { errorEvidence, recentErrors } from '../shared/scene.js'

export default defineCause({
  id: 'header-too-big',
  title: "the app's response header is larger than the gateway's buffer",
  layer: 'gateway',
  breaks: 'answer',
  explains: [],
  source: 'nginx src/http/ngx_http_upstream.c: upstream sent too big header; proxy_buffer_size is one page by default.',
  judge: (scene) => {
    const { location, gateway } = scene.path
    if (!location || !gateway || recentErrors(scene, 'header-too-big').length === 0) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: scene.path.target?.text ?? gateway.name,
      summary: `some responses have headers (cookies) larger than ${gateway.name} takes, and get 502`,
      evidence: errorEvidence(scene, 'header-too-big'),
      remedy: [
        {
          note: `add to ${location.place.file}:${location.place.line}: ${gateway.words.largeHeader}`,
        },
        reloadGateway(scene),
      ],
    }
  },
})
