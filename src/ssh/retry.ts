import { setTimeout as pause } from 'node:timers/promises'
import { t } from '../language/language.js'
import { ConnectFailure, type TransientKind } from './session.js'

/** Milliseconds to wait before each further try, about: half to one and a half times as long, by chance. */
export type RetryWaits = Record<TransientKind, readonly number[]>

/**
 * `busy`: sshd's MaxStartups drops by chance while logins are under way, and a name server may be slow. `penalty`:
 * PerSourcePenalties of OpenSSH 9.8 shut an address out, for 1 to 15 s after most offences.
 */
export const usualWaits: RetryWaits = { busy: [500, 1000, 2000], penalty: [5000, 10_000, 15_000] }

/**
 * Tries again what a server or a name server turned away for the moment, after longer and longer waits whose length is
 * partly chance, so that many connections do not come back at once. Every other failure passes through at once.
 */
export async function retryTransient<T>(
  attempt: () => Promise<T>,
  { signal, waits }: { signal: AbortSignal; waits: RetryWaits },
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ConnectFailure)) throw error
      const waitMs = error.transient && waits[error.transient][tries - 1]
      const isOver = waitMs === undefined || !(await waited(waitMs * (0.5 + Math.random()), signal))
      if (isOver) throw tries === 1 ? error : error.restate(t`${error.message} (tried ${tries} times)`)
    }
  }
}

/** Whether the whole wait has passed. */
function waited(waitMs: number, signal: AbortSignal): Promise<boolean> {
  return pause(waitMs, true, { signal }).catch(() => false)
}
