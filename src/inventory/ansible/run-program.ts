import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { sanitize } from '../../sanitize.js'
import type { Environment } from '../account.js'

/** Where an inventory program is run. */
export interface ProgramContext {
  cwd: string
  env: Environment
  /** Ends the program and what it has started. */
  signal: AbortSignal
  /** What the signal stands for, for people: `60 s`. */
  deadline: string
}

const MOST_BYTES = 256 * 1024 * 1024
const MOST_ERROR_BYTES = 64 * 1024

/**
 * Runs an inventory program without a shell and without input, and gives what it prints. Throws UserError when it cannot be run, fails,
 * prints too much or takes too long; what it said on standard error is quoted.
 */
export function runProgram(
  file: string,
  words: string[],
  { cwd, env, signal, deadline }: ProgramContext,
): Promise<string> {
  const call = [file, ...words].join(' ')
  return new Promise((done, reject) => {
    const fail = (message: string, said = '', cause?: unknown) =>
      reject(new UserError(`${message}${quote(said)}`, { place: { file }, mend: t`run it by hand: ${call}`, cause }))
    // Detached: what it starts is in a group of its own, and can be ended with it.
    const child = spawn(file, words, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    const output: Buffer[] = []
    let errors = Buffer.alloc(0)
    let bytes = 0
    const end = () => {
      endGroup(child.pid)
      // Something that left the group may hold them open.
      child.stdout.destroy()
      child.stderr.destroy()
      fail(t`'${call}' took over ${deadline}`, errors.toString())
    }
    signal.addEventListener('abort', end, { once: true })
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= MOST_BYTES) return void output.push(chunk)
      endGroup(child.pid)
      fail(t`'${call}' printed more than ${MOST_BYTES / 1024 / 1024} MB`)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      errors = Buffer.concat([errors, chunk]).subarray(-MOST_ERROR_BYTES)
    })
    child.on('error', (cause) => fail(t`'${call}' cannot be run: ${explain(cause)}`, '', cause))
    child.on('close', (code, endedBy) => {
      signal.removeEventListener('abort', end)
      if (code === 0) return done(Buffer.concat(output).toString())
      const how = endedBy ? t`'${call}' was ended by ${endedBy}` : t`'${call}' failed with exit code ${code}`
      fail(how, errors.toString())
    })
    if (signal.aborted) end()
  })
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

function explain(cause: NodeJS.ErrnoException): string {
  // The file itself is there, so that it is what its first line names that is not.
  if (cause.code === 'ENOENT') return t`the program that its first line (#!) names is not there`
  if (cause.errno === -constants.errno.ENOEXEC)
    return t`it is no program of this machine, and has no first line with #!`
  return cause.code === 'EACCES' ? t`permission denied` : cause.message
}

/** The last lines, where programs say why they end. */
function quote(said: string): string {
  const lines = sanitize(said).trim().split('\n').slice(-5)
  const text = lines.join('\n  ').slice(-1000)
  return text === '' ? '' : `:\n  ${text}`
}
