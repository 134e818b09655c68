import { defineCause } from './define.js'
import { reloadNginx } from './shared/remedies.js'
import { errorEvidence, recentErrors } from './shared/scene.js'

export default defineCause({
  id: 'header-too-big',
  title: "the app's response header is larger than nginx's buffer",
  layer: 'gateway',
  breaks: 'answer',
  explains: [],
  source: 'nginx src/http/ngx_http_upstream.c: upstream sent too big header; proxy_buffer_size is one page by default.',
  judge: (scene) => {
    const { location } = scene.path
    if (!location || recentErrors(scene, 'header-too-big').length === 0) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: scene.path.target?.text ?? 'nginx',
      summary: 'some responses have headers (cookies) larger than proxy_buffer_size, and get 502',
      evidence: errorEvidence(scene, 'header-too-big'),
      remedy: [
        {
          note: `add to ${location.place.file}:${location.place.line}: proxy_buffer_size 16k; proxy_buffers 8 16k; proxy_busy_buffers_size 32k;`,
        },
        reloadNginx(scene.login),
      ],
    }
  },
})
