import { t } from '../../language/language.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { readLog, restart } from '../shared/remedies.js'
import { appInState, errorEvidence } from '../shared/scene.js'
import { steps } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-app-errored',
  title: 'pm2 has given the app up after too many crashes',
  layer: 'pm2',
  breaks: 'manager',
  explains: ['no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 on every request; `pm2 list` shows the app as errored, and nothing starts it again',
    signs: [
      'status errored, pid 0 and 16 restarts or more in `pm2 describe <app>`',
      '`too many unstable restarts` in pm2.log',
    ],
    against: [
      'its reason, where the log tells it, is the cause: this one is named only where none was found',
      'pm2-crash-loop: each life lasts longer than a second, so pm2 never gives up',
      'pm2-app-stopped: somebody stopped it; no crash stands before',
    ],
    remedy: [steps.readLog, steps.restart],
  },
  source: 'Unitech/pm2 lib/God.js: max_restarts (16) unstable lives set errored, and pm2 does not try again.',
  judge: (scene) => {
    const app = appInState(scene, 'errored')
    if (!app) return undefined
    const said = app.daemon?.log.findLast(({ text }) => text.includes('too many unstable restarts'))
    return {
      holds: true,
      confidence: 'medium',
      subject: app.name,
      summary: t`${app.name} crashed again and again, and pm2 gave it up; why could not be seen`,
      evidence: [
        ...pm2Evidence(app),
        ...(said ? [{ source: `${app.daemon?.home}/pm2.log`, text: said.text }] : []),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [readLog(scene, app), restart(scene, app)],
    }
  },
})
