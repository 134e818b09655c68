import { type Attempt, explainAbort, explainDeadline } from './connect-failure.js'
import { type Deadline, startDeadline } from './deadline.js'
import { type OnPhase, startAttempt } from './phase-watch.js'
import type { ConnectPhase } from './session.js'

/** How long one attempt to connect may take. */
export interface WaitingTerms {
  /** Milliseconds from the first packet to the banner. */
  connectMs: number
  /** Milliseconds from there to the end of the login; as long as `connectMs`, when not given. */
  handshakeMs?: number | undefined
  signal: AbortSignal
  /** What else stands still while a person or another host is waited for: the time for everything on the host. */
  hostDeadline?: Pauses | undefined
  onPhase?: OnPhase | undefined
}

/** What can stand still. */
export type Pauses = Pick<Deadline, 'pause' | 'resume'>

/** One attempt to connect, within its limits. */
export interface Waiting extends Deadline {
  attempt: Attempt
  /** Rejects when the deadline of its step has passed or the signal aborts, whichever is first. */
  passed: Promise<never>
}

/** Starts the deadline of connecting; that of the handshake takes its place when the attempt comes to it. */
export function startWaiting(hop: string, first: ConnectPhase, terms: WaitingTerms): Waiting {
  const { connectMs, handshakeMs = connectMs, signal, hostDeadline, onPhase } = terms
  let reject = (_failure: Error) => {}
  const passed = new Promise<never>((_, rejectPassed) => {
    reject = rejectPassed
  })
  const start = (limit: 'connect' | 'handshake', limitMs: number) =>
    startDeadline(limitMs, () => reject(explainDeadline(attempt, limit, limitMs)))
  let deadline = start('connect', connectMs)
  const attempt = startAttempt(hop, first, (phase) => {
    if (phase === 'handshake') {
      deadline.stop()
      deadline = start('handshake', handshakeMs)
    }
    onPhase?.(phase)
  })
  const abort = () => reject(explainAbort(attempt, signal))
  signal.addEventListener('abort', abort)
  const stop = () => {
    deadline.stop()
    signal.removeEventListener('abort', abort)
  }
  const pause = () => {
    deadline.pause()
    hostDeadline?.pause()
  }
  const resume = () => {
    deadline.resume()
    hostDeadline?.resume()
  }
  return { attempt, passed, stop, pause, resume }
}
