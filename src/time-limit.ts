import { setMaxListeners } from 'node:events'

/** A signal that ends with another one or after a time, whichever is first. */
export interface TimeLimit {
  signal: AbortSignal
  /** Lets go of the timer and of the other signal; the process can end after it. */
  stop(): void
}

/**
 * Limits something to `limitMs` milliseconds within what `outer` already limits. It is not AbortSignal.any() with
 * AbortSignal.timeout(), because Node.js holds those weakly (seen in 20.20): after a garbage collection they never abort
 * (nodejs/node#57736).
 */
export function limitTime(limitMs: number, outer: AbortSignal): TimeLimit {
  const controller = new AbortController()
  // All hosts of a run listen to one signal.
  setMaxListeners(0, controller.signal)
  const abort = () => controller.abort()
  const timer = setTimeout(abort, limitMs)
  const stop = () => {
    clearTimeout(timer)
    outer.removeEventListener('abort', abort)
  }
  outer.addEventListener('abort', abort)
  if (outer.aborted) abort()
  return { signal: controller.signal, stop }
}
