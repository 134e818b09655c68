import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { exitLines, pm2Evidence } from '../../path/pm2-state.js'
import { defineCause, type Scene } from '../define.js'
import { logEvidence } from '../shared/pm2-log.js'
import { readLog, restart } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence, isRefused } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-autorestart-off-exited',
  title: 'the app ended, and pm2 is told not to start it again',
  layer: 'pm2',
  breaks: 'manager',
  explains: ['no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 on every request since the app ended once; `pm2 list` shows it as stopped, though nobody stopped it',
    signs: [
      'status stopped, pid 0, and `autorestart: false`, or an exit code that stands in `stop_exit_codes`',
      'pm2.log has `App [<app>:<id>] exited …` with no `Stopping app:<app>` before it',
    ],
    against: [
      'pm2-app-stopped: `Stopping app:<app>` in pm2.log says that somebody stopped it',
      'why it ended, where its log tells that, is the cause: this one is named only where none was found',
      'a job that `cron_restart` starts is meant to end',
    ],
    remedy: [
      steps.readLog,
      steps.restart,
      { step: 'take `autorestart: false` (or the code in `stop_exit_codes`) out of <file>', risk: risks.edit },
    ],
  },
  source: 'Reproduced with pm2 4.5 and 7.0; stop_exit_codes with 7.0 (4.5 has none). lib/God.js, handleExit.',
  judge: (scene) => {
    const app = appInState(scene, 'exited')
    const ended = app?.instances.find(({ status, pid }) => status !== 'online' && pid === 0)
    if (!app || !ended || !(isRefused(scene) || isMissed(ended, app, scene))) return undefined
    const setting = ended.autorestart ? t`stop_exit_codes has ${ended.exitCode}` : t`autorestart is off`
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`${app.name} ended with exit code ${ended.exitCode ?? '?'}, and pm2 leaves it so: ${setting}`,
      evidence: [
        ...pm2Evidence(app),
        { source: `pm2 (${app.daemon?.user})`, text: t`${app.name}: ${setting}` },
        ...logEvidence(app, exitLines(app).at(-1)),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        readLog(scene, app),
        restart(scene, app),
        {
          note: ended.autorestart
            ? t`take that code out of stop_exit_codes where ${app.name} is described (its ecosystem file), and start it from there`
            : t`take \`autorestart: false\` out where ${app.name} is described (its ecosystem file), and start it from there`,
          risk: risks.edit,
        },
      ],
    }
  },
})

/** Whether it is missed where requests do not fail by it: one of several instances, or a worker; a job is meant to end. */
function isMissed({ cronRestart, exitCode }: App['instances'][number], { instances }: App, { path }: Scene): boolean {
  if (cronRestart != null) return false
  return instances.length > 1 || (path.target === null && exitCode !== 0)
}
