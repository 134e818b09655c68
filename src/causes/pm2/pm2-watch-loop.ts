import { t } from '../../language/language.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { literal } from '../../probes/literal.js'
import { defineCause } from '../define.js'
import { failedStart } from '../shared/consequences.js'
import { agoMs, logEvidence, recentLines } from '../shared/pm2-log.js'
import { pm2 } from '../shared/remedies.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

/** So many restarts by changes in this time are a loop; one that goes on has had the last of them a moment ago. */
const fewest = 3
const windowMs = 180_000
const momentMs = 60_000

export default defineCause({
  id: 'pm2-watch-loop',
  title: 'pm2 watches files that the app itself writes, and restarts it for ever',
  layer: 'pm2',
  breaks: 'target',
  explains: [...failedStart, 'pm2-restart-window', 'pm2-app-stopped'],
  needs: ['pm2', 'host'],
  runbook: {
    symptom: '502 now and then, or always; the number of restarts grows and no log shows a crash',
    signs: [
      '`watch` is on, and pm2.log has `Change detected on path <file> for app <app> - restarting` again and again',
      'the files are logs, uploads, caches or the build',
    ],
    against: [
      'pm2-crash-loop: the app ends of itself',
      'pm2-restart-window: a few changes by a deployment, and then none',
    ],
    remedy: [
      { step: 'stop watching: `pm2 restart <app> --watch false && pm2 save`', risk: risks.restart },
      { step: 'take `watch` out of <file>, or name what is written in `ignore_watch`', risk: risks.edit },
    ],
  },
  source: 'Unitech/pm2 lib/Watcher.js (4.5 to 7.0); #1653, #3158. Reproduced with 7.0.',
  judge: (scene) => {
    const { app } = scene.path
    if (!app?.instances.some(({ watch }) => watch)) return undefined
    // sample: Change detected on path logs/out.log for app classrooom - restarting
    const pattern = new RegExp(`Change detected on path (.+) for app ${literal(app.name)} - restarting`)
    const changes = recentLines(app, scene.facts, pattern, windowMs)
    const last = changes.at(-1)
    if (changes.length < fewest || agoMs(last?.atMs, scene.facts) > momentMs) return undefined
    const file = pattern.exec(last?.text ?? '')?.[1] ?? t`a file`
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`pm2 restarts ${app.name} whenever ${file} changes: ${changes.length} times in the last three minutes`,
      evidence: [
        ...pm2Evidence(app),
        ...logEvidence(app, last),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        {
          command: pm2(scene, app, 'restart', app.name, '--watch', 'false'),
          note: t`stops watching`,
          risk: risks.restart,
        },
        { command: pm2(scene, app, 'save'), note: t`keeps it so at the next boot`, risk: risks.save },
        { note: t`take \`watch\` out of its ecosystem file, or name ${file} in \`ignore_watch\``, risk: risks.edit },
      ],
    }
  },
})
