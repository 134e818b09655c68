import { setMaxListeners } from 'node:events'
import { t } from './language/language.js'
import { type Deadline, startDeadline } from './ssh/deadline.js'

/** Whose time it is: that of everything on one host, or that of the whole run. */
export type LimitedThing = 'host' | 'run'

/** Why a signal aborted: the time was over. Its message is a clause: `the 60 s for one host were over (--timeout-host)`. */
export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp'
  readonly limit: LimitedThing
  readonly limitMs: number

  constructor(limit: LimitedThing, limitMs: number) {
    super(sayOver(limit, limitMs))
    this.limit = limit
    this.limitMs = limitMs
  }
}

/** Why a signal aborted: the time for one round on a host was over. */
class RoundIsUp extends Error {
  override readonly name = 'RoundIsUp'

  constructor(limitMs: number) {
    super(sayOver('command', limitMs))
  }
}

/** Why a signal aborted: a person, or whoever started the process, stopped the run. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'

  constructor() {
    super(t`the run was stopped`)
  }
}

// sample: the 30 s for one round on the host were over (--timeout-command)
function sayOver(limit: LimitedThing | 'command', limitMs: number): string {
  const seconds = limitMs / 1000
  return {
    command: t`the ${seconds} s for one round on the host were over (--timeout-command)`,
    host: t`the ${seconds} s for one host were over (--timeout-host)`,
    run: t`the ${seconds} s for the whole run were over (--timeout-run)`,
  }[limit]
}

/** Why a signal aborted, as a clause. */
export function explainStop({ reason }: AbortSignal): string {
  return reason instanceof TimeIsUp || reason instanceof RoundIsUp ? reason.message : new Interrupted().message
}

/** A signal that ends with another one or after a time, whichever is first. */
export interface TimeLimit extends Deadline {
  signal: AbortSignal
  /** Lets go of the timer and of the other signal; the process can end after it. */
  stop(): void
}

/**
 * Limits something to `limitMs` milliseconds within what `outer` already limits; the signal's reason says which of them
 * it was. It is not AbortSignal.any() with AbortSignal.timeout(), because Node.js holds those weakly (seen in 20.20):
 * after a garbage collection they never abort (nodejs/node#57736).
 */
export function limitTime(limitMs: number, outer: AbortSignal, limit: LimitedThing | 'command'): TimeLimit {
  const controller = new AbortController()
  // All hosts of a run listen to one signal.
  setMaxListeners(0, controller.signal)
  const pass = () => controller.abort(outer.reason)
  const end = () => controller.abort(limit === 'command' ? new RoundIsUp(limitMs) : new TimeIsUp(limit, limitMs))
  const deadline = startDeadline(limitMs, end)
  const stop = () => {
    deadline.stop()
    outer.removeEventListener('abort', pass)
  }
  outer.addEventListener('abort', pass)
  if (outer.aborted) pass()
  return { ...deadline, signal: controller.signal, stop }
}
