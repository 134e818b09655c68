import { ParseError } from '../../errors.js'
import { dropShadowed } from '../gateway/drop-shadowed.js'
import type { Listen, Location, Place, Site, Upstream } from '../gateway/facts.js'
import { type Served, splitByHost } from '../gateway/match.js'
import { lastWords, readTimeout, readUpstream } from './backends.js'
import { readBinds } from './bind.js'
import { readAcls, readCondition } from './conditions.js'
import type { Line, Section } from './parse.js'

/** What becomes of some requests of a frontend. */
interface Route {
  hosts: string[] | null
  pattern: string
  place: Place
  /** As written; null where HAProxy answers itself. */
  backend: string | null
  status: number | null
  redirect: string | null
}

/**
 * What the frontends of http serve, and the servers of the backends. Those of tcp are left out, as nobody knows what they
 * speak; but on the ports of the web it is HTTP.
 */
export function interpretConfig(sections: readonly Section[]): { sites: Site[]; upstreams: Upstream[] } {
  const proxies = sections.filter(({ kind }) => ['frontend', 'backend', 'listen'].includes(kind))
  const fronts = proxies.filter(
    ({ kind, lines }) => kind !== 'backend' && (isHttp(lines) || readListens(lines).some(isOfTheWeb)),
  )
  const reached = new Set(
    fronts.flatMap(({ lines }) => lines.flatMap(({ words }) => (leads.has(words[0] ?? '') ? words[1] : []))),
  )
  const backends = new Map(
    proxies
      .filter(({ kind, name, lines }) => kind !== 'frontend' && (isHttp(lines) || reached.has(name)))
      .concat(fronts.filter(({ kind }) => kind === 'listen'))
      .map((section) => [section.name, section]),
  )
  const upstreams = [...backends.values()].map(readUpstream)
  const served = fronts.flatMap(serve)
  const sites = splitByHost<Route, FrontServed>(served).map((each) => toSite(each, backends))
  return { sites, upstreams }
}

function isHttp(lines: readonly Line[]): boolean {
  return lastWords(lines, 'mode')?.[0] === 'http'
}

const leads: ReadonlySet<string> = new Set(['default_backend', 'use_backend'])

function isOfTheWeb({ port }: Listen): boolean {
  return port === 80 || port === 443
}

/** What the `bind` lines open; in mode tcp, what comes to 443 is TLS, whoever ends it. */
function readListens(lines: readonly Line[]): Listen[] {
  const listens = lines.filter(({ words }) => words[0] === 'bind').flatMap(({ words }) => readBinds(words))
  return isHttp(lines) ? listens : listens.map((listen) => ({ ...listen, isTls: listen.isTls || listen.port === 443 }))
}

/** What is spoken to the servers in mode tcp: what the visitor speaks, unless HAProxy itself ends the TLS. */
function schemePassedOn(lines: readonly Line[]): 'http' | 'https' {
  const binds = lines.filter(({ words }) => words[0] === 'bind')
  const isPassed = binds.some(
    ({ words }) => !words.includes('ssl') && readBinds(words).some(({ port }) => port === 443),
  )
  return isPassed ? 'https' : 'http'
}

interface FrontServed extends Served<Route> {
  lines: Line[]
}

/** A frontend; its doors without TLS apart where they only send to those with. */
function serve({ kind, name, place, lines }: Section): FrontServed[] {
  const rules = readRules(lines)
  const own = lines.some(({ words }) => words[0] === 'server' || words[0] === 'server-template')
  const rest = kind === 'listen' && own ? [passAll(name, place)] : []
  const listens = readListens(lines)
  const all = { names: [''], place, lines, routes: [...rules, ...defaultRoutes(lines), ...rest] }
  const toTls = lines.find(({ words }) => isRedirectToTls(words))
  if (!toTls) return [{ ...all, listens }]
  const redirect = `${codeOf(toTls.words)} https://`
  const route = { ...passAll(null, toTls.place), status: codeOf(toTls.words), redirect }
  const doors: [Listen[], Route[]][] = [
    [listens.filter(({ isTls }) => !isTls), [route]],
    [listens.filter(({ isTls }) => isTls), all.routes],
  ]
  return doors.flatMap(([listens, routes]) => (listens.length === 0 ? [] : [{ ...all, listens, routes }]))
}

