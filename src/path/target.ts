import { isIPv4, isIPv6 } from 'node:net'
import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import type { ListenersFacts } from '../probes/listeners.js'
import type { NginxFacts } from '../probes/nginx.js'

export type Listener = ListenersFacts['listeners'][number]
export type WrittenTarget = NginxFacts['upstreams'][number]['servers'][number]['target']

/** Where a gateway sends a request, with the addresses that it dials. */
export interface Target {
  /** `127.0.0.1:3000`, `unix:/run/app.sock`, as a person would write it. */
  text: string
  scheme: string
  port: number | null
  unixPath: string | null
  /** IP addresses; empty where the name cannot be resolved by reading. */
  addresses: string[]
  /** Whether it is this host itself; null = not known. */
  isLocal: boolean | null
}

/** Resolves a written target: literal addresses, and `localhost` as this host's /etc/hosts has it. */
export function resolveTarget(written: WrittenTarget, facts: Facts): Target {
  const { scheme, port, unixPath } = written
  const addresses = written.host === null ? [] : addressesOf(written.host, facts)
  return {
    text:
      unixPath !== null ? `unix:${unixPath}` : written.host === null ? written.text : `${written.host}:${port ?? ''}`,
    scheme,
    port,
    unixPath,
    addresses,
    isLocal: unixPath !== null ? true : isLocal(addresses, facts),
  }
}

function addressesOf(host: string, facts: Facts): string[] {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (isIPv4(bare) || isIPv6(bare)) return [bare]
  if (bare !== 'localhost') return []
  const known = knownValue(facts.host)?.localhost ?? []
  return known.length > 0 ? known : ['127.0.0.1']
}

/** Whether one of these addresses is this host itself; null = there is none to tell by. */
export function isLocal(addresses: readonly string[], facts: Facts): boolean | null {
  if (addresses.length === 0) return null
  const own = knownValue(facts.host)?.addresses ?? []
  return addresses.some((address) => isLoopback(address) || address === '0.0.0.0' || own.includes(address))
}

/** Whether an address never leaves the host. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}

/** Whether a listener takes connections that are made to this address and port. */
export function acceptsAt(listener: Listener, address: string, port: number): boolean {
  if (listener.port !== port) return false
  if (listener.address === address) return true
  if (listener.address === '0.0.0.0') return isIPv4(address)
  if (listener.address === '::') return isIPv6(address) || listener.acceptsIpv4 !== false
  return false
}
