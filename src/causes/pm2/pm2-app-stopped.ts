import { t } from '../../language/language.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { pm2 } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-app-stopped',
  title: 'the app is stopped in pm2',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 on every request; `pm2 list` shows the app as stopped',
    signs: ['status stopped and pid 0', '`Stopping app:<app>` in pm2.log tells when'],
    against: [
      'pm2-crash-loop: between two lives the status may read stopped for a moment, with restarts going up',
      'pm2-app-errored: pm2 gave it up after crashes',
    ],
    remedy: [
      { step: 'find out who stopped it, and why, before it serves again', risk: risks.none },
      { step: 'start it: `pm2 start <app>`', risk: risks.none },
      steps.save,
    ],
  },
  source: 'Reproduced: `pm2 stop` leaves status stopped and pid 0; a crash loop between two lives shows a pid.',
  judge: (scene) => {
    const app = appInState(scene, 'stopped')
    if (!app) return undefined
    // sample: Stopping app:classrooom id:0
    const said = app.daemon?.log.findLast(({ text }) => text.includes(`Stopping app:${app.name} `))
    // It would not get its port back.
    const [other] = scene.path.serves ? scene.path.holders : []
    const what = said ? t`${app.name} is stopped in pm2: somebody stopped it` : t`${app.name} is stopped in pm2`
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: other ? t`${what}; ${other.name} (pid ${other.pid}, ${other.user}) answers on its port` : what,
      evidence: [
        ...pm2Evidence(app),
        ...(said ? [{ source: `${app.daemon?.home}/pm2.log`, text: said.text }] : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        ...(other
          ? [
              {
                note: t`end ${other.name} (pid ${other.pid}) first, if it is not meant to serve instead`,
                risk: risks.kill,
              },
            ]
          : []),
        { command: pm2(scene, app, 'start', app.name), note: t`starts ${app.name} as pm2 has it`, risk: risks.none },
        {
          command: pm2(scene, app, 'save'),
          note: t`stores the list, so that the next boot starts it too`,
          risk: risks.save,
        },
      ],
    }
  },
})
