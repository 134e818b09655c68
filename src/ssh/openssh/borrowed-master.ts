import { existsSync } from 'node:fs'
import type { Endpoint } from '../../inventory/host.js'
import type { SshWords } from '../../inventory/ssh-settings.js'
import { runGuarded } from './guard.js'
import { isMasterAlive, type Mux } from './mux.js'
import { nameFor, writeSentEnvironment } from './ssh-options.js'

/**
 * The control master that the user has running for a server, with every factor of the login already given. It is used, and
 * never ended. Undefined where there is none.
 */
export async function borrowMaster(
  endpoint: Endpoint,
  configuration: SshWords,
  folder: string,
  signal: AbortSignal,
): Promise<Mux | undefined> {
  const [socket = 'none'] = configuration.get('controlpath') ?? []
  const name = nameFor(endpoint)
  if (socket === 'none' || !existsSync(socket) || !(await isMasterAlive(socket, name))) return undefined
  if (signal.aborted) return undefined
  // Only its folder is ours, and goes with this.
  const keeper = runGuarded(['tail', '-f', '/dev/null'], folder, process.env)
  let isClosed = false
  return {
    socket,
    name,
    folder,
    sentEnvironment: writeSentEnvironment(configuration),
    isOver: () => isClosed,
    forwardFailure: async () => 'open failed',
    onLost: () => {},
    close() {
      isClosed = true
      keeper.end()
    },
  }
}
