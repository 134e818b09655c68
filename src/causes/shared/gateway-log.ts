import { isAnswer } from '../../path/request-path.js'
import type { ErrorKind, LogFacts } from '../../probes/gateway/log-facts.js'
import type { Scene } from '../define.js'
import { recentErrors } from './scene.js'

/** Words for what a gateway's log shows of the gateway as it runs now. */

export type Logged = LogFacts['kinds'][number]

/** Lines about this path of the last hour that were written since the gateway took its configuration over, newest first. */
export function presentErrors(scene: Scene, ...kinds: ErrorKind[]): Logged[] {
  return recentErrors(scene, ...kinds).filter((entry) => isSince(entry, scene.path.gateway?.facts.workersStartedMs))
}

/** Whether a kind of lines was seen since a moment; logs count whole seconds. */
export function isSince({ lastMs }: Pick<Logged, 'lastMs'>, momentMs: number | null | undefined): boolean {
  return lastMs === null || momentMs == null || lastMs + 1000 >= momentMs
}

/** Whether the gateway gives visitors an error now. */
export function failsNow({ path: { throughGateway, fromHere } }: Scene): boolean {
  const asked = [throughGateway, fromHere].filter((answer) => answer?.status != null)
  return asked.some((answer) => answer !== null && !isAnswer(answer))
}

/** Kinds of lines that say that a server could not be asked. */
export const serverErrors: readonly ErrorKind[] = [
  'connect-refused',
  'connect-timeout',
  'connect-unreachable',
  'connect-denied',
  'connect-no-socket',
  'connect-failed',
  'response-timeout',
  'closed-early',
  'reset',
]
