import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { quote } from '../../src/shell.js'

/** A program on a terminal of its own. */
export interface Terminal {
  /** Waits for words that come to the screen after those that were waited for before; rejects if the program ends without. */
  shows(words: string): Promise<void>
  /** Types; `\x03` is Ctrl-C. */
  type(keys: string): void
  /** Resolves when the program has ended: its exit code, and all that it wrote, the controls included. */
  ended: Promise<{ exitCode: number | null; output: string }>
}

const program = new URL('../../bin/fleetdx.js', import.meta.url).pathname

interface Ways {
  env?: NodeJS.ProcessEnv
  columns?: number
}

/** Opens a terminal and runs fleetdx in it. */
export function openTerminal(words: string[], ways: Ways = {}): Terminal {
  return runInTerminal([process.execPath, program, ...words], ways)
}

/** Opens a terminal by `script`, of util-linux, and runs a program in it. */
export function runInTerminal(words: string[], { env = {}, columns = 80 }: Ways = {}): Terminal {
  const command = words.map(quote).join(' ')
  const child = spawn('script', ['-qec', `stty cols ${columns} rows 50; exec ${command}`, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output += piece
    for (const look of waiting) look()
  })
  const ended = new Promise<{ exitCode: number | null; output: string }>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, output }))
  })
  let seen = 0
  const shows = (wanted: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        const at = stripVTControlCharacters(output).indexOf(wanted, seen)
        if (at < 0) return
        seen = at + wanted.length
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
      void ended.then(() => reject(new Error(`it ended without '${wanted}': ${output}`)))
    })
  return { shows, type: (keys) => child.stdin.write(keys), ended }
}
