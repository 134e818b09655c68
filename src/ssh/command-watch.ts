import type { Writable } from 'node:stream'
import type { CommandEnd, CommandOptions } from './session.js'

const MAX_STDERR_BYTES = 4096

/** Keeps one running command within its limits, whatever carries it. */
export interface CommandWatch {
  /** Resolves when the command ends, or as soon as it is given up. */
  ended: Promise<CommandEnd>
  takeOutput(piece: Buffer): void
  takeError(piece: Buffer): void
  /** The command is over; only the first end counts. */
  finish(exitCode: number | null, cut?: CommandEnd['cut']): void
  isOver(): boolean
  /** Whether nothing has come of it so far. */
  isSilent(): boolean
}

/** Watches a command that is about to start; `giveUp` is called once when a limit ends it, and stops the command. */
export function watchCommand(options: CommandOptions, giveUp: () => void): CommandWatch {
  let settle = (_end: CommandEnd) => {}
  const ended = new Promise<CommandEnd>((resolve) => {
    settle = resolve
  })
  const stderr: Buffer[] = []
  let outputBytes = 0
  let stderrBytes = 0
  let over = false

  const finish = (exitCode: number | null, cut?: CommandEnd['cut']) => {
    if (over) return
    over = true
    clearTimeout(timer)
    options.signal.removeEventListener('abort', abort)
    settle({ exitCode, stderr: decodeStart(stderr), ...(cut === undefined ? {} : { cut }) })
  }
  const cutShort = (cut: CommandEnd['cut']) => {
    if (over) return
    finish(null, cut)
    giveUp()
  }
  const abort = () => cutShort('aborted')
  const { timeoutMs } = options
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => cutShort('deadline'), timeoutMs)
  options.signal.addEventListener('abort', abort)
  if (options.signal.aborted) finish(null, 'aborted')

  return {
    ended,
    finish,
    isOver: () => over,
    isSilent: () => outputBytes === 0,
    takeOutput(piece) {
      if (over) return
      const room = options.maxBytes - outputBytes
      outputBytes += piece.length
      if (room > 0) options.onOutput(piece.length > room ? piece.subarray(0, room) : piece)
      if (piece.length > room) cutShort('too-much-output')
    },
    takeError(piece) {
      const room = MAX_STDERR_BYTES - stderrBytes
      if (over || room <= 0) return
      stderr.push(piece.subarray(0, room))
      stderrBytes += Math.min(piece.length, room)
    },
  }
}

/** Gives a command its input, and leaves its standard input open where more may come. */
export function sendInput(stdin: Writable, { input, more }: Pick<CommandOptions, 'input' | 'more'>): void {
  if (!more) return void stdin.end(input)
  stdin.write(input)
  more.pipe(stdin)
}

/** Decodes UTF-8 and leaves out a character that was cut at the end. */
function decodeStart(pieces: readonly Buffer[]): string {
  return new TextDecoder().decode(Buffer.concat(pieces), { stream: true })
}
