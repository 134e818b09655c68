import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { startAgain } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-dump-missing-or-empty',
  title: 'pm2 runs, but has forgotten the app',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 since a reboot or a `pm2 update`; `pm2 list` is empty or lacks the app',
    signs: [
      'neither the list nor dump.pm2 has the app',
      'its folder, its ecosystem file or pm2.log knows it',
      'nothing listens on <port>',
    ],
    against: [
      'pm2-app-missing: dump.pm2 still has it',
      'pm2-home-mismatch: another pm2 runs it',
      'app-managed-elsewhere: a unit of systemd runs it',
    ],
    remedy: [steps.startAgain, { step: 'after each change of the list: `pm2 save`', risk: risks.save }],
  },
  source:
    'Unitech/pm2#2653, #2827: `pm2 delete` or a restart with no `pm2 save` before it leaves an empty list and dump.',
  judge: (scene) => {
    const app = appInState(scene, 'not-listed')
    if (!app?.daemon || app.saved || scene.path.listeners.length > 0) return undefined
    const { home, user, apps, saved, log } = app.daemon
    const said = log.findLast(({ text }) => text.includes(`[${app.name}:`) || text.includes(`app:${app.name} `))
    return {
      holds: true,
      confidence: said || app.hint ? 'high' : 'medium',
      subject: app.name,
      summary: t`pm2 of ${user} runs without ${app.name}: it is neither in its list nor saved`,
      evidence: [
        {
          source: `pm2 (${user})`,
          text: apps?.length ? t`the list has ${namesOf(apps)}` : t`the list has no app`,
        },
        {
          source: `${home}/dump.pm2`,
          text: saved === null ? t`absent` : saved.length === 0 ? t`no app saved` : t`saved: ${namesOf(saved)}`,
        },
        ...(app.files?.ecosystemFile
          ? [{ source: `${app.cwd}/${app.files.ecosystemFile}`, text: t`the app was started from here` }]
          : []),
        ...(said ? [{ source: `${home}/pm2.log`, text: said.text }] : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [startAgain(scene, app)],
    }
  },
})

function namesOf(apps: readonly { name: string }[]): string {
  return joinWords(apps.map(({ name }) => name))
}
