import { requestEvidence } from '../../path/edges.js'
import { defineCause } from '../define.js'
import { reloadGateway } from '../shared/remedies.js'
import { errorEvidence, recentErrors } from '../shared/scene.js'

export default defineCause({
  id: 'gateway-timeout-too-short',
  title: 'some requests take longer than the gateway waits',
  layer: 'gateway',
  breaks: 'answer',
  explains: [],
  source: 'nginx: 110 while reading response header after proxy_read_timeout (60 s by default) gives 504.',
  judge: (scene) => {
    const { direct, location, gateway } = scene.path
    const answered = direct.find(({ status }) => status !== null && status < 500)
    const late = recentErrors(scene, 'response-timeout')
    if (!answered || !location || !gateway || late.length === 0) return undefined
    const seconds = location.readTimeoutSeconds ?? 60
    return {
      holds: true,
      confidence: 'high',
      subject: scene.path.target?.text ?? gateway.name,
      summary: `requests that took longer than ${seconds} s got 504, while the app answers others`,
      evidence: [...errorEvidence(scene, 'response-timeout'), requestEvidence(answered)],
      remedy: [
        {
          note: `find out why these requests are slow; if they may be, set in ${location.place.file}:${location.place.line} more than ${seconds} s: ${gateway.words.readTimeout}`,
        },
        reloadGateway(scene),
      ],
    }
  },
})
