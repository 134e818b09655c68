import type { Duplex } from 'node:stream'
import pLimit, { type LimitFunction } from 'p-limit'
import type { Client } from 'ssh2'
import type { Endpoint } from '../inventory/host.js'
import { type Attempt, explainAbort, explainClose, explainDeadline, formatHop } from './connect-failure.js'
import { startDeadline } from './deadline.js'
import type { OpenClient } from './open-client.js'
import { ConnectFailure, type ConnectReason } from './session.js'

/** Channels at once through one jump host: sshd's default MaxSessions, which some servers apply to forwarding as well. */
const MAX_CHANNELS = 10

/** What reaching through a jump host may take. */
interface JumpTerms {
  /** Milliseconds to connect to the jump host, and again to open a channel; waiting for a free channel is not counted. */
  connectMs: number
  signal: AbortSignal
}

/** The jump hosts of a run: one connection to each, shared by every host behind it. */
export interface JumpHosts {
  /** A channel from the jump host to the target. Rejects with `ConnectFailure`. */
  openChannel(jump: Endpoint, target: Endpoint, terms: JumpTerms): Promise<Duplex>
  close(): void
}

interface JumpHost {
  endpoint: Endpoint
  opening: Promise<OpenClient>
  queue: LimitFunction
}

/** `open` makes the connection to a jump host; a failed one is not tried again in the run, a lost one is. */
export function createJumpHosts(open: (jump: Endpoint, connectMs: number) => Promise<OpenClient>): JumpHosts {
  const hosts = new Map<string, JumpHost>()
  const reach = (endpoint: Endpoint, connectMs: number): JumpHost => {
    const key = JSON.stringify(endpoint)
    const known = hosts.get(key)
    if (known) return known
    const host = { endpoint, opening: open(endpoint, connectMs), queue: pLimit(MAX_CHANNELS) }
    hosts.set(key, host)
    host.opening.then(({ client }) => client.once('close', () => hosts.delete(key))).catch(() => {})
    return host
  }
  return {
    openChannel: (jump, target, terms) => queueChannel(reach(jump, terms.connectMs), target, terms),
    close() {
      for (const { opening } of hosts.values()) opening.then((opened) => opened.close()).catch(() => {})
      hosts.clear()
    },
  }
}

/** Waits for a place, opens the channel, and keeps the place until the channel closes. */
function queueChannel(host: JumpHost, target: Endpoint, { connectMs, signal }: JumpTerms): Promise<Duplex> {
  return new Promise<Duplex>((resolve, reject) => {
    const abort = () => reject(explainAbort(describeAttempt(host.endpoint)))
    const occupyPlace = async () => {
      const { client } = await host.opening.catch((failure: unknown) => Promise.reject(explainJump(failure)))
      if (signal.aborted) return
      const channel = await forward(client, host.endpoint, target, connectMs)
      const closed = new Promise((done) => channel.once('close', done))
      if (signal.aborted) channel.destroy()
      resolve(channel)
      await closed
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    const leave = () => signal.removeEventListener('abort', abort)
    host.queue(occupyPlace).catch(reject).finally(leave)
  })
}

function forward(client: Client, jump: Endpoint, target: Endpoint, connectMs: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const attempt = describeAttempt(jump)
    let late = false
    const deadline = startDeadline(connectMs, () => {
      late = true
      reject(explainJump(explainDeadline(attempt, connectMs)))
    })
    const take = (error: Error | undefined, channel?: Duplex) => {
      deadline.stop()
      if (error) reject(explainForward(error, jump, target))
      else if (late) channel?.destroy()
      else if (channel) resolve(channel)
    }
    try {
      // The origin's address is only told to the server; nothing listens there.
      client.forwardOut('127.0.0.1', 0, target.address, target.port, take)
    } catch {
      // ssh2 throws when the connection is already gone.
      deadline.stop()
      reject(explainJump(explainClose(attempt)))
    }
  })
}

function describeAttempt(jump: Endpoint): Attempt {
  return { hop: formatHop(jump), phase: 'channel', heard: '' }
}

/** Whatever went wrong with the jump host itself, as the failure of a host behind it. */
function explainJump(failure: unknown): unknown {
  if (!(failure instanceof ConnectFailure)) return failure
  const { reason, phase, hop, mend, message } = failure
  return new ConnectFailure(`jump host (${reason}): ${message}`, {
    reason: 'jump',
    phase,
    hop,
    cause: failure,
    ...(mend === undefined ? {} : { mend }),
  })
}

/** RFC 4254, 5.1: 1 = the server may not forward; 2 = it could not connect, and its words say why. */
function explainForward(error: Error & { reason?: unknown }, jump: Endpoint, target: Endpoint): unknown {
  if (typeof error.reason !== 'number') return explainJump(explainClose(describeAttempt(jump)))
  // sample: (SSH) Channel open failure: Connection refused
  const words = error.message.replace(/^\(SSH\) Channel open failure: /, '')
  if (error.reason === 2) {
    const message = `${formatHop(target)} cannot be reached from jump host ${formatHop(jump)}: ${words}`
    return new ConnectFailure(message, { reason: readForwardReason(words), phase: 'connect', hop: formatHop(target) })
  }
  const mend = 'allow it in the sshd_config of the jump host: AllowTcpForwarding yes, and PermitOpen'
  const message = `jump host ${formatHop(jump)} does not forward to ${target.address}:${target.port}: ${words}`
  return new ConnectFailure(message, { reason: 'jump', phase: 'channel', hop: formatHop(jump), mend })
}

function readForwardReason(words: string): ConnectReason {
  if (/refused/i.test(words)) return 'refused'
  if (/timed out/i.test(words)) return 'timeout'
  return /not known|resol|unknown host/i.test(words) ? 'dns' : 'unreachable'
}
