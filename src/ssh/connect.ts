import { setMaxListeners } from 'node:events'
import type { Endpoint, Host } from '../inventory/host.js'
import type { Credentials } from './auth/credentials.js'
import { type Breaker, noBreaker } from './breaker.js'
import { chooseTransport } from './choose-transport.js'
import { explainObstacle } from './connect-failure.js'
import { createKnownHosts, type KnownHosts } from './host-keys/known-hosts.js'
import { createHostKeyVerifier, type HostKeyVerifier } from './host-keys/verify-host-key.js'
import { createJumpHosts, type JumpHosts, type Through, type ThroughTerms } from './jump-hosts.js'
import { createLocalSession } from './local.js'
import { planTurn } from './login-turn.js'
import { type OpensshLink, openOpenssh } from './openssh/link.js'
import { createPatientSession } from './patient-session.js'
import type { OnPhase } from './phase-watch.js'
import { type RetryWaits, retryTransient, usualWaits } from './retry.js'
import type { Session } from './session.js'
import { openChannel } from './ssh2/forward.js'
import { type ClientTerms, type OpenClient, openClient } from './ssh2/open-client.js'
import { createSsh2Session } from './ssh2/ssh2-session.js'
import type { Pauses, WaitingTerms } from './waiting.js'

/** What the hosts of one run share: keys, known host keys, the breaker, and the connections to jump hosts. */
export interface SharedConnections {
  credentials: Credentials
  knownHosts: KnownHosts
  hostKeyVerifier: HostKeyVerifier
  breaker: Breaker
  waits: RetryWaits
  /** Shows what a person is to do, such as touch a key. */
  notify?: ((message: string) => void) | undefined
  jumpHosts: { ssh2: JumpHosts<OpenClient>; openssh: JumpHosts<OpensshLink> }
  /** Ends the connections to jump hosts; the process can end after it. */
  close(): void
}

/** What else a run may want of its connections. */
export interface SharedOptions extends Pick<SharedConnections, 'notify'> {
  /** Takes the steps of the connections to jump hosts. */
  onJumpPhase?: (jump: Endpoint) => OnPhase
  /** None, when not given: then every login is tried everywhere. */
  breaker?: Breaker
  waits?: RetryWaits
}

export interface ConnectContext {
  shared: SharedConnections
  /** Aborting gives the attempt up. */
  signal: AbortSignal
  /** Stands still while a person, or a jump host's turn, is waited for. */
  hostDeadline?: Pauses
  /** Takes the steps of the connection to the host itself. */
  onPhase?: OnPhase
}

/** What one connection may take, whatever carries it. */
type WayTerms = WaitingTerms & Pick<ClientTerms, 'keepaliveMs'>

/** The jump hosts' own keepalive: the hosts behind them have theirs. */
const JUMP_KEEPALIVE_MS = 10_000

/** How long a login by `ssh` waits for the verdict of another host: it cannot wait at the point where it would log in. */
const OPENSSH_PATIENCE_MS = 4000

export function shareConnections(credentials: Credentials, options: SharedOptions = {}): SharedConnections {
  const { onJumpPhase, breaker = noBreaker, waits = usualWaits, notify } = options
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  const termsOf = (jump: Endpoint, { connectMs, handshakeMs }: ThroughTerms): WayTerms => ({
    ...{ connectMs, handshakeMs, keepaliveMs: JUMP_KEEPALIVE_MS },
    ...{ signal: ending.signal, onPhase: onJumpPhase?.(jump) },
  })
  const jumpHosts = {
    ssh2: createJumpHosts(async (jump, terms) => (await openBySsh2(jump, shared, termsOf(jump, terms))).opened),
    openssh: createJumpHosts(async (jump, terms) => (await openByOpenssh(jump, shared, termsOf(jump, terms))).opened),
  }
  const close = () => {
    ending.abort()
    jumpHosts.ssh2.close()
    jumpHosts.openssh.close()
  }
  const hostKeys = { knownHosts: createKnownHosts(), hostKeyVerifier: createHostKeyVerifier() }
  const shared: SharedConnections = { credentials, ...hostKeys, breaker, waits, notify, jumpHosts, close }
  return shared
}

/** Reaches a host by its transport and logs in. Rejects with `ConnectFailure`; the session is the caller's to close. */
export async function connect(host: Host, { shared, ...context }: ConnectContext): Promise<Session> {
  if (host.obstacle) throw explainObstacle(host, host.obstacle)
  const { connectMs, handshakeMs, commandMs } = host.timeouts
  // A dead peer is noticed after three intervals, so before the command's deadline.
  const terms = { connectMs, handshakeMs, keepaliveMs: Math.ceil(commandMs / 4), ...context }
  const { kind, because } = await chooseTransport(host, shared)
  if (kind === 'local') return createLocalSession()
  if (kind === 'openssh') {
    const { opened, findLoss } = await openByOpenssh(host, shared, terms)
    return createPatientSession(opened.session(because), findLoss)
  }
  const { opened, findLoss } = await openBySsh2(host, shared, terms)
  return createPatientSession(createSsh2Session(opened), findLoss)
}

/** A connection, with the word on its jump host where there is one. */
type Opened<Link> = Pick<Through<Link>, 'opened'> & Partial<Through<Link>>

/** Logs in, through as many jump hosts as there are, and again where a server turned it away for the moment. */
function openBySsh2(endpoint: Endpoint, shared: SharedConnections, terms: WayTerms): Promise<Opened<OpenClient>> {
  const { jump } = endpoint
  const open = (through: Pick<ClientTerms, 'channel'> = {}) => openClient(endpoint, { ...shared, ...terms, ...through })
  const openThrough = (via: Endpoint) =>
    shared.jumpHosts.ssh2.through(via, terms, async (link) => {
      terms.onPhase?.('channel')
      return open({ channel: await openChannel({ jump: via, link }, endpoint, terms) })
    })
  const openOnce = async () => (jump ? openThrough(jump) : { opened: await open() })
  return retryTransient(openOnce, { signal: terms.signal, waits: shared.waits })
}

/** The same by the system's `ssh`. */
function openByOpenssh(endpoint: Endpoint, shared: SharedConnections, terms: WayTerms): Promise<Opened<OpensshLink>> {
  const { jump } = endpoint
  const open = async (through?: OpensshLink) => {
    const ring = await shared.credentials.keysFor(endpoint)
    const turn = planTurn(endpoint, ring, { ...shared, signal: terms.signal, patienceMs: OPENSSH_PATIENCE_MS })
    terms.hostDeadline?.pause()
    await turn.begin().finally(() => terms.hostDeadline?.resume())
    try {
      const link = await openOpenssh(endpoint, { ...shared, ...terms, jump: through })
      turn.end()
      return link
    } catch (failure) {
      turn.end(failure)
      throw failure
    }
  }
  const openOnce = async () => (jump ? shared.jumpHosts.openssh.through(jump, terms, open) : { opened: await open() })
  return retryTransient(openOnce, { signal: terms.signal, waits: shared.waits })
}
