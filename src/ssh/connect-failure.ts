import type { Endpoint, Obstacle } from '../inventory/host.js'
import { t } from '../language/language.js'
import { TimeIsUp } from '../time-limit.js'
import { ConnectFailure, type ConnectLimit, type ConnectPhase, type FailureDetails } from './session.js'

/** How far one attempt to connect has come: `phase` moves on as it does. */
export interface Attempt {
  /** `user@address:port` */
  readonly hop: string
  phase: ConnectPhase
  /** The first bytes that came before any SSH banner, when what came was not one. */
  heard: string
}

/** What ssh2 emits as an error: a socket's error, a protocol failure with its level, or the server's goodbye with its number. */
export type ClientError = Error & { level?: string; code?: string | number }

const DOING: Record<ConnectPhase, () => string> = {
  config: () => t`its settings were read`,
  resolve: () => t`its name was looked up`,
  connect: () => t`the TCP connection was opened`,
  banner: () => t`its SSH banner was awaited`,
  handshake: () => t`keys were exchanged`,
  'host-key': () => t`its host key was checked`,
  auth: () => t`logging in`,
  channel: () => t`a channel was opened`,
}

const SOCKET_ERRORS: Record<string, Pick<FailureDetails, 'reason' | 'transient'> & { says: () => string }> = {
  ENOTFOUND: { reason: 'dns', says: () => t`has no address: its name is not known` },
  EAI_AGAIN: { reason: 'dns', transient: 'busy', says: () => t`has no address: the name server does not answer` },
  ECONNREFUSED: {
    reason: 'refused',
    says: () => t`refused the connection: nothing listens there, or a firewall rejects it`,
  },
  EHOSTUNREACH: {
    reason: 'unreachable',
    says: () => t`cannot be reached: no route to it, or a firewall rejects it`,
  },
  ENETUNREACH: {
    reason: 'unreachable',
    says: () => t`cannot be reached: this machine has no route to its network`,
  },
  ETIMEDOUT: { reason: 'timeout', says: () => t`does not answer: it is down, or a firewall drops the packets` },
}

/** `user@address:port`, an IPv6 address in brackets. */
export function formatHop({ user, address, port }: Pick<Endpoint, 'user' | 'address' | 'port'>): string {
  return `${user}@${address.includes(':') ? `[${address}]` : address}:${port}`
}

/** Says that the connection ended before the login was done. */
export function explainClose(attempt: Attempt): ConnectFailure {
  // sample: Exceeded MaxStartups (sshd says it in place of its banner, from OpenSSH 8.5 on)
  const isFull = attempt.heard.startsWith('Exceeded MaxStartups')
  // sample: Not allowed at this time (PerSourcePenalties, from OpenSSH 9.8 on)
  const isPenalty = attempt.heard.startsWith('Not allowed at this time')
  if (attempt.heard !== '' && !isFull && !isPenalty) return explainNotSsh(attempt)
  const doing = DOING[attempt.phase]()
  const says =
    attempt.heard === ''
      ? t`closed the connection while ${doing}`
      : t`closed the connection while ${doing}: ${quoteFirstLine(attempt.heard)}`
  if (isPenalty) {
    const mend = t`it shuts this address out for a while (PerSourcePenalties): wait, and see its log for what it minded`
    return fail(attempt, says, { reason: 'closed', transient: 'penalty', mend })
  }
  if (attempt.phase !== 'banner') return fail(attempt, says, { reason: 'closed' })
  const mend = t`it may be short of login slots (MaxStartups), or refuse this address`
  return fail(attempt, says, { reason: 'closed', transient: 'busy', mend })
}

/** Says which wait used up the time that a connection may take. */
export function explainDeadline(
  attempt: Attempt,
  limit: Extract<ConnectLimit, 'connect' | 'handshake'>,
  limitMs: number,
): ConnectFailure {
  const seconds = limitMs / 1000
  if (attempt.phase !== 'banner') {
    const says = t`took over ${seconds} s (--timeout-${limit}): given up while ${DOING[attempt.phase]()}`
    return fail(attempt, says, { reason: 'timeout', limit })
  }
  if (attempt.heard !== '') return explainNotSsh(attempt)
  const says = t`accepted the connection and sent no SSH banner in ${seconds} s (--timeout-${limit})`
  return fail(attempt, says, { reason: 'no-banner', limit, mend: t`see whether that port is SSH` })
}

