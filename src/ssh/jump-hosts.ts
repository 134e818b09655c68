import { setTimeout as pause } from 'node:timers/promises'
import pLimit, { type LimitFunction } from 'p-limit'
import type { Endpoint } from '../inventory/host.js'
import { t } from '../language/language.js'
import { type Attempt, explainAbort, formatHop } from './connect-failure.js'
import { ConnectFailure } from './session.js'
import type { Pauses } from './waiting.js'

/** Logins at once through one jump host: as many as sshd's usual MaxStartups lets in before it drops any. */
const mostLogins = 10

/** How much later than what goes through it the end of a connection may be noticed. */
const lossMs = 200

/** A connection that several hosts are reached through. */
export interface SharedLink {
  /** Calls back once the connection is gone. */
  onLost(callBack: () => void): void
  close(): void
}

/** What was opened through a jump host, and whether that is still there: of what is lost, its end may be the reason. */
export interface Through<T> {
  opened: T
  findLoss(): Promise<ConnectFailure | undefined>
}

/** The jump hosts of a run: one connection to each, shared by every host behind it. */
export interface JumpHosts<Link extends SharedLink> {
  /**
   * Reaches a host through a jump host: `use` opens the channel and logs in, and has one of the few places for that at a
   * time. Rejects with `ConnectFailure`; what is wrong with the jump host itself has the reason `jump`.
   */
  through<T>(jump: Endpoint, terms: ThroughTerms, use: (link: Link) => Promise<T>): Promise<Through<T>>
  close(): void
}

/** What reaching through a jump host may take. */
export interface ThroughTerms {
  /** Milliseconds to connect to the jump host, unless another host's terms came first. */
  connectMs: number
  handshakeMs?: number | undefined
  signal: AbortSignal
  /** The host's time does not pass while others are logged in. */
  hostDeadline?: Pauses | undefined
}

interface JumpHost<Link> {
  opening: Promise<Link>
  logins: LimitFunction
}

/** `open` makes the connection to a jump host. A failed one is not tried again in the run, a lost one is. */
export function createJumpHosts<Link extends SharedLink>(
  open: (jump: Endpoint, terms: ThroughTerms) => Promise<Link>,
): JumpHosts<Link> {
  const hosts = new Map<string, JumpHost<Link>>()
  const reach = (jump: Endpoint, terms: ThroughTerms): JumpHost<Link> => {
    const key = JSON.stringify(jump)
    const known = hosts.get(key)
    if (known) return known
    const host = { opening: open(jump, terms), logins: pLimit(mostLogins) }
    hosts.set(key, host)
    host.opening.then((link) => link.onLost(() => hosts.delete(key))).catch(() => {})
    return host
  }
  return {
    through(jump, terms, use) {
      const { opening, logins } = reach(jump, terms)
      const { signal, hostDeadline } = terms
      const logIn = async () => {
        if (signal.aborted) throw explainAbort(describeWait(jump), signal)
        const link = await opening.catch((failure: unknown) => Promise.reject(explainJump(failure)))
        hostDeadline?.resume()
        const findLoss = watchLoss(jump, link)
        const opened = await use(link).catch(async (failure: unknown) => Promise.reject((await findLoss()) ?? failure))
        return { opened, findLoss }
      }
      hostDeadline?.pause()
      return abandonable(jump, signal, () => logins(logIn)).finally(() => hostDeadline?.resume())
    },
    close() {
      for (const { opening } of hosts.values()) opening.then((link) => link.close()).catch(() => {})
      hosts.clear()
    },
  }
}

/** Waits a moment: what goes through a connection may end before it. */
function watchLoss(jump: Endpoint, link: SharedLink): () => Promise<ConnectFailure | undefined> {
  let isLost = false
  link.onLost(() => {
    isLost = true
  })
  return async () => {
    if (!isLost) await pause(lossMs)
    const { hop, phase } = describeWait(jump)
    return isLost
      ? new ConnectFailure(t`jump host (closed): ${hop} was lost`, { reason: 'jump', phase, hop })
      : undefined
  }
}

/** Does not wait for its turn any longer when the signal aborts. */
function abandonable<T>(jump: Endpoint, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(explainAbort(describeWait(jump), signal))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort))
  })
}

function describeWait(jump: Endpoint): Attempt {
  return { hop: formatHop(jump), phase: 'channel', heard: '' }
}

/** Whatever went wrong with the jump host itself, as the failure of a host behind it. */
export function explainJump(failure: unknown): unknown {
  if (!(failure instanceof ConnectFailure) || failure.reason === 'jump') return failure
  const message = t`jump host (${failure.reason}): ${failure.message}`
  return failure.restate(message, { reason: 'jump', transient: undefined })
}
