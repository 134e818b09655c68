import pLimit from 'p-limit'
import type { CommandIo } from './command-io.js'
import type { Progress } from './show-progress.js'

/**
 * Asks for one line on the terminal; undefined when nobody answers (Ctrl-D), or when the question is withdrawn. Ctrl-C
 * interrupts the run as ever.
 */
export type AskLine = (prompt: string, look: { isHidden: boolean }) => Promise<string | undefined>

/** The questions of a run. */
export interface Questions {
  /** One at a time; undefined where there is no terminal. */
  askLine: AskLine | undefined
  /** Withdraws the question that is open and those that wait; none is asked any more. */
  withdraw(): void
}

/** Opens the questions of a run, which the interrupt withdraws. */
export function openQuestions(
  { stdin, stderr }: CommandIo,
  { stepAside }: Pick<Progress, 'stepAside'>,
  interrupt: AbortSignal,
): Questions {
  const over = new AbortController()
  const withdraw = () => over.abort()
  interrupt.addEventListener('abort', withdraw)
  if (!stdin.isTTY || !stderr.isTTY) return { askLine: undefined, withdraw }
  const turn = pLimit(1)
  const ask: AskLine = async (prompt, { isHidden }) => {
    if (over.signal.aborted) return undefined
    const { read } = await import('read')
    const lines = prompt.split('\n')
    // As Ctrl-C does, that `read` knows: it lets go of the terminal.
    const cancel = () => stdin.emit('keypress', undefined, { ctrl: true, name: 'c' })
    const type = () => {
      for (const line of lines.slice(0, -1)) stderr.write(`${line}\n`)
      const typed = read({ prompt: lines.at(-1) ?? '', silent: isHidden, input: stdin, output: stderr })
      over.signal.addEventListener('abort', cancel)
      return Promise.race([typed, endOfTyping(stdin)])
    }
    const answer = await stepAside(type)
      .catch(() => (over.signal.aborted ? undefined : passOnInterrupt()))
      .finally(() => over.signal.removeEventListener('abort', cancel))
    if (typeof answer === 'string') return answer
    stderr.write('\n')
    return undefined
  }
  return { askLine: (prompt, look) => turn(ask, prompt, look), withdraw }
}

/** `read` never settles at Ctrl-D: it only lets go of the terminal, as it does after an answer, which then comes first. */
function endOfTyping(stdin: CommandIo['stdin']): Promise<void> {
  return new Promise((resolve) => stdin.once('pause', () => setImmediate(resolve)))
}

/** While a line is typed, the terminal gives Ctrl-C as a character, not as a signal; nothing goes on before it has arrived. */
function passOnInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.kill(process.pid, 'SIGINT')
  })
}
