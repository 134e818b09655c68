import { connect as connectTcp, isIP, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import ssh2, { type Algorithms, type Client } from 'ssh2'
import type { Endpoint } from '../inventory/host.js'
import { awaitBanner } from './banner.js'
import {
  type Attempt,
  type ClientError,
  explainAbort,
  explainClose,
  explainDeadline,
  explainError,
  explainNotSsh,
  formatHop,
} from './connect-failure.js'
import type { Credentials, KeyRing } from './credentials.js'
import { type Deadline, startDeadline } from './deadline.js'
import { checkHostKey, orderHostKeyAlgorithms } from './host-key.js'
import type { KnownHosts, KnownKeys } from './known-hosts.js'
import { createLogin } from './login.js'

/** An ssh2 client that is logged in. */
export interface OpenClient {
  client: Client
  /** Says goodbye and lets go of the socket; safe to call twice. */
  close(): void
}

/** How one connection is to be made. */
export interface ClientTerms {
  credentials: Credentials
  knownHosts: KnownHosts
  /** Milliseconds from the first packet to the end of the login. */
  connectMs: number
  /** Milliseconds between questions to a silent peer; it counts as gone after two without an answer. */
  keepaliveMs: number
  signal: AbortSignal
  /** The jump host that the server is reached from, and the channel through it. */
  jump?: { endpoint: Endpoint; channel: Duplex }
}

/**
 * The cheapest strong algorithms first, then what older and hardened servers insist on. No compression: it costs more
 * than it saves on a few kilobytes.
 */
const ALGORITHMS: Algorithms = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
    'diffie-hellman-group14-sha1',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
    'chacha20-poly1305@openssh.com',
  ],
  compress: ['none'],
}

/** Connects and logs in. Rejects with `ConnectFailure`, whatever the other side does. */
export async function openClient(endpoint: Endpoint, terms: ClientTerms): Promise<OpenClient> {
  const attempt: Attempt = { hop: formatHop(endpoint), phase: terms.jump ? 'banner' : 'connect', heard: '' }
  const known = await terms.knownHosts.keysOf(endpoint)
  const ring = await terms.credentials.keysFor(endpoint)
  if (terms.signal.aborted) {
    terms.jump?.channel.destroy()
    throw explainAbort(attempt)
  }
  const stream = terms.jump?.channel ?? dial(endpoint, terms.connectMs, attempt)
  // ssh2 may emit further errors after the one that counts, and one that nobody hears would end the process.
  const client = new ssh2.Client().on('error', () => {}).once('end', () => stream.destroy())
  const limit = limitWaiting(attempt, terms)
  try {
    await Promise.race([limit.passed, logIn(client, stream, { endpoint, attempt, known, ring, limit, terms })])
  } catch (failure) {
    stream.destroy()
    throw failure
  } finally {
    limit.stop()
  }
  return { client, close: () => hangUp(client, stream) }
}

interface WaitLimit extends Deadline {
  /** Rejects when the deadline has passed or the signal aborts, whichever is first. */
  passed: Promise<never>
}

function limitWaiting(attempt: Attempt, { connectMs, signal }: ClientTerms): WaitLimit {
  let rejectPassed = (_failure: Error) => {}
  const passed = new Promise<never>((_, reject) => {
    rejectPassed = reject
  })
  const abort = () => rejectPassed(explainAbort(attempt))
  const deadline = startDeadline(connectMs, () => rejectPassed(explainDeadline(attempt, connectMs)))
  signal.addEventListener('abort', abort)
  const stop = () => {
    deadline.stop()
    signal.removeEventListener('abort', abort)
  }
  return { ...deadline, passed, stop }
}

interface LoginPlan {
  endpoint: Endpoint
  attempt: Attempt
  known: KnownKeys
  ring: KeyRing
  limit: WaitLimit
  terms: ClientTerms
}

/** Settles at the first event that decides; all later ones change nothing. */
function logIn(
  client: Client,
  stream: Duplex,
  { endpoint, attempt, known, ring, limit, terms }: LoginPlan,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    awaitBanner(stream, attempt, () => reject(explainNotSsh(attempt)))
    const login = createLogin(endpoint, ring, { deadline: limit, onRefused: () => reject(login.explainRefusal()) })
    client
      .once('ready', resolve)
      .once('handshake', () => {
        attempt.phase = 'auth'
      })
      .once('end', () => reject(explainClose(attempt)))
      .once('close', () => reject(explainClose(attempt)))
      .on('error', (error: ClientError) => {
        // An agent's error is about one key; ssh2 goes on with the next.
        if (error.level === 'agent') return
        reject(isCutForTries(error) ? login.explainRefusal({ cut: true }) : explainError(error, attempt))
      })
      .connect({
        sock: stream,
        ident: 'fleetdx',
        username: endpoint.user,
        readyTimeout: 0,
        keepaliveInterval: terms.keepaliveMs,
        keepaliveCountMax: 2,
        algorithms: { ...ALGORITHMS, serverHostKey: orderHostKeyAlgorithms(known) },
        hostVerifier(blob: Buffer) {
          const failure = checkHostKey(blob, known, endpoint, terms.jump?.endpoint)
          if (failure) reject(failure)
          return failure === undefined
        },
        authHandler: login.authHandler,
      })
  })
}

/** Opens a TCP connection, and says in `attempt` how far it is. */
function dial({ address, port }: Endpoint, connectMs: number, attempt: Attempt): Socket {
  attempt.phase = isIP(address) === 0 ? 'resolve' : 'connect'
  // Node gives each address of a name 250 ms, too short for a far one; a quarter of the time still leaves some to the others.
  const autoSelectFamilyAttemptTimeout = Math.max(250, Math.ceil(connectMs / 4))
  return connectTcp({ host: address, port, noDelay: true, autoSelectFamilyAttemptTimeout })
    .on('lookup', (error: Error | null) => {
      if (!error) attempt.phase = 'connect'
    })
    .once('connect', () => {
      attempt.phase = 'banner'
    })
}

function isCutForTries({ message }: ClientError): boolean {
  return /too many authentication failures/i.test(message)
}

/** The goodbye is sent if it can be; a peer that no longer reads does not keep the process. */
function hangUp(client: Client, stream: Duplex): void {
  client.end()
  if (!(stream instanceof Socket)) return void stream.destroy()
  stream.unref()
  stream.destroySoon()
}
