import { dropShadowed } from '../gateway/drop-shadowed.js'
import type { Listen, Location, Site, Upstream } from '../gateway/facts.js'
import { splitAddress } from '../nginx/target.js'
import type { Directive } from './parse.js'
import { readProxyTarget } from './target.js'
import { readRedirect, readWays, type Way } from './ways.js'

/** What the server and its virtual hosts serve, and to where they hand requests on. */
export function interpretConfig(directives: readonly Directive[]): { sites: Site[]; upstreams: Upstream[] } {
  const hosts = directives.filter(({ name }) => name === 'virtualhost')
  const ports = directives
    .filter(({ name }) => name === 'listen')
    .flatMap(({ args: [where = ''] }) => readAddress(where))
  const upstreams = readBalancers([directives, ...hosts.map(({ block = [] }) => block)])
  const sites = hosts.map((host) => readSite(host, host.block ?? [], boundTo(host, ports), directives, upstreams))
  const rest = ports.filter(
    (port) => !hosts.some(({ args }) => args.flatMap(readAddress).some((at) => binds(at, port))),
  )
  const [first] = directives
  // The server outside of all virtual hosts gets what comes where none of them is.
  if (first && rest.length > 0) sites.push(readSite(first, directives, rest.flatMap(toListens), [], upstreams))
  return { sites, upstreams }
}

interface Address {
  /** `*` for all. */
  host: string
  /** null for every port. */
  port: number | null
}

function readAddress(written: string): Address[] {
  // sample: 80, *:80, 10.0.0.1:443, [::1]:80, *, _default_:443
  if (/^\d+$/.test(written)) return [{ host: '*', port: Number(written) }]
  const [, before = written, after] = /^(.*):(\d+|\*)$/.exec(written) ?? []
  const { host } = splitAddress(before)
  const isAny = ['*', '_default_', '0.0.0.0', ''].includes(host)
  return [{ host: isAny ? '*' : host, port: after === undefined || after === '*' ? null : Number(after) }]
}

function binds(at: Address, listened: Address): boolean {
  const samePort = at.port === null || at.port === listened.port
  return samePort && (at.host === '*' || listened.host === '*' || at.host === listened.host)
}

/** Where a virtual host is reached: at its addresses, as far as Apache listens there. */
function boundTo({ args, block = [] }: Directive, ports: readonly Address[]): Listen[] {
  const isTls = lastArg(block, 'sslengine')?.toLowerCase() === 'on'
  return args
    .flatMap(readAddress)
    .flatMap((at) =>
      ports
        .filter((port) => binds(at, port))
        .map(({ host, port }) => ({ host: at.host === '*' ? host : at.host, port })),
    )
    .flatMap(toListens)
    .map((listen) => ({ ...listen, isTls }))
}

/** Without an address Apache listens on one socket that takes IPv4 as well. */
function toListens({ host, port }: Address): Listen[] {
  const rest = { port, unixPath: null, isTls: false, isDefault: false }
  return host === '*' ? ['0.0.0.0', '::'].map((address) => ({ address, ...rest })) : [{ address: host, ...rest }]
}

/** What the locations of a server share. */
interface Scope {
  /** The directives outside, then those inside: the last one counts. */
  directives: readonly Directive[]
  headers: Record<string, string>
  upstreams: readonly Upstream[]
}

function readSite(
  { place }: Directive,
  block: readonly Directive[],
  listens: Listen[],
  outer: readonly Directive[],
  upstreams: readonly Upstream[],
): Site {
  const inherited = lastArg(block, 'proxypassinherit')?.toLowerCase() === 'off' ? [] : readWays(outer)
  const ways = [...readWays(block), ...inherited.filter(({ pattern }) => pattern !== '@rewrite')]
  const directives = [...outer, ...block]
  const scope = { directives, headers: readHeaders(directives), upstreams }
  return {
    names: readNames(block),
    listens,
    place,
    locations: dropShadowed(ways).map((way) => toLocation(way, scope)),
    redirects: readRedirect(block),
    root: lastArg(directives, 'documentroot') ?? null,
    ...readCertificates(directives, listens),
  }
}

/** The last file that is named counts, of each kind of key. */
function readCertificates(directives: readonly Directive[], listens: readonly Listen[]): Pick<Site, 'certificates'> {
  const path = lastArg(directives, 'sslcertificatefile')
  return listens.some(({ isTls }) => isTls) && path?.startsWith('/') ? { certificates: [path] } : {}
}

function readNames(block: readonly Directive[]): string[] {
  const names = block.flatMap(({ name, args }) =>
    name === 'servername' ? args.slice(0, 1) : name === 'serveralias' ? args : [],
  )
  return names.length === 0 ? [''] : names.map(toNginxName)
}

