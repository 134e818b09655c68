import { t } from '../../language/language.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { logEvidence } from '../shared/pm2-log.js'
import { readLog, restart } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'
import { steps } from '../shared/steps.js'

/**
 * pm2 says `waiting restart` between two lives, too: that is a crash loop. Here it waits for ever, as it has given the app
 * up (or was told not to start it again) and only its word for it was overwritten; then the pid is 0.
 */
export default defineCause({
  id: 'pm2-waiting-restart',
  title: 'pm2 says `waiting restart`, and will never restart the app',
  layer: 'pm2',
  breaks: 'manager',
  explains: ['pm2-app-errored', 'pm2-autorestart-off-exited', 'no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 on every request; `pm2 list` shows `waiting restart` for as long as one looks',
    signs: [
      'status `waiting restart` with pid 0: between two tries pm2 shows the former pid',
      '`restart_delay` or `exp_backoff_restart_delay` is set, and `too many unstable restarts` stands in pm2.log, or `autorestart` is off',
    ],
    against: [
      'pm2-crash-loop: the pid is not 0, and the number of restarts grows',
      'why it ended, where its log tells that, is the cause: this one is named only where none was found',
    ],
    remedy: [steps.readLog, steps.restart],
  },
  source:
    'Reproduced with pm2 4.5 and 7.0. lib/God.js, handleExit: the status is set after errored and stopped, the restart is not.',
  judge: (scene) => {
    const app = appInState(scene, 'errored', 'exited')
    const stuck = app?.instances.find(({ status, pid }) => status === 'waiting restart' && pid === 0)
    if (!app || !stuck) return undefined
    const said = app.daemon?.log.findLast(({ text }) => text.includes('too many unstable restarts'))
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`pm2 says that ${app.name} is waiting for a restart, but it will never start it again`,
      evidence: [
        ...pm2Evidence(app),
        ...logEvidence(app, said),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [readLog(scene, app), restart(scene, app)],
    }
  },
})
