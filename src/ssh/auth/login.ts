import type { AuthHandlerMiddleware, Client } from 'ssh2'
import type { Endpoint } from '../../inventory/host.js'
import type { Deadline } from '../deadline.js'
import { ConnectFailure } from '../session.js'
import { explainHangUp, explainRefusal, startTrace } from './explain-login.js'
import type { KeyRing, OfferableKey } from './key-ring.js'
import { planSteps } from './login-steps.js'

/** One login: what is offered, in which order, and what is said when none is taken. */
export interface Login {
  authHandler: AuthHandlerMiddleware
  /** Hears what the server says beside: its banner, and that it wants a new password. */
  watch: (client: Client) => void
  /** `cut` = the server hung up because of the many tries (sshd's MaxAuthTries). */
  explainRefusal: (details?: { cut: boolean }) => ConnectFailure
  /** The last key that the server took, once it has. */
  readonly acceptedBy: OfferableKey | undefined
}

export interface LoginHooks {
  /** Stands still while a person or a turn is waited for. */
  deadline: Pick<Deadline, 'pause' | 'resume'>
  /** Waits until the login may be tried here; when it rejects, nothing is offered. */
  begin?: () => Promise<void>
  /** `begin` rejected with this. */
  onStopped?: (failure: ConnectFailure) => void
  /** Nothing is left to offer. */
  onRefused: () => void
}

/** Only its first line is ever shown. */
const MAX_BANNER = 4096

/**
 * Logs in as OpenSSH does: asks first which methods there are, then offers keys, then keyboard-interactive, then the
 * password; one may lead to the next (AuthenticationMethods). A key that another server of the run took is offered without
 * asking first.
 */
export function createLogin(endpoint: Endpoint, ring: KeyRing, hooks: LoginHooks): Login {
  const { deadline, onRefused, onStopped = onRefused } = hooks
  const trace = startTrace(ring)
  const waitFor = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    deadline.pause()
    return work().finally(deadline.resume)
  }
  const steps = planSteps({ endpoint, ring, trace, waitFor, giveUp: onRefused })
  let beginning: Promise<void> | undefined
  const begin = () => {
    beginning ??= hooks.begin ? waitFor(hooks.begin) : Promise.resolve()
    return beginning
  }
  return {
    authHandler(methodsLeft, isPartial, next) {
      steps.learn(methodsLeft ?? undefined, isPartial)
      begin()
        .then(steps.choose)
        .then((method) => (method ? next(method) : onRefused()))
        .catch((error: unknown) => (error instanceof ConnectFailure ? onStopped(error) : onRefused()))
    },
    watch(client) {
      const hangUp = () => trace.banner !== undefined && onStopped(explainHangUp(endpoint, trace))
      client
        .once('close', hangUp)
        .once('end', hangUp)
        .on('banner', (text) => {
          trace.banner ??= text.slice(0, MAX_BANNER)
        })
        .on('change password', () => {
          trace.wantsNewPassword = true
          onRefused()
        })
    },
    explainRefusal: (details) => explainRefusal(endpoint, ring, trace, details?.cut ?? false),
    get acceptedBy() {
      return trace.taken.findLast((taken) => typeof taken !== 'string')
    },
  }
}
