import { pm2Evidence } from '../path/pm2-state.js'
import { defineCause } from './define.js'
import { pm2 } from './shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from './shared/scene.js'

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
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: `${app.name} is stopped in pm2${said ? ': somebody stopped it' : ''}`,
      evidence: [
        ...pm2Evidence(app),
        ...(said ? [{ source: `${app.daemon?.home}/pm2.log`, text: said.text }] : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        { command: pm2(scene, app, 'start', app.name), note: `starts ${app.name} as pm2 has it` },
        { command: pm2(scene, app, 'save'), note: 'stores the list, so that the next boot starts it too' },
      ],
    }
  },
})
