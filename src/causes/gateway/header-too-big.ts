import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { reloadGateway } from '../shared/remedies.js'
import { errorEvidence, recentErrors } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'header-too-big',
  title: "the app's response header is larger than the gateway's buffer",
  layer: 'gateway',
  breaks: 'answer',
  explains: [],
  needs: ['nginx-errors'],
  runbook: {
    symptom: '502 for some visitors only, mostly when signed in: large cookies or many headers',
    signs: ['the log says `upstream sent too big header`'],
    against: [
      'app-serves-5xx: the app itself answers with an error',
      'app-malformed-response: the header is no header at all',
    ],
    remedy: [
      {
        step: 'raise it in the location: `proxy_buffer_size 16k; proxy_buffers 8 16k; proxy_busy_buffers_size 32k;`',
        risk: 'each connection takes more memory',
      },
      steps.reload,
      { step: 'have the app send less: smaller cookies', risk: risks.none },
    ],
  },
  source: 'nginx src/http/ngx_http_upstream.c: upstream sent too big header; proxy_buffer_size is one page by default.',
  judge: (scene) => {
    const { location, gateway } = scene.path
    if (!location || !gateway || recentErrors(scene, 'header-too-big').length === 0) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: scene.path.target?.text ?? gateway.name,
      summary: t`some responses have headers (cookies) larger than ${gateway.name} takes, and get 502`,
      evidence: errorEvidence(scene, 'header-too-big'),
      remedy: [
        {
          note: t`add to ${location.place.file}:${location.place.line}: ${gateway.words.largeHeader}`,
          risk: t`each connection takes more memory`,
        },
        reloadGateway(scene),
      ],
    }
  },
})
