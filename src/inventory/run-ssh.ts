import { execFile } from 'node:child_process'
import { t } from '../language/language.js'
import type { Environment } from './account.js'

/** `Match exec` runs commands, and CanonicalizeHostname asks name servers. */
const DEADLINE_MS = 10_000

/** Thousands of `Host` lines are told one by one with `-vvv`. */
const MOST_BYTES = 64 * 1024 * 1024

/** Runs the system's `ssh`, without a shell and with nothing to read; rejects when it fails: `explainSsh` says why. */
export function runSsh(words: readonly string[], env: Environment): Promise<{ stdout: string; stderr: string }> {
  return new Promise((done, reject) => {
    const options = { env: { ...env }, timeout: DEADLINE_MS, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES } as const
    const child = execFile('ssh', words, options, (error, stdout, stderr) => {
      if (error) reject(Object.assign(error, { stderr }))
      else done({ stdout, stderr })
    })
    child.stdin?.end()
  })
}

/** Why `runSsh` failed, in the words of `ssh` where it had any. */
export function explainSsh(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'ENOENT') return t`there is no program 'ssh' on the PATH`
  if ('killed' in error && error.killed) return t`'ssh -G' took over ${DEADLINE_MS / 1000} s`
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.split(/\r?\n/) : []
  const lines = said.map((line) => line.trim()).filter((line) => line !== '' && !isChatter(line))
  // What a `Match exec` says may stand before it.
  return lines.find((line) => /line \d+: /.test(line)) ?? lines[0] ?? error.message
}

/** What `-v` adds: its version, and what it does. */
function isChatter(line: string): boolean {
  return /^(debug\d: |OpenSSH_)/.test(line)
}
