import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import type { SharedLink } from '../jump-hosts.js'
import { ssh } from './ssh-options.js'

/** A connection of the system's `ssh` that others go through: a control master, ours or the user's own. */
export interface Mux extends SharedLink {
  /** The control socket. */
  socket: string
  /** What `ssh` is told the server is called; nothing is looked up under it any more. */
  name: string
  /** A private folder, for the logs of commands. */
  folder: string
  /** Options that send the user's environment with a command. */
  sentEnvironment: readonly string[]
  isOver(): boolean
  /** Why the server opened no channel to an address, in its own words; undefined when it does not tell. */
  forwardFailure(address: string, port: number): Promise<string | undefined>
}

/**
 * An `ssh` that goes through the master. It reads no configuration, for the connection is made; and where the master is gone
 * it ends, for it would connect by itself otherwise: that is what the ProxyCommand is for.
 */
export function writeClient(mux: Pick<Mux, 'socket'>): string[] {
  const options = ['ControlMaster=no', 'ProxyCommand=false', 'EscapeChar=none', 'ClearAllForwardings=yes']
  return ['-F', 'none', '-S', mux.socket, '-T', ...options.flatMap((option) => ['-o', option])]
}

/** Starts one. It is not in the terminal's foreground, so that Ctrl-C leaves it to fleetdx. */
export function startClient(words: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(ssh, words, { detached: true, stdio: 'pipe' })
  child.stdin.on('error', () => {})
  child.once('error', () => {})
  return child
}

const checkMs = 5000

/** Whether a master answers at a control socket. */
export function isMasterAlive(socket: string, name: string): Promise<boolean> {
  const words = ['-F', 'none', '-S', socket, '-O', 'check', '--', name]
  return new Promise((resolve) => {
    execFile(ssh, words, { timeout: checkMs, killSignal: 'SIGKILL' }, (error) => resolve(error === null)).stdin?.end()
  })
}
