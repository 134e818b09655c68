import { z } from 'zod'
import { ParseError } from '../../errors.js'
import type { Listen, Place } from '../gateway/facts.js'
import { type Match, matchAll, within } from '../gateway/match.js'
import { readJson } from '../read-json.js'
import { type Defaults, defaults, toListens } from './address.js'
import type { CaddyServed, ProxyPass, Route } from './build-sites.js'
import { toPattern } from './matchers.js'
import { passedHeaders, readDuration } from './read-proxy.js'
import { readUpstream } from './target.js'

const duration = z.union([z.string(), z.number()]).optional()
/** A list of one word where a secret was masked. */
const words = z.union([z.array(z.string()), z.string().transform((word) => [word])])

/** The part of https://caddyserver.com/docs/json/ that says what is served; whatever else stands in it is left alone. */
const handlerSchema = z.object({
  handler: z.string(),
  get routes(): z.ZodOptional<z.ZodArray<typeof routeSchema>> {
    return z.array(routeSchema).optional()
  },
  upstreams: z.array(z.object({ dial: z.string().optional() })).optional(),
  transport: z
    .object({
      protocol: z.string().optional(),
      tls: z.unknown().optional(),
      dial_timeout: duration,
      response_header_timeout: duration,
      read_timeout: duration,
    })
    .optional(),
  health_checks: z
    .object({ active: z.object({ uri: z.string().optional(), path: z.string().optional() }).optional() })
    .optional(),
  headers: z
    .object({
      Location: words.optional(),
      request: z.object({ set: z.record(z.string(), words).optional(), delete: words.optional() }).optional(),
    })
    .optional(),
  status_code: z.union([z.string(), z.number()]).optional(),
  root: z.string().optional(),
  abort: z.boolean().optional(),
})

const routeSchema = z.object({
  group: z.string().optional(),
  match: z.array(z.record(z.string(), z.unknown())).optional(),
  handle: z.array(handlerSchema).optional(),
})

const serverSchema = z.object({
  listen: words.optional(),
  routes: z.array(routeSchema).optional(),
  automatic_https: z
    .object({ disable: z.boolean().optional(), disable_redirects: z.boolean().optional(), skip: words.optional() })
    .optional(),
  tls_connection_policies: z.array(z.unknown()).optional(),
})

const configSchema = z.object({
  apps: z
    .object({
      http: z
        .object({
          http_port: z.number().optional(),
          https_port: z.number().optional(),
          servers: z.record(z.string(), serverSchema).optional(),
        })
        .optional(),
    })
    .optional(),
})

type Handler = z.infer<typeof handlerSchema>
type JsonRoute = z.infer<typeof routeSchema>
type Server = z.infer<typeof serverSchema>

/** What a configuration in JSON serves. Its lines say nothing: all stands at the first. Throws ParseError. */
export function readJsonConfig(text: string, file: string): { served: CaddyServed[]; known: Defaults } {
  if (measureDepth(text) > deepest) throw new ParseError(`${file} is nested too deep`)
  const read = configSchema.safeParse(readJson(text))
  if (!read.success) throw new ParseError(`${file} is not a configuration of Caddy`)
  const { servers = {}, http_port, https_port } = read.data.apps?.http ?? {}
  const all = Object.values(servers)
  const isQuiet = all.some(({ automatic_https }) => automatic_https?.disable ?? automatic_https?.disable_redirects)
  const known: Defaults = {
    ...defaults,
    httpPort: http_port ?? defaults.httpPort,
    httpsPort: https_port ?? defaults.httpsPort,
    redirectsToTls: !isQuiet,
  }
  return { served: all.flatMap((server) => readServer(server, known.httpPort, { file, line: 1 })), known }
}