/** `redirect scheme https code 301 if !{ ssl_fc }`, `http-request redirect scheme https unless { ssl_fc }` */
function isRedirectToTls(words: readonly string[]): boolean {
  return /^(?:http-request )?redirect scheme https (?:code \d+ )?(?:if !\{|unless \{|if ! \{) ssl_fc \}$/.test(
    words.join(' '),
  )
}

function codeOf(words: readonly string[]): number {
  return Number(words[words.indexOf('code') + 1] ?? Number.NaN) || 302
}

function passAll(backend: string | null, place: Place): Route {
  return { hosts: null, pattern: '/', place, backend, status: null, redirect: null }
}

function defaultRoutes(lines: readonly Line[]): Route[] {
  const line = lines.findLast(({ words }) => words[0] === 'default_backend')
  return line ? [passAll(line.words[1] ?? '', line.place)] : []
}

const mostRoutes = 20_000

/** What ends a request, in the order in which HAProxy looks: the rules of http-request, then redirect, then use_backend. */
function readRules(lines: readonly Line[]): Route[] {
  const acls = readAcls(lines)
  const routes: Route[] = []
  const inOrder = ['http-request', 'redirect', 'use_backend'].flatMap((rule) =>
    lines.filter(({ words }) => words[0] === rule && !isRedirectToTls(words)),
  )
  for (const { words, place } of inOrder) {
    const action = words[0] === 'http-request' ? words.slice(1) : words
    const route = readAction(action, passAll(null, place))
    const matches = route ? readCondition(action, acls) : []
    for (const { hosts, patterns } of matches) {
      for (const pattern of patterns) if (route) routes.push({ ...route, hosts, pattern })
      if (routes.length > mostRoutes) throw new ParseError('a HAProxy configuration of too many routes')
    }
  }
  return routes
}

function readAction(words: readonly string[], route: Route): Route | undefined {
  const [action, first = ''] = words
  const after = (word: string) => words[words.indexOf(word) + 1]
  switch (action) {
    case 'use_backend':
      return { ...route, backend: first }
    case 'return':
      return { ...route, status: words.includes('status') ? Number(after('status')) : 200 }
    case 'deny':
      return { ...route, status: words.includes('deny_status') ? Number(after('deny_status')) : 403 }
    case 'redirect': {
      const to = first === 'scheme' ? `${words[2]}://` : (words[2] ?? '')
      return { ...route, status: codeOf(words), redirect: `${codeOf(words)} ${to}` }
    }
    default:
      return undefined
  }
}

function toSite({ names, listens, place, lines, routes }: FrontServed, backends: ReadonlyMap<string, Section>): Site {
  const reached = dropShadowed(routes)
  const [first] = reached
  const known = new Map<string | null, Passing>()
  for (const { backend } of reached) {
    if (!known.has(backend)) known.set(backend, readPassing(lines, backends.get(backend ?? '')))
  }
  return {
    names,
    listens,
    place,
    locations: reached.map((route) => toLocation(route, known.get(route.backend) ?? readPassing(lines, undefined))),
    redirects: first?.pattern === '/' ? first.redirect : null,
    root: null,
    ...readCertificates(lines, listens),
  }
}

/** `bind :443 ssl crt /etc/haproxy/certs/`: files, or folders of them. */
function readCertificates(lines: readonly Line[], listens: readonly Listen[]): Pick<Site, 'certificates'> {
  if (!listens.some(({ isTls }) => isTls)) return {}
  const binds = lines.filter(({ words }) => words[0] === 'bind')
  const certificates = binds.flatMap(({ words }) => words.filter((_, index) => words[index - 1] === 'crt'))
  return { certificates: [...new Set(certificates)].filter((path) => path.startsWith('/')) }
}

/** What all locations that lead to a backend share. */
type Passing = Pick<Location, 'headers' | 'readTimeoutSeconds' | 'connectTimeoutSeconds'> & {
  upstream: string | null
  scheme: string
}

function toLocation({ pattern, place, backend, status }: Route, { upstream, scheme, ...passing }: Passing): Location {
  // sample: %[req.hdr(host),map(/etc/haproxy/hosts.map)]
  const hasVariables = backend?.includes('%[') === true
  const target = { scheme, host: null, port: null, unixPath: null, hasVariables }
  return {
    pattern,
    place,
    proxyPass: backend === null ? null : { upstream, target: { text: backend, ...target }, place },
    httpVersion: null,
    returnStatus: status,
    ...passing,
  }
}

/** Of what a visitor sends HAProxy passes everything on. */
function readPassing(front: readonly Line[], section: Section | undefined): Passing {
  const back = section?.lines ?? []
  const all = [...front, ...back]
  const set = all.flatMap(({ words: [rule, action = '', name = '', value = ''] }) =>
    rule === 'http-request' && /^(?:set|add)-header$/.test(action) ? [[name.toLowerCase(), value] as const] : [],
  )
  const forwards = all.some(({ words }) => words[0] === 'option' && words[1] === 'forwardfor')
  const spoken = (section && readUpstream(section).servers[0]?.target.scheme) ?? 'http'
  return {
    upstream: section?.name ?? null,
    scheme: isHttp(front) || spoken === 'https' ? spoken : schemePassedOn(front),
    headers: {
      ...Object.fromEntries(['host', 'upgrade', 'connection'].map((name) => [name, 'passed on'])),
      ...(forwards && { 'x-forwarded-for': 'option forwardfor' }),
      ...Object.fromEntries(set),
    },
    readTimeoutSeconds: readTimeout(back, 'server'),
    connectTimeoutSeconds: readTimeout(back, 'connect'),
  }
}
