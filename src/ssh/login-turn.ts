import type { Endpoint } from '../inventory/host.js'
import { type Credentials, credentialKeyOf, type KeyRing } from './auth/credentials.js'
import { type Breaker, noBreaker, type Trial } from './breaker.js'
import { formatHop } from './connect-failure.js'
import { ConnectFailure } from './session.js'

/** What a login's turn with the breaker depends on. */
export interface TurnTerms {
  breaker: Breaker
  credentials: Pick<Credentials, 'passwords'>
  signal: AbortSignal
  /** Milliseconds to wait for another server's verdict on keys; a password is never tried beside another try. */
  patienceMs?: number
}

/** A login's turn with the breaker. */
export interface Turn {
  /** Waits until the login may be tried here. Rejects with `ConnectFailure` when it is kept back. */
  begin(): Promise<void>
  /** Says how it went, with the failure where it failed. */
  end(failure?: unknown): void
}

/** A refused password may lock an account, so that one server is enough; a key that a few servers do not know may be good. */
const mostRefusals = { password: 1, keys: 3 }

/** Plans the turn of one login. It is the same login wherever a refusal means the same, as seen from the same jump host. */
export function planTurn(endpoint: Endpoint, ring: KeyRing, terms: TurnTerms): Turn {
  const { credentials, signal, patienceMs } = terms
  const hasPassword = credentials.passwords.sourceOf('login', endpoint) !== undefined
  const name = JSON.stringify([credentialKeyOf(endpoint, ring), endpoint.jump ? formatHop(endpoint.jump) : null])
  // To have nothing to offer is a mistake of that host alone, and asking what it takes does no harm.
  const breaker = ring.keys.length > 0 || hasPassword ? terms.breaker : noBreaker
  let trial: Trial | undefined
  let ended: keyof Trial | undefined
  return {
    async begin() {
      const terms = hasPassword
        ? { mostRefusals: mostRefusals.password }
        : { mostRefusals: mostRefusals.keys, ...(patienceMs !== undefined && { patienceMs }) }
      trial = await breaker.enter(name, { hop: formatHop(endpoint), signal, ...terms })
      // The attempt may have ended while it waited.
      if (ended) trial[ended]()
    },
    end(failure) {
      ended = failure === undefined ? 'accepted' : isRefusal(failure) ? 'refused' : 'undecided'
      trial?.[ended]()
    },
  }
}

function isRefusal(failure: unknown): boolean {
  return failure instanceof ConnectFailure && failure.reason === 'auth' && failure.phase === 'auth'
}
