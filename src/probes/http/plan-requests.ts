import type { AppHint } from '../../inventory/host.js'
import type { GatewayFacts, Listen, Site, Target } from '../gateway/facts.js'
import { gatewaysToAsk } from '../gateway/to-ask.js'
import type { HostFacts } from '../host.js'
import { keepFirst } from '../keep-first.js'
import type { ListenersFacts } from '../listeners.js'
import type { NginxFacts } from '../nginx.js'
import type { Pm2Facts } from '../pm2.js'
import type { ProcessesFacts } from '../processes.js'
import type { HttpRequest } from './facts.js'

/** What requests are planned from; what is not known is left out. */
export interface Known {
  host?: HostFacts | undefined
  listeners?: ListenersFacts | undefined
  nginx?: NginxFacts | undefined
  apache?: GatewayFacts | undefined
  caddy?: GatewayFacts | undefined
  haproxy?: GatewayFacts | undefined
  pm2?: Pm2Facts | undefined
  processes?: ProcessesFacts | undefined
  apps: readonly AppHint[]
}

/** Every request worth making on a host, each once: to what the gateway dials, to the gateway itself, to the apps beside it. */
export function planRequests(known: Known): HttpRequest[] {
  const gateways = gatewaysToAsk(known)
  const dialled = gateways.flatMap((gateway) =>
    gateway.sites.flatMap((site) => requestsToUpstreams(site, gateway, known)),
  )
  const gateway = gateways.flatMap(({ sites }) => sites.flatMap((site) => requestsToSite(site, known)))
  const beside = [...requestsToApps(known), ...requestsToListeners(known)]
  const direct = keepFirst([...dialled, ...beside], placeOf)
  return [
    ...direct.filter((request) => dialled.includes(request)),
    ...keepFirst(gateway, identityOf),
    ...direct.filter((request) => !dialled.includes(request)),
  ]
}

function placeOf({ address, port, unixPath }: HttpRequest): string {
  return unixPath ?? `${address}:${port}`
}

function identityOf(request: HttpRequest): string {
  return [placeOf(request), request.url, request.hostHeader].join(' ')
}

/** The name of a site that a visitor could ask for; null where it has only patterns. */
function realName(site: Site): string | null {
  // sample: shop.example.com, .example.com; not: _, *.example.com, ~^www\d+\., localhost is one too
  const name = site.names.find((name) => /^\.?[a-z0-9][a-z0-9.-]*$/i.test(name))
  return name?.replace(/^\./, '') ?? null
}

function requestsToUpstreams(site: Site, gateway: GatewayFacts, known: Known): HttpRequest[] {
  return site.locations.flatMap(({ proxyPass }) => {
    const scheme = proxyPass?.target.scheme
    if (!proxyPass || (scheme !== 'http' && scheme !== 'https')) return []
    return serversOf(proxyPass, gateway).flatMap((target) => requestsToTarget(scheme, target, site, known))
  })
}

type ProxyPass = NonNullable<Site['locations'][number]['proxyPass']>

function serversOf({ upstream, target }: ProxyPass, { upstreams }: GatewayFacts): Target[] {
  if (upstream === null) return [target]
  const block = upstreams.find(({ name }) => name === upstream)
  return (block?.servers ?? []).filter(({ isDown }) => !isDown).map((server) => server.target)
}

/** nginx dials every address that a name has; of `localhost` these are known, other names are left to the one who asks. */
function requestsToTarget(scheme: 'http' | 'https', target: Target, site: Site, known: Known): HttpRequest[] {
  const { host, port, unixPath } = target
  const declared = known.apps.find((app) => app.port === port) ?? appOfSite(site, known.apps)
  const rest = { vantage: 'direct', scheme, path: declared?.healthPath ?? '/', name: realName(site) } as const
  if (unixPath !== null) return [request({ ...rest, address: '', port: 0, unixPath })]
  if (host === null || port === null) return []
  const addresses = host === 'localhost' && known.host?.localhost.length ? known.host.localhost : [bare(host)]
  return addresses.map((address) => request({ ...rest, address, port, unixPath: null }))
}

