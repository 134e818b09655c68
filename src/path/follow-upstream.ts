import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import { gatewaysOf } from './gateways.js'
import { type Evidence, nameOf, type RequestPath } from './request-path.js'
import type { Listener, Target } from './target.js'

/** A root cause on another host, as its own record has it. */
export interface PeerCause {
  id: string
  summary: string
  confidence: 'high' | 'medium' | 'low'
  effect: 'outage' | 'risk'
  paths: readonly string[]
  evidence: readonly Evidence[]
  remedy: readonly { command: string | null; note: string; risk: string }[]
}

/** Another host of the run, as its own record has it. */
export interface Peer {
  name: string
  address: string
  status: string
  verdict: string
  /** null where it was not looked at. */
  facts: Facts | null
  causes: readonly PeerCause[]
  paths: readonly { id: string; target: string | null; serverName: string | null; serves: boolean | null }[]
}

/** The host of the run on which a path of another host ends. */
export interface UpstreamHost {
  name: string
  /** Its own verdict, and null facts where it could not be looked at. */
  verdict: string
  facts: Facts | null
  /** What breaks requests to the port there, the root first. */
  causes: readonly PeerCause[]
  /** Whether requests to the port succeed on that host itself; null = not known. */
  serves: boolean | null
  /** Who listens on the port there, on whichever address; undefined = not known. */
  listeners: Listener[] | undefined
}

/** What is found out on the host that a path leads to, if that is one of the run's. */
export function followUpstream(
  { target }: RequestPath,
  self: string,
  peers: readonly Peer[],
): UpstreamHost | undefined {
  if (target === null || target.port === null || target.unixPath !== null || target.isLocal === true) return undefined
  const peer = findPeer(target, self, peers)
  if (!peer) return undefined
  const { name, verdict, facts } = peer
  const paths = peer.paths.filter((path) => concerns(path, target.port, peer))
  return {
    name,
    verdict,
    facts,
    causes: peer.causes.filter(
      (cause) => cause.effect === 'outage' && cause.paths.some((id) => paths.some((path) => path.id === id)),
    ),
    serves: paths.length === 0 ? null : paths.every(({ serves }) => serves === true) || failing(paths),
    listeners: facts ? knownValue(facts.listeners)?.listeners.filter(({ port }) => port === target.port) : undefined,
  }
}

function failing(paths: Peer['paths']): false | null {
  return paths.some(({ serves }) => serves === false) ? false : null
}

/**
 * The host that has one of the dialled addresses, by its own word or by the inventory's. Private addresses may be given
 * twice: then the one that the inventory reaches there is meant, and where it is not one, none.
 */
function findPeer(target: Target, self: string, peers: readonly Peer[]): Peer | undefined {
  const dialled = target.addresses.length > 0 ? target.addresses : [target.text.replace(/:\d*$/, '')]
  const others = peers.filter(({ name }) => name !== self)
  const byInventory = others.filter(({ address }) => dialled.includes(address))
  const byItself = others.filter(({ facts }) =>
    (facts && knownValue(facts.host)?.addresses)?.some((address) => dialled.includes(address)),
  )
  const found = byInventory.length > 0 ? byInventory : byItself
  return found.length === 1 ? found[0] : undefined
}

/** Whether a path of that host is about the port: it ends there, or comes in there by a gateway. */
function concerns(path: Peer['paths'][number], port: number | null, { facts }: Peer): boolean {
  // sample: 127.0.0.1:3000
  if (path.target?.endsWith(`:${port}`)) return true
  const sites = facts ? gatewaysOf(facts).flatMap((gateway) => gateway.facts.sites) : []
  return sites.some((site) => nameOf(site) === path.serverName && site.listens.some((listen) => listen.port === port))
}