/** A site for all names that share their routes. */
function readServer(
  { listen = [], routes = [], automatic_https, tls_connection_policies }: Server,
  httpPort: number,
  place: Place,
): CaddyServed[] {
  const flat = routes.flatMap((route) => readRoute(route, matchAll, place))
  // Certificates are got for the names that stand outermost.
  const hosts = routes.flatMap(({ match = [] }) => match.flatMap((each) => readMatch(each).hosts ?? []))
  const secured = hosts.filter((host) => !automatic_https?.skip?.includes(host))
  const hasTls = tls_connection_policies !== undefined || (automatic_https?.disable !== true && secured.length > 0)
  const listens = listen.flatMap((address) => readListen(address, hasTls, httpPort))
  const root = routes.flatMap(({ handle = [] }) => handle.flatMap((handler) => handler.root ?? []))[0] ?? null
  return [{ names: [''], listens, place, routes: flat, root }]
}

function readListen(written: string, hasTls: boolean, httpPort: number): Listen[] {
  // sample: :443, 127.0.0.1:8080, tcp/[::1]:80, unix//run/caddy.sock
  if (written.startsWith('unix/')) return toListens(0, false, [written])
  const [, host = '', port] = /^(?:tcp[46]?\/)?(.*):(\d+)$/.exec(written) ?? []
  return port === undefined
    ? []
    : toListens(Number(port), hasTls && Number(port) !== httpPort, host === '' ? [] : [host])
}

function readRoute({ group, match, handle = [] }: JsonRoute, around: Match, place: Place): Route[] {
  const matches = match === undefined || match.length === 0 ? [matchAll] : match.map(readMatch)
  return matches.flatMap((own) => {
    const inner = within(around, own)
    const routes = handle.flatMap((handler) => readHandler(handler, inner, place))
    return [...routes, ...(group === undefined ? [] : spread(inner, { ...silent, place }))]
  })
}

function readMatch(match: Record<string, unknown>): Match {
  const list = (name: string) => words.safeParse(match[name]).data
  const isSimple = Object.keys(match).every((name) => name === 'host' || name === 'path')
  return { hosts: list('host') ?? null, patterns: isSimple ? (list('path')?.map(toPattern) ?? ['/']) : ['@match'] }
}

const silent = { proxy: null, status: null, redirect: null }

function readHandler(handler: Handler, match: Match, place: Place): Route[] {
  const route = { ...silent, place }
  switch (handler.handler) {
    case 'subroute':
      return (handler.routes ?? []).flatMap((inner) => readRoute(inner, match, place))
    case 'reverse_proxy':
      return spread(match, { ...route, proxy: readProxy(handler) })
    case 'static_response': {
      const [to] = handler.headers?.Location ?? []
      if (handler.abort) return spread(match, route)
      const status = Number(handler.status_code ?? 200)
      return spread(match, { ...route, status, redirect: to === undefined ? null : `${status} ${to}` })
    }
    case 'error':
      return spread(match, { ...route, status: Number(handler.status_code ?? 500) })
    case 'file_server':
      return spread(match, route)
    default:
      return []
  }
}

function spread({ hosts, patterns }: Match, route: Omit<Route, 'hosts' | 'pattern'>): Route[] {
  return patterns.map((pattern) => ({ hosts, pattern, ...route }))
}

function readProxy({ upstreams = [], transport, health_checks, headers }: Handler): ProxyPass {
  const scheme = transport?.protocol === 'fastcgi' ? 'fastcgi' : transport?.tls === undefined ? 'http' : 'https'
  const set = Object.entries(headers?.request?.set ?? {}).map(
    ([name, [value = '']]) => [name.toLowerCase(), value] as const,
  )
  const gone = new Set(headers?.request?.delete?.map((name) => name.toLowerCase()))
  const all = [...Object.entries(passedHeaders).filter(([name]) => !gone.has(name)), ...set]
  return {
    targets: upstreams.flatMap(({ dial = '' }) => readUpstream(dial, scheme)),
    headers: Object.fromEntries(all),
    readTimeoutSeconds: readDuration(transport?.response_header_timeout ?? transport?.read_timeout),
    connectTimeoutSeconds: readDuration(transport?.dial_timeout),
    healthPath: health_checks?.active?.uri ?? health_checks?.active?.path ?? null,
    hasHealthCheck: health_checks?.active !== undefined,
  }
}

const deepest = 300

/** How many brackets are open at once. */
function measureDepth(text: string): number {
  let [depth, most] = [0, 0]
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    most = Math.max(most, depth)
  }
  return most
}
