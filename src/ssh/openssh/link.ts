import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Endpoint } from '../../inventory/host.js'
import { explainSsh } from '../../inventory/run-ssh.js'
import type { SshWords } from '../../inventory/ssh-settings.js'
import type { Credentials } from '../auth/credentials.js'
import { explainAbort, formatHop } from '../connect-failure.js'
import type { KnownHosts } from '../host-keys/known-hosts.js'
import type { HostKeyVerifier } from '../host-keys/verify-host-key.js'
import { explainJump, type SharedLink } from '../jump-hosts.js'
import { ConnectFailure, type ConnectPhase, type Session } from '../session.js'
import { explainForward } from '../ssh2/forward.js'
import { startWaiting, type Waiting, type WaitingTerms } from '../waiting.js'
import { borrowMaster } from './borrowed-master.js'
import { explainConfiguration, explainNoProgram, explainNoSocket } from './explain-settings.js'
import type { Mux } from './mux.js'
import { explainRefusal, openMuxChannel, writeProxyCommand } from './mux-channel.js'
import { createMuxSession } from './mux-session.js'
import { openOwnMaster } from './own-master.js'
import { makePrivateFolder, removeFolder } from './private-folder.js'
import { askConfiguration, nameFor, writeEndpoint } from './ssh-options.js'

/** A server that the system's `ssh` is logged in to. */
export interface OpensshLink extends SharedLink {
  /** The one session of a host; closing it closes the link. `because`: why the user's choice was not followed. */
  session(because?: string): Session
  /** Opens a channel to another server, to speak SSH over it. Rejects with `ConnectFailure`. */
  openChannel(target: Endpoint, terms: Pick<WaitingTerms, 'connectMs' | 'signal'>): Promise<Duplex>
  /** The ProxyCommand by which `ssh` reaches another server from this one. */
  proxyCommand: string
  /** Why a server was not reached by that ProxyCommand, once it has ended. */
  explainProxyEnd(target: Endpoint): Promise<unknown>
}

/** How one connection is to be made. */
export interface OpensshTerms extends WaitingTerms {
  knownHosts: KnownHosts
  hostKeyVerifier: HostKeyVerifier
  credentials: Pick<Credentials, 'passwords' | 'asks'>
  /** Shows what a person is to do, such as touch a key. */
  notify?: ((message: string) => void) | undefined
  /** Milliseconds between questions to a silent peer; it counts as gone after two without an answer. */
  keepaliveMs: number
  /** The jump host that the server is reached from. */
  jump?: OpensshLink | undefined
}

/**
 * Logs in with the system's `ssh`, by one connection that all commands share. A control master that the user has running
 * for that server is used in place of a new one. Rejects with `ConnectFailure`, and leaves nothing then.
 */
export async function openOpenssh(endpoint: Endpoint, terms: OpensshTerms): Promise<OpensshLink> {
  const first = firstPhase(endpoint, terms)
  const known = await terms.knownHosts.keysOf(endpoint)
  const hop = formatHop(endpoint)
  if (terms.signal.aborted) throw explainAbort({ hop, phase: first, heard: '' }, terms.signal)
  const waiting = startWaiting(hop, first, terms)
  const ending = new AbortController()
  waiting.passed.catch(() => ending.abort())
  terms.onPhase?.(first)
  const folder = process.platform === 'win32' ? undefined : await makePrivateFolder()
  try {
    if (folder === undefined) throw explainNoSocket(waiting)
    const configuration = await Promise.race([readConfiguration(endpoint, waiting, ending.signal), waiting.passed])
    const borrowed = await Promise.race([borrowMaster(endpoint, configuration, folder, ending.signal), waiting.passed])
    const plan = { ...terms, endpoint, folder, known, configuration, waiting }
    const proxyOptions = chooseProxy(endpoint, terms.jump, configuration)
    const mux = borrowed ?? (await openOwnMaster({ ...plan, proxyOptions }))
    terms.onPhase?.('ready')
    return toLink(mux, endpoint)
  } catch (failure) {
    if (folder !== undefined) await removeFolder(folder)
    throw terms.jump && isProxyEnd(failure) ? await terms.jump.explainProxyEnd(endpoint) : failure
  } finally {
    waiting.stop()
  }
}

function firstPhase({ address, proxyCommand }: Endpoint, { jump }: OpensshTerms): ConnectPhase {
  if (jump) return 'channel'
  return proxyCommand !== undefined || isIP(address) > 0 ? 'connect' : 'resolve'
}

async function readConfiguration(endpoint: Endpoint, { attempt }: Waiting, signal: AbortSignal): Promise<SshWords> {
  try {
    return await askConfiguration([...writeEndpoint(endpoint), '--', nameFor(endpoint)], signal)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw explainNoProgram(endpoint)
    throw explainConfiguration({ attempt, endpoint }, ['', explainSsh(error)])
  }
}

/**
 * What ssh_config says of the way there holds, unless something else was said that wins over it. An `ssh` in it is kept from
 * bringing its questions here, where they would be answered as those of the target.
 */
function chooseProxy(
  { proxyCommand, needsOpenssh }: Endpoint,
  jump: OpensshLink | undefined,
  configuration: SshWords,
): string[] {
  if (jump) return [`ProxyCommand=${jump.proxyCommand}`, 'ProxyUseFdpass=no']
  // sample: %C in ProxyCommand, ProxyUseFdpass
  const isSshAlone = /Proxy/.test(needsOpenssh ?? '')
  const configured = configuration.get('proxycommand')?.[0]
  if (proxyCommand === undefined && !isSshAlone) return ['ProxyCommand=none']
  return configured === undefined || configured === 'none' ? [] : [`ProxyCommand=env FLEETDX_ASK_SOCKET= ${configured}`]
}

/** The jump host knows more of why no channel was opened. */
function isProxyEnd(failure: unknown): boolean {
  return failure instanceof ConnectFailure && failure.phase === 'connect' && failure.reason === 'unreachable'
}

function toLink(mux: Mux, endpoint: Endpoint): OpensshLink {
  return {
    session: (because) => createMuxSession(mux, { kind: 'openssh', ...(because !== undefined && { because }) }),
    openChannel: (target, terms) => openChannel(mux, endpoint, target, terms),
    proxyCommand: writeProxyCommand(mux),
    explainProxyEnd: async (target) => explainForward(await explainRefusal(mux, target), endpoint, target),
    onLost: mux.onLost,
    close: mux.close,
  }
}

async function openChannel(
  mux: Mux,
  endpoint: Endpoint,
  target: Endpoint,
  { connectMs, signal }: Pick<WaitingTerms, 'connectMs' | 'signal'>,
): Promise<Duplex> {
  const waiting = startWaiting(formatHop(endpoint), 'channel', { connectMs, signal })
  const ending = new AbortController()
  waiting.passed.catch(() => ending.abort())
  try {
    return await Promise.race([openMuxChannel(mux, target, ending.signal), waiting.passed])
  } catch (error) {
    throw error instanceof ConnectFailure ? explainJump(error) : explainForward(error, endpoint, target)
  } finally {
    waiting.stop()
  }
}
