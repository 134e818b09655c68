import { requestEvidence } from '../../path/edges.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { readLog } from '../shared/remedies.js'

export default defineCause({
  id: 'app-serves-5xx',
  title: 'the app itself answers with an error',
  layer: 'app',
  breaks: 'answer',
  explains: [],
  source: 'A request straight to the app gives the same status: the gateway only passes it on.',
  judge: (scene) => {
    const { direct, app, target } = scene.path
    const bad = direct.find(({ status }) => status !== null && status >= 500)
    if (!bad || direct.some(({ status }) => status !== null && status < 500)) return undefined
    const lines = app?.logs.find(({ stream }) => stream === 'error')
    const last = lines?.lines.findLast(({ text }) => /error/i.test(text))
    return {
      holds: true,
      confidence: 'high',
      subject: app?.name ?? target?.text ?? bad.url,
      summary: `${app?.name ?? target?.text} itself answers HTTP ${bad.status}`,
      evidence: [
        requestEvidence(bad),
        ...(lines && last ? [{ source: lines.path, text: last.text }] : []),
        ...(app ? pm2Evidence(app) : []),
      ],
      remedy: app
        ? [readLog(scene, app), { note: 'mend what its log names; the gateway is not at fault' }]
        : [{ note: 'read the log of the program behind it' }],
    }
  },
})
