import { exitLines, pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { readLog } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'

export default defineCause({
  id: 'pm2-crash-loop',
  title: 'the app crashes, and pm2 starts it again and again',
  layer: 'pm2',
  breaks: 'manager',
  explains: ['no-listener', 'wrapper-alive-child-dead'],
  source: 'Reproduced: a life of more than a second keeps pm2 from ever calling it errored.',
  judge: (scene) => {
    const app = appInState(scene, 'looping')
    if (!app) return undefined
    const lastExit = exitLines(app).at(-1)
    return {
      holds: true,
      confidence: 'medium',
      subject: app.name,
      summary: `${app.name} keeps crashing (${app.instances[0]?.restarts ?? '?'} restarts); why could not be seen`,
      evidence: [
        ...pm2Evidence(app),
        ...(lastExit ? [{ source: `${app.daemon?.home}/pm2.log`, text: lastExit.text }] : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [readLog(scene, app)],
    }
  },
})
