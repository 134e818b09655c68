import type { Listen, Location, Refusal, Site, Upstream } from './facts.js'
import { defaultListen, readListen } from './listen.js'
import { readMaps } from './maps.js'
import { type Directive, isDirective, type Node, named } from './parse.js'
import { passSchemes, readServer, readTarget } from './target.js'

/** What a block hands down to the blocks inside it. */
interface Scope {
  headers: Record<string, string>
  httpVersion: string | null
  readTimeoutSeconds: number | null
  connectTimeoutSeconds: number | null
  root: string | null
  certificates: readonly string[]
  /** Values of `set`; undefined for a variable that is set in an `if`, and so has no single value. */
  variables: ReadonlyMap<string, string | undefined>
}

const outermost: Scope = {
  headers: {},
  httpVersion: null,
  readTimeoutSeconds: null,
  connectTimeoutSeconds: null,
  root: null,
  certificates: [],
  variables: new Map(),
}

/** Names of upstream blocks by their lower-case form, as nginx compares them. */
type UpstreamNames = ReadonlyMap<string, string>

/** What the http block serves, and to where it hands requests on. */
export function interpretConfig(nodes: readonly Node[]): { sites: Site[]; upstreams: Upstream[] } {
  const https = named(nodes, 'http')
  const upstreams = https.flatMap((http) => named(http.block, 'upstream').map(readUpstream))
  const names = new Map(upstreams.map(({ name }) => [name.toLowerCase(), name]))
  const sites = https.flatMap((http) => {
    const scope = enter(http.block, outermost)
    const maps = named(http.block, 'map')
    return named(http.block, 'server').flatMap((server) => (server.block ? [readSite(server, scope, names, maps)] : []))
  })
  return { sites, upstreams }
}

function readUpstream({ args: [name = ''], place, block }: Directive): Upstream {
  const servers = named(block, 'server').map(({ args: [address = '', ...parameters] }) => ({
    target: readServer(address),
    isDown: parameters.includes('down'),
    isBackup: parameters.includes('backup'),
  }))
  // sample: keepalive 16
  const kept = Number(lastArg(block, 'keepalive'))
  return { name, place, servers, ...(kept > 0 && { keepalive: kept }) }
}

function readSite(server: Directive, http: Scope, upstreams: UpstreamNames, maps: readonly Directive[]): Site {
  const names = named(server.block, 'server_name').flatMap(({ args }) => args)
  const scope = enter(server.block, { ...http, variables: new Map([...http.variables, ...readMaps(maps, names)]) })
  return {
    names: names.length > 0 ? names : [''],
    listens: readListens(server),
    place: server.place,
    locations: readLocations(server.block, scope, upstreams),
    redirects: readRedirect(server.block),
    root: scope.root,
    ...readRefusal(server.block),
    ...(scope.certificates.length > 0 && { certificates: [...scope.certificates] }),
  }
}

function readListens({ block }: Directive): Listen[] {
  const written = named(block, 'listen')
  const listens = written.length > 0 ? written.flatMap(({ args }) => readListen(args)) : [defaultListen]
  return lastArg(block, 'ssl') === 'on' ? listens.map((listen) => ({ ...listen, isTls: true })) : listens
}

function readLocations(block: Directive['block'], outer: Scope, upstreams: UpstreamNames, within?: string): Location[] {
  return named(block, 'location').flatMap((location) => {
    const scope = enter(location.block, outer)
    const own: Location = {
      pattern: readPattern(location.args),
      place: location.place,
      ...(within !== undefined && { within }),
      proxyPass: readPass(location.block, scope, upstreams),
      headers: scope.headers,
      httpVersion: scope.httpVersion,
      returnStatus: readReturnStatus(location.block),
      ...readRefusal(location.block),
      readTimeoutSeconds: scope.readTimeoutSeconds,
      connectTimeoutSeconds: scope.connectTimeoutSeconds,
    }
    return [own, ...readLocations(location.block, scope, upstreams, own.pattern)]
  })
}

/** The pattern with one space after its modifier, which nginx lets one leave out. */
function readPattern(args: readonly string[]): string {
  // sample: =/health, ~ \.php$, ^~ /static
  return args.join(' ').replace(/^(=|~\*|~|\^~)\s*/, '$1 ')
}

function readPass(block: Node[] | undefined, scope: Scope, upstreams: UpstreamNames): Location['proxyPass'] {
  const pass = (block ?? []).filter(isDirective).find(({ name }) => passSchemes.has(name))
  const written = pass?.args[0]
  if (!pass || written === undefined) return null
  const target = readTarget(written, passSchemes.get(pass.name) ?? '', fillVariables(written, scope))
  const upstream = upstreams.get(target.host ?? '') ?? null
  return { upstream, target: upstream === null ? target : { ...target, port: null }, place: pass.place }
}

