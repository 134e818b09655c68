import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { exitLines } from '../../path/pm2-state.js'
import { defineCause, type Scene } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { readLog, rebuild } from '../shared/remedies.js'
import { answerEvidence, isCrashing } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'native-addon-crash',
  title: 'native code in the app crashes it',
  layer: 'app',
  breaks: 'manager',
  explains: anyDeath,
  needs: ['pm2'],
  runbook: {
    symptom: '502 on every request, or from time to time, and no error in the log of the app',
    signs: ['pm2.log: `exited with code [0] via signal [SIGSEGV]` (or SIGILL, SIGBUS; below npm, code 139, 132, 135)'],
    against: [
      'heap-oom: SIGABRT, and `JavaScript heap out of memory` in the log',
      'oom-killed-app: SIGKILL, and a line of the kernel',
      'deps-other-node-abi: an error names the add-on, and the app exits with 1',
    ],
    remedy: [
      { step: 'see what it did last: `pm2 logs <app> --lines 50 --nostream`', risk: risks.none },
      { step: 'build the native add-ons for this CPU, libc and node: `npm ci && npm run build`', risk: risks.build },
      steps.restart,
    ],
  },
  source: 'Reproduced: a process that dies by SIGSEGV; lovell/sharp#4279 (SIGILL on a CPU without its instructions).',
  judge: (scene) => {
    const app = isCrashing(scene)
    const end = app ? lastEnd(scene, app) : undefined
    const signal = end && signalOf(end.text)
    if (!app || !end || signal === undefined) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`${app.name} dies by ${signal}: native code in it, or in an add-on, crashes`,
      evidence: [
        { source: `${app.daemon?.home ?? ''}/pm2.log`, text: end.text },
        ...managerEvidence(app),
        ...answerEvidence(scene),
      ],
      remedy: [readLog(scene, app), ...rebuild(scene, app)],
    }
  },
})

/** The last time that the app ended of itself, if that was within the last hour. */
function lastEnd({ facts }: Scene, app: App) {
  const end = exitLines(app).at(-1)
  const nowMs = knownValue(facts.host)?.nowMs
  if (!end || nowMs === undefined || end.atMs === null || nowMs - end.atMs > 3_600_000) return undefined
  return end
}

/** A shell, and npm above it, pass the death of a child on as 128 and the signal's number. */
const shellCodes: Readonly<Record<string, string>> = { 132: 'SIGILL', 135: 'SIGBUS', 139: 'SIGSEGV' }

function signalOf(text: string): string | undefined {
  // sample: App [classrooom:0] exited with code [0] via signal [SIGSEGV]
  const [, code = '', signal = ''] = /exited with code \[(\d+)\](?: via signal \[(\w+)\])?/.exec(text) ?? []
  return Object.values(shellCodes).find((name) => name === signal) ?? shellCodes[code]
}
