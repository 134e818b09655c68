import type { GatewayFacts, Site } from '../gateway/facts.js'
import { keepFirst } from '../keep-first.js'

/** What is worth looking at on a host: each once, and not more than a few. */
export interface Plan {
  files: string[]
  doors: { address: string; port: number; name: string }[]
  upstreams: { address: string; port: number }[]
  logs: string[]
}

const mostFiles = 60
const mostDoors = 20
const mostUpstreams = 8

export function planCertificates(gateways: readonly GatewayFacts[]): Plan {
  const sites = gateways.flatMap((gateway) => gateway.sites)
  const running = gateways.filter((gateway) => gateway.running)
  return {
    files: unique(sites.flatMap(({ certificates = [] }) => certificates)).slice(0, mostFiles),
    doors: keepFirst(
      running.flatMap((gateway) => gateway.sites.flatMap(doorsOf)),
      ({ address, port, name }) => `${address} ${port} ${name}`,
    ).slice(0, mostDoors),
    upstreams: keepFirst(running.flatMap(plainTargets), ({ address, port }) => `${address} ${port}`).slice(
      0,
      mostUpstreams,
    ),
    logs: unique(running.flatMap(({ errorLogs }) => errorLogs)).slice(0, mostFiles),
  }
}

/** Every door with TLS, by the name that a visitor would ask for; `-` without one. */
function doorsOf({ listens, names }: Site): Plan['doors'] {
  const name = names.find((each) => /^[a-z0-9][a-z0-9.-]*$/i.test(each)) ?? '-'
  return listens
    .filter(
      ({ isTls, address }) => isTls && !(address === '::' && listens.some((other) => other.address === '0.0.0.0')),
    )
    .flatMap(({ address, port }) => (port === null ? [] : [{ address: reachable(address), port, name }]))
}

function reachable(address: string): string {
  if (address === '0.0.0.0' || address === '*' || address === '') return '127.0.0.1'
  return address === '::' ? '::1' : address.replace(/^\[(.*)\]$/, '$1')
}

/** Servers on this host that are dialled without TLS. */
function plainTargets({ sites, upstreams }: GatewayFacts): Plan['upstreams'] {
  const passes = sites.flatMap(({ locations }) => locations.flatMap(({ proxyPass }) => (proxyPass ? [proxyPass] : [])))
  const targets = passes.flatMap(({ upstream, target }) =>
    target.scheme !== 'http'
      ? []
      : upstream === null
        ? [target]
        : (upstreams.find(({ name }) => name === upstream)?.servers ?? []).map((server) => server.target),
  )
  return targets.flatMap(({ host, port }) => {
    const address = host === 'localhost' ? '127.0.0.1' : (host ?? '').replace(/^\[(.*)\]$/, '$1')
    return port !== null && (address.startsWith('127.') || address === '::1') ? [{ address, port }] : []
  })
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)]
}
