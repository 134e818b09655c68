import type { Endpoint, Host } from '../inventory/host.js'
import type { Credentials } from './credentials.js'
import { createJumpHosts, type JumpHosts } from './jump.js'
import { createKnownHosts, type KnownHosts } from './known-hosts.js'
import { createLocalSession } from './local.js'
import { type ClientTerms, openClient } from './open-client.js'
import type { Session } from './session.js'
import { createSsh2Session } from './ssh2-session.js'

/** What the hosts of one run share: keys, known host keys, and the connections to jump hosts. */
export interface SharedConnections {
  credentials: Credentials
  knownHosts: KnownHosts
  jumpHosts: JumpHosts
  /** Ends the connections to jump hosts; the process can end after it. */
  close(): void
}

export interface ConnectContext {
  shared: SharedConnections
  /** Aborting gives the attempt up. */
  signal: AbortSignal
}

/** The jump hosts' own keepalive: the hosts behind them have theirs. */
const JUMP_KEEPALIVE_MS = 10_000

export function shareConnections(credentials: Credentials): SharedConnections {
  const knownHosts = createKnownHosts()
  const ending = new AbortController()
  const jumpHosts = createJumpHosts((jump, connectMs) =>
    openClient(jump, { credentials, knownHosts, connectMs, keepaliveMs: JUMP_KEEPALIVE_MS, signal: ending.signal }),
  )
  const close = () => {
    ending.abort()
    jumpHosts.close()
  }
  return { credentials, knownHosts, jumpHosts, close }
}

/** Reaches a host by its transport and logs in. Rejects with `ConnectFailure`; the session is the caller's to close. */
export async function connect(host: Host, { shared, signal }: ConnectContext): Promise<Session> {
  switch (host.transport) {
    case 'local':
      return createLocalSession()
    case 'ssh2':
      return createSsh2Session(await openClient(host, await planConnection(host, shared, signal)))
  }
}

async function planConnection(host: Host, shared: SharedConnections, signal: AbortSignal): Promise<ClientTerms> {
  const { connectMs, commandMs } = host.timeouts
  const { credentials, knownHosts, jumpHosts } = shared
  // A dead peer is noticed after three intervals, so before the command's deadline.
  const terms = { credentials, knownHosts, connectMs, keepaliveMs: Math.ceil(commandMs / 4), signal }
  if (!host.jump) return terms
  const endpoint: Endpoint = host.jump
  return { ...terms, jump: { endpoint, channel: await jumpHosts.openChannel(endpoint, host, { connectMs, signal }) } }
}
