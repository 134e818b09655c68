import type { Attempt } from './connect-failure.js'
import type { ConnectPhase } from './session.js'

/** Takes every step that a connection comes to, as it does; `ready` is logged in. */
export type OnPhase = (phase: ConnectPhase | 'ready') => void

/** An attempt that tells its steps. */
export function startAttempt(hop: string, first: ConnectPhase, onPhase: OnPhase = () => {}): Attempt {
  let phase = first
  return {
    hop,
    heard: '',
    get phase() {
      return phase
    },
    set phase(next) {
      phase = next
      onPhase(next)
    },
  }
}

/** Milliseconds that each step took, of those that were come to. */
export type PhaseTimes = Partial<Record<ConnectPhase, number>>

/** A stopwatch for the steps of one connection. */
export interface PhaseWatch {
  onPhase: OnPhase
  /** The step that is under way counts up to now. */
  times(): PhaseTimes
}

export function createPhaseWatch(): PhaseWatch {
  const done: PhaseTimes = {}
  let current: ConnectPhase | 'ready' = 'ready'
  let sinceMs = 0
  const lap = () => {
    const nowMs = performance.now()
    if (current !== 'ready') done[current] = (done[current] ?? 0) + nowMs - sinceMs
    sinceMs = nowMs
  }
  return {
    onPhase(next) {
      lap()
      current = next
    },
    times() {
      lap()
      return { ...done }
    },
  }
}
