import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { failedStart } from '../shared/consequences.js'
import { agoMs, logEvidence, recentLines } from '../shared/pm2-log.js'
import { pm2 } from '../shared/remedies.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

/** pm2 measures every 30 seconds: two restarts within this time are no accident. */
const windowMs = 600_000
/** What was restarted longer ago than this has had its time to start. */
const startTimeMs = 60_000

export default defineCause({
  id: 'pm2-memory-restart-loop',
  title: 'pm2 restarts the app again and again for its memory',
  layer: 'pm2',
  breaks: 'target',
  explains: [...failedStart, 'pm2-restart-window'],
  needs: ['pm2', 'host'],
  runbook: {
    symptom: '502 for some seconds, every half minute or every few minutes; no log shows a crash',
    signs: [
      'pm2.log: `Process <id> restarted because it exceeds --max-memory-restart value`, again and again',
      '`max_memory_restart` is below what the app needs at its usual load',
    ],
    against: [
      'oom-killed-app: the kernel kills it, pm2.log says SIGKILL',
      'heap-oom: V8 ends it with a message of its own',
      'one such restart in hours: a leak that the limit is there for',
    ],
    remedy: [
      {
        step: 'raise the limit above what it needs: `pm2 restart <app> --max-memory-restart <size> && pm2 save`',
        risk: 'the host has to have that memory',
      },
      { step: 'write it into <file>, too; where the need grows for ever, look for the leak', risk: risks.edit },
    ],
  },
  source: 'Unitech/pm2 lib/Worker.js (4.5 to 7.0, same words); #4414. Reproduced with 7.0.',
  judge: (scene) => {
    const { app, serves } = scene.path
    if (!app) return undefined
    const restarts = recentLines(app, scene.facts, ofInstances(app), windowMs)
    const last = restarts.at(-1)
    if (restarts.length < 2 || !last) return undefined
    if (serves !== true && agoMs(last.atMs, scene.facts) > startTimeMs) return undefined
    // sample: … --max-memory-restart value (current_memory=86142976 max_memory_limit=52428800 [octets])
    const [, used, limit] = /current_memory=(\d+) max_memory_limit=(\d+)/.exec(last.text) ?? []
    if (used === undefined || limit === undefined) return undefined
    const enough = `${Math.max(256, Math.ceil((2 * Number(used)) / 2 ** 20 / 64) * 64)}M`
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`pm2 restarted ${app.name} ${restarts.length} times in ten minutes: it uses ${toMebibytes(used)} MB, and its limit is ${toMebibytes(limit)} MB`,
      evidence: [
        ...logEvidence(app, last),
        ...pm2Evidence(app),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused', 'closed-early'),
      ],
      remedy: [
        {
          command: pm2(scene, app, 'restart', app.name, '--max-memory-restart', enough),
          note: t`raises the limit to twice of what it used`,
          risk: t`the host has to have that memory`,
        },
        { command: pm2(scene, app, 'save'), note: t`keeps it so at the next boot`, risk: risks.save },
        {
          note: t`write it into its ecosystem file, too; where the need grows for ever, look for the leak`,
          risk: risks.edit,
        },
      ],
    }
  },
})

function ofInstances({ instances }: App): RegExp {
  const ids = instances.map(({ id }) => id).join('|')
  return new RegExp(
    `\\[PM2\\]\\[WORKER\\] Process (?:${ids || 'none'}) restarted because it exceeds --max-memory-restart`,
  )
}

function toMebibytes(bytes: string): number {
  return Math.round(Number(bytes) / 2 ** 20)
}
