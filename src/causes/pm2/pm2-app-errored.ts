import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { readLog, restart } from '../shared/remedies.js'
import { appInState, errorEvidence } from '../shared/scene.js'

export default defineCause({
  id: 'pm2-app-errored',
  title: 'pm2 has given the app up after too many crashes',
  layer: 'pm2',
  breaks: 'manager',
  explains: ['no-listener'],
  source: 'Unitech/pm2 lib/God.js: max_restarts (16) unstable lives set errored, and pm2 does not try again.',
  judge: (scene) => {
    const app = appInState(scene, 'errored', 'exited')
    if (!app) return undefined
    const said = app.daemon?.log.findLast(({ text }) => text.includes('too many unstable restarts'))
    return {
      holds: true,
      confidence: 'medium',
      subject: app.name,
      summary: `${app.name} crashed again and again, and pm2 gave it up; why could not be seen`,
      evidence: [
        ...pm2Evidence(app),
        ...(said ? [{ source: `${app.daemon?.home}/pm2.log`, text: said.text }] : []),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [readLog(scene, app), restart(scene, app)],
    }
  },
})
