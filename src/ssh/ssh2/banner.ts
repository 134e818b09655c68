import type { Duplex } from 'node:stream'
import type { Attempt } from '../connect-failure.js'

/** RFC 4253, 4.2 allows lines before the banner; this much of them is read before it counts as no SSH at all. */
const MAX_PREAMBLE_BYTES = 64 * 1024
const MAX_HEARD_BYTES = 256

/**
 * Holds what a server sends until its SSH banner is complete, moves `attempt` on when it is, and keeps the start of
 * anything else in `attempt.heard`, to be quoted. ssh2 then gets it in one piece: ssh2 1.17 loses the third piece of a
 * banner that comes in several (parseHeader in Protocol.js keeps its first buffer only).
 */
export function awaitBanner(stream: Duplex, attempt: Attempt, onEndlessPreamble: () => void): void {
  // A channel through a jump host may have brought something already.
  const early: unknown = stream.readableLength > 0 ? stream.read() : null
  const push = stream.push.bind(stream)
  let held: Buffer = Buffer.alloc(0)
  const pass = () => {
    stream.push = push
    return push(held)
  }
  stream.push = (piece: Buffer | null) => {
    if (piece === null) {
      pass()
      return push(null)
    }
    held = Buffer.concat([held, piece])
    if (piece.includes('\n') && hasBanner(held)) {
      attempt.phase = 'handshake'
      attempt.heard = ''
      return pass()
    }
    attempt.heard = held.toString('latin1', 0, MAX_HEARD_BYTES)
    if (held.length > MAX_PREAMBLE_BYTES) onEndlessPreamble()
    return true
  }
  if (early instanceof Buffer) stream.push(early)
}

function hasBanner(bytes: Buffer): boolean {
  // sample: SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n
  return /^SSH-[^\n]*\n/m.test(bytes.toString('latin1'))
}
