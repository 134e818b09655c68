import { connect as connectTcp, isIP, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import ssh2, { type Algorithms, type Client } from 'ssh2'
import type { Endpoint } from '../../inventory/host.js'
import type { Credentials, KeyRing } from '../auth/credentials.js'
import { createLogin } from '../auth/login.js'
import type { Breaker } from '../breaker.js'
import {
  type Attempt,
  type ClientError,
  explainAbort,
  explainClose,
  explainError,
  explainNotSsh,
  formatHop,
} from '../connect-failure.js'
import { orderHostKeyAlgorithms } from '../host-keys/host-key.js'
import type { KnownHosts, KnownKeys } from '../host-keys/known-hosts.js'
import type { HostKeyVerifier } from '../host-keys/verify-host-key.js'
import type { SharedLink } from '../jump-hosts.js'
import { planTurn, type Turn } from '../login-turn.js'
import { startWaiting, type Waiting, type WaitingTerms } from '../waiting.js'
import { awaitBanner } from './banner.js'
import { dialByCommand } from './proxy-command.js'

/** An ssh2 client that is logged in. */
export interface OpenClient extends SharedLink {
  client: Client
  /** How many channels through it are open, and who waits for one to close. */
  channels: { open: number; waiting: (() => void)[] }
  /** Says goodbye and lets go of the socket; safe to call twice. */
  close(): void
}

/** How one connection is to be made. */
export interface ClientTerms extends WaitingTerms {
  credentials: Credentials
  knownHosts: KnownHosts
  hostKeyVerifier: HostKeyVerifier
  breaker: Breaker
  /** Milliseconds between questions to a silent peer; it counts as gone after two without an answer. */
  keepaliveMs: number
  /** The channel through the jump host, where there is one. */
  channel?: Duplex | undefined
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
  const { channel, signal } = terms
  const first = channel ? 'banner' : 'connect'
  const known = await terms.knownHosts.keysOf(endpoint)
  const ring = await terms.credentials.keysFor(endpoint)
  if (signal.aborted) {
    channel?.destroy()
    throw explainAbort({ hop: formatHop(endpoint), phase: first, heard: '' }, signal)
  }
  const waiting = startWaiting(formatHop(endpoint), first, terms)
  if (channel) terms.onPhase?.(first)
  const stream = channel ?? dial(endpoint, terms.connectMs, waiting.attempt)
  // ssh2 may emit further errors after the one that counts, and one that nobody hears would end the process.
  const client = new ssh2.Client().on('error', () => {}).once('end', () => stream.destroy())
  // Every host behind a jump host wants to hear of its end.
  client.setMaxListeners(0)
  const turn = planTurn(endpoint, ring, terms)
  try {
    await Promise.race([waiting.passed, logIn(client, stream, { endpoint, known, ring, waiting, turn, terms })])
    turn.end()
  } catch (failure) {
    stream.destroy()
    turn.end(failure)
    throw failure
  } finally {
    waiting.stop()
  }
  terms.onPhase?.('ready')
  const onLost = (callBack: () => void) => void client.once('close', callBack)
  return { client, channels: { open: 0, waiting: [] }, onLost, close: () => hangUp(client, stream) }
}

interface LoginPlan {
  endpoint: Endpoint
  known: KnownKeys
  ring: KeyRing
  waiting: Waiting
  turn: Turn
  terms: ClientTerms
}

/** Settles at the first event that decides; all later ones change nothing. */
function logIn(
  client: Client,
  stream: Duplex,
  { endpoint, known, ring, waiting, turn, terms }: LoginPlan,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const { attempt } = waiting
    awaitBanner(stream, attempt, () => reject(explainNotSsh(attempt)))
    const login = createLogin(endpoint, ring, {
      deadline: waiting,
      begin: turn.begin,
      onStopped: reject,
      onRefused: () => reject(login.explainRefusal()),
    })
    login.watch(client)
    const hostKey = terms.hostKeyVerifier.begin(known, endpoint)
    client
      .once('ready', resolve)
      .once('handshake', () => {
        attempt.phase = 'auth'
        const failure = hostKey.keep()
        if (failure) reject(failure)
        // Nothing of the login is to be sent any more.
        if (failure) stream.destroy()
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
        algorithms: chooseAlgorithms(endpoint, known),
        hostVerifier(blob: Buffer) {
          const failure = hostKey.judge(blob)
          if (failure) reject(failure)
          return failure === undefined
        },
        authHandler: login.authHandler,
      })
  })
}

/** Those that ssh_config chooses count in place of the usual ones. */
function chooseAlgorithms({ algorithms }: Endpoint, known: KnownKeys): Algorithms {
  return { ...ALGORITHMS, ...algorithms, serverHostKey: orderHostKeyAlgorithms(known, algorithms?.serverHostKey) }
}

/** Opens a TCP connection, or has a ProxyCommand open one, and says in `attempt` how far it is. */
function dial({ address, port, proxyCommand, addressFamily }: Endpoint, connectMs: number, attempt: Attempt): Duplex {
  attempt.phase = proxyCommand === undefined && isIP(address) === 0 ? 'resolve' : 'connect'
  if (proxyCommand !== undefined) return dialByCommand(proxyCommand, attempt)
  // Node gives each address of a name 250 ms, too short for a far one; a quarter of the time still leaves some to the others.
  const autoSelectFamilyAttemptTimeout = Math.max(250, Math.ceil(connectMs / 4))
  return connectTcp({ host: address, port, family: addressFamily ?? 0, noDelay: true, autoSelectFamilyAttemptTimeout })
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