function toNginxName(written: string): string {
  // sample: http://app.example:443 (the scheme and the port are for redirects)
  const name = written.replace(/^[a-z]+:\/\//i, '').replace(/:\d+$/, '')
  if (!/[*?]/.test(name) || /^\*\.[^*?]+$/.test(name)) return name
  return `~^${name.replace(/[.+]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`
}

function toLocation(
  { pattern, place, url, parameters, status }: Way,
  { directives, headers, upstreams }: Scope,
): Location {
  const timeout = parameters.get('timeout') ?? lastArg(directives, 'proxytimeout') ?? lastArg(directives, 'timeout')
  const upgrade = `upgrade=${parameters.get('upgrade')}`
  return {
    pattern,
    place,
    proxyPass: url === null ? null : { ...readPass(url, upstreams), place },
    headers: parameters.has('upgrade') ? { ...headers, upgrade, connection: upgrade } : headers,
    httpVersion: null,
    returnStatus: status,
    readTimeoutSeconds: readSeconds(timeout) ?? null,
    connectTimeoutSeconds: readSeconds(parameters.get('connectiontimeout')) ?? null,
  }
}

function readPass(url: string, upstreams: readonly Upstream[]): Omit<NonNullable<Location['proxyPass']>, 'place'> {
  const target = readProxyTarget(url)
  const upstream = upstreams.find(({ name }) => name === balancerOf(url))
  if (!upstream) return { upstream: null, target }
  return {
    upstream: upstream.name,
    target: { ...target, scheme: upstream.servers[0]?.target.scheme ?? 'http', port: null },
  }
}

function balancerOf(url: string): string | undefined {
  // sample: balancer://cluster/, balancer://cluster$1
  return /^balancer:\/\/[^/$%]+/i.exec(url)?.[0].toLowerCase()
}

/** What mod_proxy passes on by itself, with the directive that lets it, and what the configuration adds. */
function readHeaders(directives: readonly Directive[]): Record<string, string> {
  const isOn = (name: string, byDefault: string) => (lastArg(directives, name) ?? byDefault).toLowerCase() === 'on'
  const forwarded = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-server'].map((name) => [
    name,
    'ProxyAddHeaders',
  ])
  const set = directives.flatMap(({ name, args: [action = '', header = '', value = ''] }) =>
    name === 'requestheader' && /^(?:set|add|append|merge|setifempty)$/i.test(action)
      ? [[header.toLowerCase(), value]]
      : [],
  )
  return Object.fromEntries([
    ...(isOn('proxypreservehost', 'off') ? [['host', 'ProxyPreserveHost']] : []),
    ...(isOn('proxyaddheaders', 'on') ? forwarded : []),
    ...set,
  ])
}

/** `Proxy balancer://name` sections, and members that name their balancer themselves. */
function readBalancers(scopes: readonly (readonly Directive[])[]): Upstream[] {
  const found = new Map<string, Upstream>()
  for (const { name, args, block = [], place } of scopes.flat()) {
    const isSection = name === 'proxy' && /^balancer:/i.test(args[0] ?? '')
    const balancer = isSection || name === 'balancermember' ? balancerOf(args[0] ?? '') : undefined
    if (balancer === undefined) continue
    const upstream = found.get(balancer) ?? { name: balancer, place, servers: [] }
    found.set(balancer, upstream)
    const members = isSection
      ? block.filter((each) => each.name === 'balancermember').map((each) => each.args)
      : [args.slice(1)]
    for (const member of members) addMember(upstream, member, place)
  }
  return [...found.values()]
}

function addMember(upstream: Upstream, [url = '', ...rest]: readonly string[], place: Upstream['place']): void {
  const parameter = (key: string) => rest.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1)
  const status = parameter('status') ?? ''
  upstream.servers.push({
    target: readProxyTarget(url),
    // sample: status=+D, status=D-H; the letters after a minus are taken away
    isDown: /(?:^|\+)[A-Z]*[DS]/i.test(status),
    isBackup: /(?:^|\+)[A-Z]*[HR]/i.test(status),
  })
  if (parameter('hcmethod') !== undefined) upstream.healthCheck = { path: parameter('hcuri') ?? null, place }
}

/** The last value of a directive, which is the one that counts. */
export function lastArg(block: readonly Directive[], name: string): string | undefined {
  return block.findLast((directive) => directive.name === name)?.args[0]
}

function readSeconds(written: string | undefined): number | undefined {
  // sample: 60, 5s, 500ms, 2min
  const [, count, unit = 's'] = /^(\d+)(ms|s|mi|min|h)?$/i.exec(written ?? '') ?? []
  const factor = { ms: 0.001, s: 1, mi: 60, min: 60, h: 3600 }[unit.toLowerCase()]
  return count === undefined ? undefined : Number(count) * (factor ?? 1)
}
