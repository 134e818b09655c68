import type { Evidence } from '../../path/request-path.js'
import type { Scene } from '../define.js'
import { answerEvidence, errorEvidence, recentErrors } from './scene.js'

/** An answer that takes longer than this makes visitors leave. */
const slowMs = 3_000

/**
 * Whether requests of this path fail or crawl because something takes too long, now: the app, or the gateway for it, gave no
 * answer in time, or a late one. What is refused, or answered with an error at once, is no matter of time.
 */
export function isSlow({ path }: Scene): boolean {
  const asked = [...path.direct, path.throughGateway, path.fromHere].filter((answer) => answer !== null)
  return asked.some(
    ({ failure, status, elapsedMs }) =>
      failure === 'response-timeout' || failure === 'connect-timeout' || status === 504 || elapsedMs >= slowMs,
  )
}

/** How that shows, quoted. */
export function slowEvidence(scene: Scene): Evidence[] {
  const late = recentErrors(scene, 'response-timeout', 'connect-timeout')
  return [
    ...answerEvidence(scene),
    ...(late.length > 0 ? errorEvidence(scene, 'response-timeout', 'connect-timeout') : []),
  ]
}
