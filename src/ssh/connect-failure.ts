import type { Endpoint } from '../inventory/host.js'
import { ConnectFailure, type ConnectPhase, type ConnectReason } from './session.js'

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

const DOING: Record<ConnectPhase, string> = {
  resolve: 'its name was looked up',
  connect: 'the TCP connection was opened',
  banner: 'its SSH banner was awaited',
  handshake: 'keys were exchanged',
  'host-key': 'its host key was checked',
  auth: 'logging in',
  channel: 'a channel was opened',
}

const SOCKET_ERRORS: Record<string, { reason: ConnectReason; says: string }> = {
  ENOTFOUND: { reason: 'dns', says: 'has no address: its name is not known' },
  EAI_AGAIN: { reason: 'dns', says: 'has no address: the name server does not answer' },
  ECONNREFUSED: { reason: 'refused', says: 'refused the connection: nothing listens there, or a firewall rejects it' },
  EHOSTUNREACH: { reason: 'unreachable', says: 'cannot be reached: no route to it, or a firewall rejects it' },
  ENETUNREACH: { reason: 'unreachable', says: 'cannot be reached: this machine has no route to its network' },
  ETIMEDOUT: { reason: 'timeout', says: 'does not answer: it is down, or a firewall drops the packets' },
}

/** `user@address:port`, an IPv6 address in brackets. */
export function formatHop({ user, address, port }: Pick<Endpoint, 'user' | 'address' | 'port'>): string {
  return `${user}@${address.includes(':') ? `[${address}]` : address}:${port}`
}

/** Says that the connection ended before the login was done. */
export function explainClose(attempt: Attempt): ConnectFailure {
  const mend =
    attempt.phase === 'banner' ? 'it may be short of login slots (MaxStartups), or refuse this address' : undefined
  // sample: Exceeded MaxStartups (sshd says it in place of its banner, from OpenSSH 8.5 on)
  const isSshdSpeaking = /^(Exceeded MaxStartups|Not allowed at this time)/.test(attempt.heard)
  if (attempt.heard !== '' && !isSshdSpeaking) return explainNotSsh(attempt)
  const words = isSshdSpeaking ? `: ${quoteFirstLine(attempt.heard)}` : ''
  return fail(attempt, 'closed', `closed the connection while ${DOING[attempt.phase]}${words}`, mend)
}

/** Says which wait used up the time that a connection may take. */
export function explainDeadline(attempt: Attempt, connectMs: number): ConnectFailure {
  const limit = `${connectMs / 1000} s`
  if (attempt.phase !== 'banner')
    return fail(attempt, 'timeout', `took over ${limit}: given up while ${DOING[attempt.phase]}`)
  if (attempt.heard !== '') return explainNotSsh(attempt)
  return fail(
    attempt,
    'no-banner',
    `accepted the connection and sent no SSH banner in ${limit}`,
    'see whether that port is SSH',
  )
}

/** Says that the run, or the host's whole time, ended first. */
export function explainAbort(attempt: Attempt): ConnectFailure {
  return fail(attempt, 'timeout', `was given up while ${DOING[attempt.phase]}`)
}

/** Says that something else than SSH answers, and quotes it. */
export function explainNotSsh(attempt: Attempt): ConnectFailure {
  const words = quoteFirstLine(attempt.heard)
  return fail(attempt, 'protocol', `answers, but not with SSH: ${words}`, 'see which service has that port')
}

/** Turns whatever ssh2 or a socket emits before the login is done into its reason and a plain sentence. */
export function explainError(error: ClientError, attempt: Attempt): ConnectFailure {
  const known = typeof error.code === 'string' ? SOCKET_ERRORS[error.code] : undefined
  if (known) return fail(attempt, known.reason, known.says, undefined, error)
  if (error.level === 'client-socket') return explainSocket(error, attempt)
  if (error.message === 'Connection lost before handshake') return explainClose(attempt)
  if (attempt.heard !== '') return explainNotSsh(attempt)
  // The number is that of the server's own SSH_MSG_DISCONNECT (RFC 4253, 11.1).
  if (typeof error.code === 'number') {
    return fail(attempt, 'closed', `ended the connection while ${DOING[attempt.phase]}: ${quoteRemote(error.message)}`)
  }
  return explainProtocol(error, attempt)
}

function explainSocket(error: ClientError, attempt: Attempt): ConnectFailure {
  if (attempt.phase === 'resolve') return fail(attempt, 'dns', `has no address: ${error.message}`, undefined, error)
  if (attempt.phase === 'connect')
    return fail(attempt, 'unreachable', `cannot be reached: ${error.message}`, undefined, error)
  return fail(attempt, 'closed', `cut the connection while ${DOING[attempt.phase]} (${error.code})`, undefined, error)
}

function explainProtocol(error: ClientError, attempt: Attempt): ConnectFailure {
  // sample: Handshake failed: no matching key exchange algorithm
  const missing = /no matching (.+)$/.exec(error.message)?.[1]
  return missing === undefined
    ? fail(
        attempt,
        'protocol',
        `broke the SSH protocol while ${DOING[attempt.phase]}: ${error.message}`,
        undefined,
        error,
      )
    : fail(
        attempt,
        'protocol',
        `shares no ${missing} with this client`,
        "see 'ssh -vv' for what the server offers",
        error,
      )
}

/** Remote words as one short line that is safe to look at. */
function quoteRemote(text: string): string {
  return JSON.stringify(text.slice(0, 100).replace(/[^\x20-\x7e]/g, '.'))
}

function quoteFirstLine(text: string): string {
  return quoteRemote(text.split(/\r?\n/, 1)[0] ?? '')
}

function fail(
  { hop, phase }: Attempt,
  reason: ConnectReason,
  says: string,
  mend?: string | undefined,
  cause?: unknown,
): ConnectFailure {
  return new ConnectFailure(`${hop} ${says}`, { reason, phase, hop, cause, ...(mend === undefined ? {} : { mend }) })
}
