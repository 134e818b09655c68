import { spawn } from 'node:child_process'
import { countRows } from '../report/fit.js'
import type { CommandIo } from './command-io.js'

/**
 * Writes a text to standard output: through a pager where it is a terminal that the text is higher than. As git does it:
 * $FLEETDX_PAGER, else $PAGER, else less; `cat` or nothing is no pager, and less gets the options FRX where $LESS says none.
 * It takes the text for UTF-8 even where the locale is none that this machine has.
 * A pager that cannot be started is done without.
 */
export async function pageOutput(text: string, isWanted: boolean, io: CommandIo): Promise<void> {
  const pager = isWanted && isHigherThanScreen(text, io) ? choosePager(io.env) : undefined
  if (pager === undefined || !(await runPager(pager, text, io))) io.stdout.write(text)
}

function isHigherThanScreen(text: string, { stdout, env }: CommandIo): boolean {
  const { isTTY, columns, rows } = stdout
  if (!isTTY || !columns || !rows || env.TERM === 'dumb') return false
  return countRows(text.trimEnd(), columns) >= rows
}

function choosePager({ FLEETDX_PAGER, PAGER }: NodeJS.ProcessEnv): string | undefined {
  const command = (FLEETDX_PAGER ?? PAGER ?? 'less').trim()
  return command === '' || command === 'cat' ? undefined : command
}

/** What a shell says of a program that is not there, or is none. */
const notStarted: readonly (number | null)[] = [126, 127]

/** Whether the pager could be started; that it ends before the text does is its reader's choice. */
async function runPager(command: string, text: string, { env }: CommandIo): Promise<boolean> {
  // Ctrl-C is the pager's own while it runs, which knows how to give the terminal back.
  const ignore = () => {}
  process.on('SIGINT', ignore)
  try {
    const child = spawn(command, {
      // `less` alone needs no shell, which would complain where there is none.
      shell: command !== 'less',
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { LESS: 'FRX', LV: '-c', LESSCHARSET: 'utf-8', ...env },
    })
    child.stdin.on('error', ignore).end(text)
    return await new Promise((resolve) => {
      child.once('error', () => resolve(false)).once('close', (code) => resolve(!notStarted.includes(code)))
    })
  } finally {
    process.off('SIGINT', ignore)
  }
}
