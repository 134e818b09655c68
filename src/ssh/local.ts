import { type ChildProcess, spawn } from 'node:child_process'
import { t } from '../language/language.js'
import { sendInput, watchCommand } from './command-watch.js'
import { createProcessSession, type RunningCommand } from './process-session.js'
import type { CommandOptions, Session } from './session.js'

/** A session on this machine: each command is a /bin/sh of its own, and all that it started ends with it when it is given up. */
export function createLocalSession(): Session {
  return createProcessSession({ kind: 'local' }, runLocally)
}

function runLocally(command: string, options: CommandOptions): RunningCommand {
  let child: ChildProcess | undefined
  const giveUp = () => child && (options.more && !watch.isSilent() ? letGo(child) : killGroup(child))
  const watch = watchCommand(options, giveUp)
  const lose = () => {
    watch.finish(null, 'connection-lost')
    giveUp()
  }
  if (watch.isOver()) return { ended: watch.ended, lose }
  const started = spawn('/bin/sh', ['-c', command], { detached: true })
  child = started
  started.stdout.on('data', (piece: Buffer) => watch.takeOutput(piece))
  started.stderr.on('data', (piece: Buffer) => watch.takeError(piece))
  started.once('close', (exitCode) => watch.finish(exitCode))
  started.once('error', (error) => {
    watch.takeError(Buffer.from(t`the command did not start: ${error.message}`))
    watch.finish(null, 'refused')
  })
  // A command may end without reading its input.
  started.stdin.on('error', () => {})
  sendInput(started.stdin, options)
  return { ended: watch.ended, lose }
}

const graceMs = 1_000

/** What watches its standard input ends itself, in order; what does not is ended after a moment. */
function letGo(child: ChildProcess): void {
  for (const stream of child.stdio) stream?.destroy()
  const timer = setTimeout(() => killGroup(child), graceMs).unref()
  child.once('exit', () => clearTimeout(timer))
  child.unref()
}

function killGroup(child: ChildProcess): void {
  for (const stream of child.stdio) stream?.destroy()
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}
