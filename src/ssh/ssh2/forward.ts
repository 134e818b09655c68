import type { Duplex } from 'node:stream'
import type { Endpoint } from '../../inventory/host.js'
import { t } from '../../language/language.js'
import { type Attempt, explainClose, explainDeadline, formatHop } from '../connect-failure.js'
import { startDeadline } from '../deadline.js'
import { explainJump } from '../jump-hosts.js'
import { ConnectFailure, type ConnectReason } from '../session.js'
import type { OpenClient } from './open-client.js'

/** RFC 4254, 5.1: why a server does not open a channel. */
const connectFailed = 2
const resourceShortage = 4

/** A server on the way, and the client that is logged in to it. */
interface Via {
  jump: Endpoint
  link: OpenClient
}

/**
 * Opens a channel from a jump host to a target. One that has no room for another channel is asked again when one of ours
 * has closed. Rejects with `ConnectFailure`.
 */
export async function openChannel(
  via: Via,
  target: Endpoint,
  terms: { connectMs: number; signal: AbortSignal },
): Promise<Duplex> {
  const { channels } = via.link
  for (;;) {
    try {
      const channel = await forward(via, target, terms.connectMs)
      channels.open += 1
      return channel.once('close', () => noteClose(channels))
    } catch (error) {
      if (!isFull(error) || channels.open === 0 || terms.signal.aborted) throw explainForward(error, via.jump, target)
      await new Promise<void>((resolve) => channels.waiting.push(resolve))
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'reason' in error && error.reason === resourceShortage
}

/** All who wait ask again: there is room for one, or the connection is gone. */
function noteClose(channels: OpenClient['channels']): void {
  channels.open -= 1
  for (const wake of channels.waiting.splice(0)) wake()
}

/** Rejects with what ssh2 says, or with `ConnectFailure`. */
function forward({ jump, link: { client } }: Via, target: Endpoint, connectMs: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const attempt = describeAttempt(jump)
    let late = false
    const deadline = startDeadline(connectMs, () => {
      late = true
      reject(explainJump(explainDeadline(attempt, 'connect', connectMs)))
    })
    const take = (error: Error | undefined, channel?: Duplex) => {
      deadline.stop()
      if (error) reject(error)
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

/** Why a jump host did not open a channel, as the failure of the target: `reason` of the error is the number of RFC 4254, 5.1. */
export function explainForward(error: unknown, jump: Endpoint, target: Endpoint): unknown {
  if (error instanceof ConnectFailure) return error
  if (!(error instanceof Error && 'reason' in error && typeof error.reason === 'number')) {
    return explainJump(explainClose(describeAttempt(jump)))
  }
  // sample: (SSH) Channel open failure: Connection refused
  const words = error.message.replace(/^\(SSH\) Channel open failure: /, '')
  if (error.reason === connectFailed) {
    const message = t`${formatHop(target)} cannot be reached from jump host ${formatHop(jump)}: ${words}`
    return new ConnectFailure(message, { reason: readForwardReason(words), phase: 'connect', hop: formatHop(target) })
  }
  const mend = t`allow it in the sshd_config of the jump host: AllowTcpForwarding yes, and PermitOpen`
  const message = t`jump host ${formatHop(jump)} does not forward to ${target.address}:${target.port}: ${words}`
  return new ConnectFailure(message, { reason: 'jump', phase: 'channel', hop: formatHop(jump), mend })
}

function readForwardReason(words: string): ConnectReason {
  if (/refused/i.test(words)) return 'refused'
  if (/timed out/i.test(words)) return 'timeout'
  return /not known|resol|unknown host/i.test(words) ? 'dns' : 'unreachable'
}