/** Says that the run, or the host's whole time, ended first. */
export function explainAbort(attempt: Attempt, { reason }: Pick<AbortSignal, 'reason'>): ConnectFailure {
  const doing = DOING[attempt.phase]()
  if (!(reason instanceof TimeIsUp)) return fail(attempt, t`was given up while ${doing}`, { reason: 'timeout' })
  const { limit, limitMs } = reason
  const says = t`was given up after ${limitMs / 1000} s (--timeout-${limit}) while ${doing}`
  return fail(attempt, says, { reason: 'timeout', limit })
}

/** Says what the settings of a host ask for that cannot be done. */
export function explainObstacle(endpoint: Endpoint, { message, mend }: Obstacle): ConnectFailure {
  const hop = formatHop(endpoint)
  return new ConnectFailure(t`${hop} is not tried: ${message}`, { reason: 'config', phase: 'config', hop, mend })
}

/** Says that something else than SSH answers, and quotes it. */
export function explainNotSsh(attempt: Attempt): ConnectFailure {
  const words = quoteFirstLine(attempt.heard)
  const mend = t`see which service has that port`
  return fail(attempt, t`answers, but not with SSH: ${words}`, { reason: 'protocol', mend })
}

/** Turns whatever ssh2 or a socket emits before the login is done into its reason and a plain sentence. */
export function explainError(error: ClientError, attempt: Attempt): ConnectFailure {
  if (error instanceof ConnectFailure) return error
  const known = typeof error.code === 'string' ? SOCKET_ERRORS[error.code] : undefined
  if (known) return fail(attempt, known.says(), { reason: known.reason, transient: known.transient, cause: error })
  if (error.level === 'client-socket') return explainSocket(error, attempt)
  if (error.message === 'Connection lost before handshake') return explainClose(attempt)
  if (attempt.heard !== '') return explainNotSsh(attempt)
  // The number is that of the server's own SSH_MSG_DISCONNECT (RFC 4253, 11.1).
  if (typeof error.code === 'number') {
    const says = t`ended the connection while ${DOING[attempt.phase]()}: ${quoteRemote(error.message)}`
    return fail(attempt, says, { reason: 'closed' })
  }
  return explainProtocol(error, attempt)
}

function explainSocket(error: ClientError, attempt: Attempt): ConnectFailure {
  const { phase } = attempt
  if (phase === 'resolve') return fail(attempt, t`has no address: ${error.message}`, { reason: 'dns', cause: error })
  if (phase === 'connect')
    return fail(attempt, t`cannot be reached: ${error.message}`, { reason: 'unreachable', cause: error })
  const says = t`cut the connection while ${DOING[phase]()} (${error.code})`
  // A full sshd may reset the connection as well as close it.
  const transient = phase === 'banner' && error.code === 'ECONNRESET' ? 'busy' : undefined
  return fail(attempt, says, { reason: 'closed', transient, cause: error })
}

function explainProtocol(error: ClientError, attempt: Attempt): ConnectFailure {
  // sample: Handshake failed: no matching key exchange algorithm
  const missing = /no matching (.+)$/.exec(error.message)?.[1]
  if (missing === undefined) {
    const says = t`broke the SSH protocol while ${DOING[attempt.phase]()}: ${error.message}`
    return fail(attempt, says, { reason: 'protocol', cause: error })
  }
  const mend = t`see 'ssh -vv' for what the server offers; the system's ssh may know it: --transport openssh`
  return fail(attempt, t`shares no ${missing} with this client`, { reason: 'protocol', mend, cause: error })
}

/** Remote words as one short line that is safe to look at. */
export function quoteRemote(text: string): string {
  return JSON.stringify(text.slice(0, 100).replace(/[^\x20-\x7e]/g, '.'))
}

function quoteFirstLine(text: string): string {
  return quoteRemote(text.split(/\r?\n/, 1)[0] ?? '')
}

function fail({ hop, phase }: Attempt, says: string, details: Omit<FailureDetails, 'hop' | 'phase'>): ConnectFailure {
  return new ConnectFailure(`${hop} ${says}`, { ...details, phase, hop })
}
