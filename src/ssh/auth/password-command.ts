import { type ChildProcess, spawn } from 'node:child_process'
import { t } from '../../language/language.js'
import { sanitizeLine } from '../../sanitize.js'
import { NoPassword } from './no-password.js'

/** What a password is for: the login, or sudo on the host. */
export type PasswordUse = 'login' | 'sudo'

/** A person may have to unlock the password store first. */
const LIMIT_MS = 30_000
const MAX_BYTES = 64 * 1024

/**
 * Runs a command by /bin/sh that prints a password, and gives the first line of its output: nothing else of that output is
 * kept or shown. It has 30 s, which no deadline of a host shortens. Rejects with `NoPassword`, which says what for.
 */
export function runPasswordCommand(command: string, use: PasswordUse, limitMs = LIMIT_MS): Promise<string> {
  // Only the program is named: what stands behind it may be secret, too.
  const name = nameCommand(/^\S+/.exec(command.trim())?.[0] ?? '', use)
  return new Promise((resolve, reject) => {
    const fail = (says: string) => reject(new NoPassword(`${name} ${says}`, t`run it by hand, and see what it says`))
    // A group of its own, so that what it starts ends with it.
    const child = spawn('/bin/sh', ['-c', command], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => {
      fail(t`took over ${limitMs / 1000} s`)
      endGroup(child)
    }, limitMs)
    const output = keepFirst(child.stdout)
    const words = keepFirst(child.stderr)
    child.once('error', (error) => fail(t`could not be started: ${error.message}`))
    child.once('exit', () => clearTimeout(timer))
    child.once('close', (code, signal) => {
      // sample: s3cret\r\n
      const [line = ''] = output().split(/\r?\n/, 1)
      const said = sanitizeLine(words().trim().split('\n').at(-1) ?? '').slice(0, 200)
      const how = code ?? signal
      if (code !== 0) fail(said === '' ? t`ended with ${how}` : t`ended with ${how}: ${JSON.stringify(said)}`)
      else if (line === '') fail(t`printed nothing`)
      else resolve(line)
    })
  })
}

function nameCommand(program: string, use: PasswordUse): string {
  return use === 'login'
    ? t`the command '${program}' for the password`
    : t`the command '${program}' for the sudo password`
}

function keepFirst(stream: NodeJS.ReadableStream): () => string {
  const pieces: Buffer[] = []
  let size = 0
  stream.on('data', (piece: Buffer) => {
    if (size < MAX_BYTES) pieces.push(piece)
    size += piece.length
  })
  return () => Buffer.concat(pieces).toString('utf8')
}

function endGroup({ pid, stdout, stderr }: ChildProcess): void {
  stdout?.destroy()
  stderr?.destroy()
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}
