import type { Host } from '../../src/inventory/host.js'
import type { Session } from '../../src/ssh/session.js'
import { reach } from './reach.js'
import { makeHost } from './sshd.js'

/** One way to a host. */
export interface Way {
  name: 'ssh2' | 'openssh'
  /** Logs in, uses the session, and leaves nothing open. */
  reach<T>(changes: Partial<Host>, use: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T>
}

/** Both ways to a server. What the user's own ssh_config says takes no part. */
export const ways: Way[] = (['ssh2', 'openssh'] as const).map((transport) => ({
  name: transport,
  reach: (changes, use, signal) =>
    reach(makeHost({ sshConfigFile: 'none', ...changes, transport }), use, signal && { signal }),
}))
