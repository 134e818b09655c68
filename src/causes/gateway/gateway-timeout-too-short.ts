import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { defineCause } from '../define.js'
import { reloadGateway } from '../shared/remedies.js'
import { errorEvidence, recentErrors } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-timeout-too-short',
  title: 'some requests take longer than the gateway waits',
  layer: 'gateway',
  breaks: 'answer',
  explains: [],
  needs: ['nginx', 'http'],
  runbook: {
    symptom: '504 on some requests (reports, uploads, exports), after the same number of seconds each time',
    signs: ['the log says 110 while reading response header', 'the app answers other requests at once'],
    against: ['app-hung: it answers nothing', 'host-memory-exhausted: everything is slow'],
    remedy: [
      { step: 'find out why these requests are slow', risk: risks.none },
      {
        step: 'if they may be: `proxy_read_timeout 120s;` in the location',
        risk: 'a hung app holds connections for longer',
      },
      steps.reload,
    ],
  },
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
      summary: t`requests that took longer than ${seconds} s got 504, while the app answers others`,
      evidence: [...errorEvidence(scene, 'response-timeout'), requestEvidence(answered)],
      remedy: [
        {
          note: t`find out why these requests are slow; if they may be, set in ${location.place.file}:${location.place.line} more than ${seconds} s: ${gateway.words.readTimeout}`,
          risk: t`a hung app holds connections for longer`,
        },
        reloadGateway(scene),
      ],
    }
  },
})