const maxSubstitutions = 8
/** Variables that name others several times grow with every round; nginx itself reads no longer word. */
const longestFilled = 4096

function fillVariables(text: string, { variables }: Scope): string {
  let filled = text
  for (let round = 0; round < maxSubstitutions && filled.includes('$'); round++) {
    if (filled.length > longestFilled) return text
    // sample: http://$backend:3000, ${host_and_port}
    filled = filled.replace(
      /\$\{(\w+)\}|\$(\w+)/g,
      (all, braced?: string, bare?: string) => variables.get(braced ?? bare ?? '') ?? all,
    )
  }
  return filled
}

function enter(block: readonly Node[] | undefined, outer: Scope): Scope {
  const headers = named(block, 'proxy_set_header').map(({ args: [name = '', value = ''] }) => [
    name.toLowerCase(),
    maskHeader(name, value),
  ])
  return {
    // nginx inherits these only where the block sets none of its own
    headers: headers.length > 0 ? Object.fromEntries(headers) : outer.headers,
    httpVersion: lastArg(block, 'proxy_http_version') ?? outer.httpVersion,
    readTimeoutSeconds: readSeconds(lastArg(block, 'proxy_read_timeout')) ?? outer.readTimeoutSeconds,
    connectTimeoutSeconds: readSeconds(lastArg(block, 'proxy_connect_timeout')) ?? outer.connectTimeoutSeconds,
    root: lastArg(block, 'root') ?? outer.root,
    certificates: readCertificates(block) ?? outer.certificates,
    variables: readVariables(block, outer.variables),
  }
}

/** A header's value unless it is a secret written into the configuration. */
function maskHeader(name: string, value: string): string {
  return /auth|token|secret|key|passw|cookie|credential/i.test(name) && value !== '' && !value.includes('$')
    ? '***'
    : value
}

function readVariables(block: readonly Node[] | undefined, outer: Scope['variables']): Scope['variables'] {
  const variables = new Map(outer)
  for (const {
    args: [name = '', value = ''],
  } of named(block, 'set'))
    variables.set(name.replace('$', ''), value)
  for (const { block: inner } of named(block, 'if')) {
    for (const {
      args: [name = ''],
    } of named(inner, 'set'))
      variables.set(name.replace('$', ''), undefined)
  }
  return variables
}

function lastArg(block: readonly Node[] | undefined, name: string): string | undefined {
  return named(block, name).at(-1)?.args[0]
}

const unitSeconds: Record<string, number> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
  '': 1,
}

function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  // sample: 60, 1m30s, 500ms
  const pieces = [...text.matchAll(/(\d+)(ms|[smhdwMy]?)/g)]
  return pieces.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitSeconds[unit] ?? 1), 0)
}

function readReturnStatus(block: readonly Node[] | undefined): number | null {
  const code = named(block, 'return')[0]?.args[0]
  if (code === undefined) return null
  return /^\d+$/.test(code) ? Number(code) : 302
}

/** Files only: what a variable names, and what stands in the configuration itself, is none. */
function readCertificates(block: readonly Node[] | undefined): string[] | undefined {
  const written = named(block, 'ssl_certificate').map(({ args: [path = ''] }) => path)
  return written.length === 0 ? undefined : written.filter((path) => path.startsWith('/') && !path.includes('$'))
}

/** `return 503`, or the same in an `if`: a maintenance. */
function readRefusal(block: readonly Node[] | undefined, condition: string | null = null): { refuses?: Refusal } {
  for (const { name, args, place, block: inner } of (block ?? []).filter(isDirective)) {
    if (name === 'return' && /^5\d\d$/.test(args[0] ?? ''))
      return { refuses: { status: Number(args[0]), condition, place } }
    // sample: if (-f /var/www/maintenance.on)
    const within = name === 'if' ? readRefusal(inner, args.join(' ').replace(/^\(\s*|\s*\)$/g, '')) : {}
    if (within.refuses) return within
  }
  return {}
}

/** The `return` of a server block, or what comes to the same: certbot's `if ($host = …)`, and a `rewrite` of everything. */
function readRedirect(block: readonly Node[] | undefined): string | null {
  for (const { name, args, block: inner } of (block ?? []).filter(isDirective)) {
    if (name === 'return') return args.join(' ')
    if (name === 'if' && /^\(\$host$/.test(args[0] ?? '')) {
      const within = readRedirect(inner)
      if (within !== null) return within
    }
    if (name === 'rewrite' && isRedirectOfAll(args)) return `${args[2] === 'permanent' ? 301 : 302} ${args[1]}`
  }
  return null
}

function isRedirectOfAll([pattern = '', replacement = '', flag]: readonly string[]): boolean {
  const isRedirect = flag === 'permanent' || flag === 'redirect' || /^(?:https?:\/\/|\$scheme)/.test(replacement)
  return isRedirect && /^\^?\/?(?:\(?\.\*\)?)?\$?$/.test(pattern)
}
