import { t } from '../../language/language.js'
import { exitLines, pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { readLog } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'
import { steps } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-crash-loop',
  title: 'the app crashes, and pm2 starts it again and again',
  layer: 'pm2',
  breaks: 'manager',
  explains: ['no-listener', 'wrapper-alive-child-dead'],
  needs: ['pm2'],
  runbook: {
    symptom: '502, or now and then a page; the restarts in `pm2 list` go up by the minute',
    signs: ['its restarts go up and its uptime stays at seconds', '`exited with code` again and again in pm2.log'],
    against: [
      'its reason, where the log tells it, is the cause: this one is named only where none was found',
      'app-starting: started once, seconds ago, with no exit before',
      'pm2-app-errored: pm2 has given it up',
    ],
    remedy: [
      steps.readLog,
      {
        step: 'mend what the log names, or go back to the last release',
        risk: 'requests fail for the seconds that it takes to start',
      },
      steps.restart,
    ],
  },
  source: 'Reproduced: a life of more than a second keeps pm2 from ever calling it errored.',
  judge: (scene) => {
    const app = appInState(scene, 'looping')
    if (!app) return undefined
    const lastExit = exitLines(app).at(-1)
    return {
      holds: true,
      confidence: 'medium',
      subject: app.name,
      summary: t`${app.name} keeps crashing (${app.instances[0]?.restarts ?? '?'} restarts); why could not be seen`,
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
