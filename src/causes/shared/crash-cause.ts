import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import type { Crash } from '../../path/crash.js'
import type { Evidence } from '../../path/request-path.js'
import { type Cause, defineCause, type RemedyStep, type Scene } from '../define.js'
import { failedStart } from './consequences.js'
import { answerEvidence, crashBy } from './scene.js'
import { managerEvidence } from './service.js'

type CrashCause = Pick<Cause, 'id' | 'title' | 'layer' | 'source' | 'runbook'> &
  Partial<Pick<Cause, 'needs'>> & {
    explains?: readonly string[]
    /** The verdict, with what the log names. */
    summary: (app: App, crash: Crash) => string
    remedy: (scene: Scene, app: App, crash: Crash) => RemedyStep[]
    /** Whether the host's present state contradicts the log: then it is history. */
    isOver?: (app: App, crash: Crash) => boolean
    /** What of it speaks against the log, without being sure: the cause is likely then, no longer certain. */
    doubts?: (scene: Scene, crash: Crash) => Evidence[]
  }

/** A cause that the app's own log names as the end of its last life: they differ in the words and in the remedy only. */
export function defineCrashCause({ summary, remedy, isOver, doubts, explains = [], ...rest }: CrashCause): Cause {
  return defineCause({
    needs: ['pm2', 'app-logs'],
    ...rest,
    breaks: 'manager',
    explains: [...failedStart, ...explains],
    judge: (scene) => {
      const found = crashBy(scene, rest.id)
      if (!found || isOver?.(found.app, found.crash)) return undefined
      const { app, crash } = found
      const against = [...doubtsOf(crash), ...(doubts?.(scene, crash) ?? [])]
      return {
        holds: true,
        confidence: against.length === 0 ? 'high' : 'medium',
        subject: app.name,
        summary: summary(app, crash),
        evidence: [...crash.evidence, ...managerEvidence(app), ...answerEvidence(scene)],
        against,
        remedy: remedy(scene, app, crash),
      }
    },
  })
}

/** What speaks against a line that an older life may have written. */
export function doubtsOf({ isCertain, evidence }: Crash): Evidence[] {
  const source = evidence[0]?.source ?? t`the log`
  return isCertain ? [] : [{ source, text: t`the line has no time, and others follow: an older life may have said it` }]
}
