/** A limit on waiting. */
export interface Deadline {
  /** Stands still: the waiting is for a person (a passphrase, a touch on a key), not for the network. */
  pause(): void
  resume(): void
  /** Ends it for good. */
  stop(): void
}

/** Calls `onExpired` once `limitMs` milliseconds have passed, pauses not counted. */
export function startDeadline(limitMs: number, onExpired: () => void): Deadline {
  let leftMs = limitMs
  let sinceMs = performance.now()
  let timer: NodeJS.Timeout | undefined = setTimeout(onExpired, leftMs)
  let stopped = false
  const pause = () => {
    if (timer !== undefined) leftMs -= performance.now() - sinceMs
    clearTimeout(timer)
    timer = undefined
  }
  const resume = () => {
    if (stopped || timer !== undefined) return
    sinceMs = performance.now()
    timer = setTimeout(onExpired, leftMs)
  }
  const stop = () => {
    stopped = true
    pause()
  }
  return { pause, resume, stop }
}
