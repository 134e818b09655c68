import type { App } from '../../path/app.js'
import type { Crash } from '../../path/crash.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { type Cause, defineCause, type RemedyStep, type Scene } from '../define.js'
import { failedStart } from './consequences.js'
import { answerEvidence, crashBy } from './scene.js'

type CrashCause = Pick<Cause, 'id' | 'title' | 'layer' | 'source'> & {
  explains?: readonly string[]
  /** The verdict, with what the log names. */
  summary: (app: App, crash: Crash) => string
  remedy: (scene: Scene, app: App, crash: Crash) => RemedyStep[]
  /** Whether the host's present state contradicts the log: then it is history. */
  isOver?: (app: App, crash: Crash) => boolean
}

/** A cause that the app's own log names as the end of its last life: they differ in the words and in the remedy only. */
export function defineCrashCause({ summary, remedy, isOver, explains = [], ...rest }: CrashCause): Cause {
  return defineCause({
    ...rest,
    breaks: 'manager',
    explains: [...failedStart, ...explains],
    judge: (scene) => {
      const found = crashBy(scene, rest.id)
      if (!found || isOver?.(found.app, found.crash)) return undefined
      const { app, crash } = found
      return {
        holds: true,
        confidence: 'high',
        subject: app.name,
        summary: summary(app, crash),
        evidence: [...crash.evidence, ...pm2Evidence(app), ...answerEvidence(scene)],
        remedy: remedy(scene, app, crash),
      }
    },
  })
}
