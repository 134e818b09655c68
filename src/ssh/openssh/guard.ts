import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/**
 * Keeps a program from outliving fleetdx, however that ends: standard input is a pipe that fleetdx holds, and when it is
 * closed (or fleetdx is killed) the program gets TERM and, if that does not do, KILL. In the end the folder is removed and
 * whatever the program had started (a ProxyCommand, say) ends with it: all are one process group.
 */
const guardScript = `folder=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- >/dev/null &
program=$!
trap '' INT HUP TERM
exec >/dev/null 2>&1
{ read -r _ <&3; kill -TERM "$program"; sleep 2; kill -KILL "$program"; } &
exec 3<&-
wait "$program"
rm -rf -- "$folder"
kill -KILL 0`

/** A program that ends with fleetdx. */
export interface Guarded {
  stderr: Readable
  /** Resolves when the program and all that it had started have ended. */
  ended: Promise<void>
  isOver(): boolean
  /** Ends it, in its own time; safe to call twice. Nothing of it keeps this process. */
  end(): void
}

/** How long the end of a program may take, until its whole group is killed from here. */
const graceMs = 4000

/** Runs a program with a folder of its own; `words` are its name and arguments, none of which a shell reads. */
export function runGuarded(words: readonly string[], folder: string, env: NodeJS.ProcessEnv): Guarded {
  const child = spawn('/bin/sh', ['-c', guardScript, 'fleetdx', folder, ...words], {
    detached: true,
    env,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let over = false
  const ended = new Promise<void>((resolve) => {
    const finish = () => {
      over = true
      resolve()
    }
    child.once('close', finish)
    child.once('error', finish)
  })
  child.stdin.on('error', () => {})
  const end = () => {
    if (over || child.stdin.writableEnded) return
    child.stdin.end()
    child.stderr.resume()
    const timer = setTimeout(() => killGroup(child), graceMs).unref()
    void ended.then(() => clearTimeout(timer))
    for (const held of [child, child.stdin, child.stderr]) if ('unref' in held) unref(held)
  }
  return { stderr: child.stderr, ended, isOver: () => over, end }
}

function unref(held: { unref: unknown }): void {
  if (typeof held.unref === 'function') held.unref()
}

/** Ends a process that leads its group, and all of the group. */
export function killGroup({ pid }: Pick<ChildProcess, 'pid'>): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}
