import { dropShadowed } from '../gateway/drop-shadowed.js'
import type { Location, Place, Site, Target, Upstream } from '../gateway/facts.js'
import { type Served, splitByHost } from '../gateway/match.js'
import { type Defaults, toListens } from './address.js'

/** What becomes of some requests: a Caddyfile and a JSON configuration both come down to these, in the order in which they are tried. */
export interface Route {
  /** null for whatever host. */
  hosts: string[] | null
  pattern: string
  place: Place
  /** null where Caddy answers itself. */
  proxy: ProxyPass | null
  status: number | null
  /** Where it sends elsewhere. */
  redirect: string | null
}

export interface ProxyPass {
  targets: Target[]
  headers: Record<string, string>
  readTimeoutSeconds: number | null
  connectTimeoutSeconds: number | null
  /** Whether the servers are asked if they live, and at which path. */
  healthPath: string | null
  hasHealthCheck: boolean
}

/** A server of Caddy, or a site of a Caddyfile. */
export interface CaddyServed extends Served<Route> {
  root: string | null
  certificates?: string[]
}

/** What is served, as sites. */
export function buildSites(
  served: readonly CaddyServed[],
  defaults: Defaults,
): { sites: Site[]; upstreams: Upstream[] } {
  const upstreams = new Map<string, Upstream>()
  const byHost = splitByHost<Route, CaddyServed>(served)
  const sites = [...byHost, ...redirectsToTls(byHost, defaults)].map((each) => toSite(each, upstreams))
  return { sites, upstreams: [...upstreams.values()] }
}

/** Caddy sends visitors of http to https for every name with a certificate that has no site of its own there. */
function redirectsToTls(
  served: readonly CaddyServed[],
  { httpPort, redirectsToTls: isOn, binds }: Defaults,
): CaddyServed[] {
  const plain = served.filter(({ listens }) => listens.some(({ port }) => port === httpPort))
  const taken = new Set(plain.flatMap(({ names }) => names))
  return served.flatMap(({ names, listens, place }) => {
    const isSecured = isOn && listens.some(({ isTls }) => isTls)
    const secured = isSecured ? names.filter((name) => name !== '' && !taken.has(name)) : []
    if (secured.length === 0) return []
    const route = { hosts: null, pattern: '/', place, proxy: null, status: 308, redirect: '308 https://{host}{uri}' }
    return [{ names: secured, listens: toListens(httpPort, false, binds), place, routes: [route], root: null }]
  })
}

function toSite(
  { names, listens, place, routes, root, certificates = [] }: CaddyServed,
  upstreams: Map<string, Upstream>,
): Site {
  const reached = dropShadowed(routes)
  const [first] = reached
  return {
    names,
    listens,
    place,
    locations: reached.map((route) => toLocation(route, upstreams)),
    redirects: first?.pattern === '/' ? first.redirect : null,
    root,
    ...(certificates.length > 0 && { certificates }),
  }
}

function toLocation({ pattern, place, proxy, status }: Route, upstreams: Map<string, Upstream>): Location {
  return {
    pattern,
    place,
    proxyPass: proxy && toPass(proxy, place, upstreams),
    headers: proxy?.headers ?? {},
    httpVersion: null,
    returnStatus: status,
    readTimeoutSeconds: proxy?.readTimeoutSeconds ?? null,
    connectTimeoutSeconds: proxy?.connectTimeoutSeconds ?? null,
  }
}

/** Several servers, or one that is asked whether it lives, are an upstream, which Caddy has no name for. */
function toPass(
  { targets, healthPath, hasHealthCheck }: ProxyPass,
  place: Place,
  upstreams: Map<string, Upstream>,
): Location['proxyPass'] {
  const [first] = targets
  if (!first) return null
  if (targets.length === 1 && !hasHealthCheck) return { upstream: null, target: first, place }
  const name = targets.map(({ text }) => text).join(' ')
  const servers = targets.map((target) => ({ target, isDown: false, isBackup: false }))
  if (!upstreams.has(name)) {
    upstreams.set(name, { name, place, servers, ...(hasHealthCheck && { healthCheck: { path: healthPath, place } }) })
  }
  return { upstream: name, target: { ...first, text: name, host: null, port: null, unixPath: null }, place }
}