function appOfSite(site: Site, apps: readonly AppHint[]): AppHint | undefined {
  return apps.find(({ serverName }) => serverName !== undefined && site.names.includes(serverName))
}

function requestsToSite(site: Site, known: Known): HttpRequest[] {
  const paths = [appOfSite(site, known.apps)?.healthPath ?? '/', ...(site.redirects === null ? prefixesOf(site) : [])]
  return site.listens
    .filter((listen) => !isTwin(listen, site))
    .flatMap((listen) =>
      [...new Set(paths)].map((path) =>
        request({
          vantage: 'gateway',
          scheme: listen.isTls ? 'https' : 'http',
          address: listen.unixPath === null ? reachable(listen.address) : '',
          port: listen.port ?? 0,
          unixPath: listen.unixPath,
          path,
          name: realName(site),
        }),
      ),
    )
}

/** `listen [::]:80` beside `listen 80`: the same door twice. */
function isTwin(listen: Listen, site: Site): boolean {
  return (
    isWildcard6(listen.address) &&
    site.listens.some(({ address, port }) => address === '0.0.0.0' && port === listen.port)
  )
}

/** Paths of the locations that proxy a part of the site of its own: `/api/`, `= /health`. */
function prefixesOf(site: Site): string[] {
  return site.locations.flatMap(({ pattern, proxyPass }) => {
    const path = /^(?:(?:=|\^~) *)?(\/\S+)$/.exec(pattern)?.[1]
    return proxyPass && path !== undefined ? [path] : []
  })
}

function requestsToApps({ pm2, apps }: Known): HttpRequest[] {
  const ofPm2 = (pm2?.daemons ?? []).flatMap((daemon) => daemon.apps ?? [])
  const pathOf = (port: number, name: string) =>
    apps.find((app) => app.port === port || app.name === name)?.healthPath ?? '/'
  return [...apps, ...ofPm2].flatMap(({ name, port }) =>
    port === undefined || port === null ? [] : [directRequest('127.0.0.1', port, pathOf(port, name))],
  )
}

/** What Node.js, Bun or Deno listens on; in cluster mode the socket is held by pm2 itself. */
function requestsToListeners({ listeners, processes, apps }: Known): HttpRequest[] {
  const isWeb = new Set(
    (processes?.processes ?? [])
      .filter(({ name }) => /^(?:node|next|npm|bun|deno|MainThread|PM2 v)/.test(name))
      .map(({ pid }) => pid),
  )
  return (listeners?.listeners ?? [])
    .filter(({ pids }) => pids.some((pid) => isWeb.has(pid)))
    .map(({ address, port }) =>
      directRequest(reachable(address), port, apps.find((app) => app.port === port)?.healthPath ?? '/'),
    )
}

function directRequest(address: string, port: number, path: string): HttpRequest {
  return request({ vantage: 'direct', scheme: 'http', address, port, unixPath: null, path, name: null })
}

type Wanted = Pick<HttpRequest, 'vantage' | 'address' | 'port' | 'unixPath' | 'path'> & {
  scheme: 'http' | 'https'
  name: string | null
}

/** A name goes into the URL of a TLS request, so that the server is greeted by it, and into the Host header otherwise. */
function request({ scheme, name, ...rest }: Wanted): HttpRequest {
  const { address, port, unixPath, path } = rest
  const inUrl = scheme === 'https' && name !== null ? name : address.includes(':') ? `[${address}]` : address
  const authority = unixPath === null ? `${inUrl}:${port}` : (name ?? 'localhost')
  return { ...rest, url: `${scheme}://${authority}${path}`, hostHeader: name }
}

/** An address that leads to a listener: every address is reached by loopback. */
function reachable(address: string): string {
  if (address === '0.0.0.0' || address === '*' || address === '') return '127.0.0.1'
  return isWildcard6(address) ? '::1' : bare(address)
}

function isWildcard6(address: string): boolean {
  return address === '::' || address === '[::]'
}

function bare(address: string): string {
  return address.replace(/^\[(.*)\]$/, '$1')
}
