import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { startAgain } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'
import { steps } from '../shared/steps.js'

/** The catalogue has only the empty dump (`pm2-dump-missing-or-empty`) for this; here the daemon lives and lacks one app. */
export default defineCause({
  id: 'pm2-app-missing',
  title: 'the app is not in the pm2 list',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 on every request; `pm2 list` runs well and lacks the app',
    signs: [
      'the list of the living daemon lacks the app',
      'dump.pm2 or its ecosystem file names it',
      'nothing listens on <port>',
    ],
    against: [
      'pm2-dump-missing-or-empty: the dump lacks it, too',
      'pm2-home-mismatch: it runs under the pm2 of another user',
      'app-managed-elsewhere: a unit of systemd runs it',
    ],
    remedy: [steps.startAgain],
  },
  source: 'Reproduced: `pm2 delete` takes an app off the list; dump.pm2 or its ecosystem file still names it.',
  judge: (scene) => {
    const app = appInState(scene, 'not-listed')
    if (!app?.saved || scene.path.listeners.length > 0) return undefined
    const others = app.daemon?.apps?.map(({ name }) => name) ?? []
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`${app.name} is saved in pm2 but not in its list any more`,
      evidence: [
        {
          source: `pm2 (${app.daemon?.user})`,
          text: others.length === 0 ? t`the list has no app` : t`the list has ${joinWords(others)}`,
        },
        { source: `${app.daemon?.home}/dump.pm2`, text: t`names ${app.name} in ${app.cwd}` },
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [startAgain(scene, app)],
    }
  },
})
