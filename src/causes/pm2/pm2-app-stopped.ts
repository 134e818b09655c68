import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { pm2 } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'

export default defineCause({
  id: 'pm2-app-stopped',
  title: 'the app is stopped in pm2',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener'],
  source: 'Reproduced: `pm2 stop` leaves status stopped and pid 0; a crash loop between two lives shows a pid.',
  judge: (scene) => {
    const app = appInState(scene, 'stopped')
    if (!app) return undefined
    // sample: Stopping app:classrooom id:0
    const said = app.daemon?.log.findLast(({ text }) => text.includes(`Stopping app:${app.name} `))
    // It would not get its port back.
    const [other] = scene.path.serves ? scene.path.holders : []
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: `${app.name} is stopped in pm2${said ? ': somebody stopped it' : ''}${other ? `; ${other.name} (pid ${other.pid}, ${other.user}) answers on its port` : ''}`,
      evidence: [
        ...pm2Evidence(app),
        ...(said ? [{ source: `${app.daemon?.home}/pm2.log`, text: said.text }] : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        ...(other ? [{ note: `end ${other.name} (pid ${other.pid}) first, if it is not meant to serve instead` }] : []),
        { command: pm2(scene, app, 'start', app.name), note: `starts ${app.name} as pm2 has it` },
        { command: pm2(scene, app, 'save'), note: 'stores the list, so that the next boot starts it too' },
      ],
    }
  },
})
