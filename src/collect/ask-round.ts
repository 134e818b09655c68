import { PassThrough } from 'node:stream'
import type { CommandEnd, Session } from '../ssh/session.js'
import { explainStop, limitTime } from '../time-limit.js'
import type { Piece } from './arrival.js'
import { watchFrames } from './frame-watch.js'
import { roundCommand } from './script.js'
import type { SudoTalk } from './sudo-talk.js'

/** One round that is to be run on a host. */
export interface RoundTerms {
  /** As `buildRound` makes it. */
  input: string
  nonce: string
  maxBytes: number
  commandMs: number
  signal: AbortSignal
  sudo: SudoTalk
}

/** What came of it. */
export interface Asked {
  pieces: Piece[]
  /** In epoch milliseconds. */
  askedMs: number
  /** `aborted` where one of the deadlines ended it, that of the round included. */
  end: CommandEnd
  /** Which deadline, or whether the run was stopped, as a clause. */
  stopped: string
}

/** A command that the host puts around the script may wait for the end of its input. */
const graceMs = 500

/**
 * Runs a round, and answers what it asks meanwhile. Its standard input stays open until it is done: there the host notices
 * that nobody waits any more, whatever became of this side, and ends what it has started.
 */
export async function askRound(session: Session, terms: RoundTerms): Promise<Asked> {
  const { input, nonce, maxBytes, commandMs, signal, sudo } = terms
  const limit = limitTime(commandMs, signal, 'command')
  const more = new PassThrough()
  const send = (line: string) => void (more.writableEnded || more.write(`${line}\n`))
  const watch = watchFrames(nonce, (word, rest) => {
    if (word === 'done') setTimeout(() => more.end(), graceMs).unref()
    else if (word === 'asks') void sudo.answer(send, limit)
    else if (word === 'password') sudo.hear(rest)
  })
  const pieces: Piece[] = []
  const askedMs = Date.now()
  const onOutput = (bytes: Buffer) => {
    pieces.push({ bytes, atMs: Date.now() })
    watch(bytes)
  }
  const end = await session.run(roundCommand, { input, more, onOutput, maxBytes, signal: limit.signal })
  limit.stop()
  more.destroy()
  sudo.end()
  return { pieces, askedMs, end: { ...end, stderr: sudo.mask(end.stderr) }, stopped: explainStop(limit.signal) }
}
