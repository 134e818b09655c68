import { type ChildProcess, spawn } from 'node:child_process'
import { watchCommand } from './command-watch.js'
import type { CommandEnd, CommandOptions, Session } from './session.js'

/** A session on this machine: each command is a /bin/sh of its own, and its process group ends with it when it is given up. */
export function createLocalSession(): Session {
  const running = new Set<() => void>()
  let closed = false
  return {
    async run(command, options) {
      const { ended, lose } = runLocally(command, options)
      running.add(lose)
      if (closed) lose()
      return ended.finally(() => running.delete(lose))
    },
    close() {
      closed = true
      for (const lose of running) lose()
    },
  }
}

/** `lose` ends the command as a lost connection would. */
function runLocally(command: string, options: CommandOptions): { ended: Promise<CommandEnd>; lose: () => void } {
  let child: ChildProcess | undefined
  const kill = () => child && killGroup(child)
  const watch = watchCommand(options, kill)
  const lose = () => {
    watch.finish(null, 'connection-lost')
    kill()
  }
  if (watch.isOver()) return { ended: watch.ended, lose }
  const started = spawn('/bin/sh', ['-c', command], { detached: true })
  child = started
  started.stdout.on('data', (piece: Buffer) => watch.takeOutput(piece))
  started.stderr.on('data', (piece: Buffer) => watch.takeError(piece))
  started.once('close', (exitCode) => watch.finish(exitCode))
  started.once('error', (error) => {
    watch.takeError(Buffer.from(`the command did not start: ${error.message}`))
    watch.finish(null, 'refused')
  })
  // A command may end without reading its input.
  started.stdin.on('error', () => {})
  started.stdin.end(options.input)
  return { ended: watch.ended, lose }
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
