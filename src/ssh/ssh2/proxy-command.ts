import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import { t } from '../../language/language.js'
import { type Attempt, quoteRemote } from '../connect-failure.js'
import { explainProxyRefusal, unasked } from '../proxy-refusal.js'
import { ConnectFailure } from '../session.js'

const MAX_WORDS_BYTES = 1024

/**
 * Runs a ProxyCommand of ssh_config, by the user's shell as `ssh` does, and gives its standard input and output as a
 * connection. Nothing that it prints beside reaches the terminal: its last words explain a connection that never came.
 */
export function dialByCommand(command: string, attempt: Attempt): Duplex {
  const shell = process.env.SHELL || '/bin/sh'
  // A group of its own ends with it, and has no terminal to ask anything on.
  const env = { ...process.env, DISPLAY: process.env.DISPLAY || ':0', ...unasked }
  const child = spawn(shell, ['-c', `exec ${command}`], { detached: true, env })
  let words = ''
  child.stderr.on('data', (piece: Buffer) => {
    words = `${words}${piece.toString('latin1')}`.slice(-MAX_WORDS_BYTES)
  })
  const stream = new Duplex({
    read: () => void child.stdout.resume(),
    // That it no longer reads is told by its end, with its reason.
    write: (piece, _encoding, done) => void child.stdin.write(piece, () => done()),
    final: (done) => void child.stdin.end(() => done()),
    destroy(error, done) {
      endGroup(child)
      done(error)
    },
  })
  child.stdin.on('error', () => {})
  child.stdout.on('data', (piece: Buffer) => {
    if (attempt.phase === 'connect') attempt.phase = 'banner'
    if (!stream.push(piece)) child.stdout.pause()
  })
  child.once('error', (error) => stream.destroy(error))
  child.once('close', (code, signal) => {
    if (attempt.phase === 'connect') stream.destroy(explainEnd(attempt, code ?? signal, words))
    else stream.push(null)
  })
  return stream
}

function explainEnd({ hop, phase }: Attempt, how: number | string | null, words: string): Error {
  const lines = words.trim().split(/\r?\n/)
  const refused = explainProxyRefusal(lines)
  if (refused)
    return new ConnectFailure(`${hop} ${refused.says}`, { ...{ reason: 'auth', phase, hop }, mend: refused.mend })
  const last = lines.at(-1) ?? ''
  return new Error(
    last === '' ? t`its ProxyCommand ended with ${how}` : t`its ProxyCommand ended with ${how}: ${quoteRemote(last)}`,
  )
}

function endGroup(child: ChildProcessWithoutNullStreams): void {
  for (const stream of child.stdio) stream?.destroy()
  child.unref()
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    process.kill(-child.pid, 'SIGTERM')
  } catch {
    // The group is gone already.
  }
}
