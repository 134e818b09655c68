import { type Match, matchAll, within } from '../gateway/match.js'
import { type Address, type Defaults, defaults, readAddress, toListens } from './address.js'
import type { CaddyServed, Route } from './build-sites.js'
import { readMatchers, takeMatcher, toPattern } from './matchers.js'
import type { Caddyfile, Segment } from './parse.js'
import { readProxy } from './read-proxy.js'

/** What the sites of a Caddyfile serve. */
export function readSites({ sites }: Caddyfile, known: Defaults): CaddyServed[] {
  return sites.flatMap((site) => readSite(site, known))
}

/** The global options that say where sites are reached. */
export function readDefaults({ options }: Caddyfile): Defaults {
  const wordsOf = (name: string) => options.find(({ words }) => words[0] === name)?.words.slice(1)
  const automatic = wordsOf('auto_https')?.[0] ?? ''
  return {
    httpPort: Number(wordsOf('http_port')?.[0] ?? defaults.httpPort),
    httpsPort: Number(wordsOf('https_port')?.[0] ?? defaults.httpsPort),
    binds: wordsOf('default_bind') ?? [],
    hasTls: automatic !== 'off',
    redirectsToTls: automatic !== 'off' && automatic !== 'disable_redirects',
  }
}

/** A site is served once for each port that it names. */
function readSite({ words, place, block = [] }: Segment, known: Defaults): CaddyServed[] {
  const valuesOf = (name: string) => block.find((segment) => segment.words[0] === name)?.words.slice(1)
  const addresses = words.map((word) => readAddress(word, known, valuesOf('tls') !== undefined))
  const doors = new Map(addresses.map((address) => [`${address.port} ${address.isTls}`, address]))
  const routes = readRoutes(block, matchAll, new Map(), false)
  return [...doors.values()].map(({ port, isTls }) => ({
    names: namesAt(addresses, port, isTls),
    listens: toListens(port, isTls, valuesOf('bind') ?? known.binds),
    place,
    routes,
    root: valuesOf('root')?.at(-1) ?? null,
    certificates: (valuesOf('tls') ?? []).slice(0, 1).filter((path) => isTls && path.startsWith('/')),
  }))
}

function namesAt(addresses: readonly Address[], port: number, isTls: boolean): string[] {
  const names = addresses.filter((each) => each.port === port && each.isTls === isTls).map(({ host }) => host)
  return names.includes('') ? [''] : [...new Set(names)]
}

/** Directives that answer, in the order in which Caddy tries them wherever they stand. https://caddyserver.com/docs/caddyfile/directives#directive-order */
const order = [
  'redir',
  'handle',
  'handle_path',
  'route',
  'abort',
  'error',
  'respond',
  'reverse_proxy',
  'php_fastcgi',
  'file_server',
]

/** The routes of a block; those of `route` keep the order of the file. */
function readRoutes(
  block: readonly Segment[],
  around: Match,
  outer: ReadonlyMap<string, Match>,
  isOrdered: boolean,
): Route[] {
  const matchers = new Map([...outer, ...readMatchers(block)])
  const found = block
    .filter(({ words: [name = ''] }) => order.includes(name))
    .map((segment) => ({ segment, ...takeMatcher(segment.words.slice(1), matchers) }))
  const tried = isOrdered
    ? found
    : found.toSorted((a, b) => rank(a.segment) - rank(b.segment) || weigh(b.match) - weigh(a.match))
  return tried.flatMap(({ segment, match, rest }) => readDirective(segment, rest, within(around, match), matchers))
}

/** `handle` and `handle_path` have one rank. */
function rank({ words: [name = ''] }: Segment): number {
  return order.indexOf(name === 'handle_path' ? 'handle' : name)
}

/** Longer paths come first, what has no matcher last. */
function weigh({ hosts, patterns }: Match): number {
  const [pattern = ''] = patterns
  if (pattern === '/' && patterns.length === 1) return hosts === null ? 0 : 1
  return pattern.startsWith('@') ? 1 : 1 + pattern.length
}

function readDirective(
  segment: Segment,
  rest: readonly string[],
  match: Match,
  matchers: ReadonlyMap<string, Match>,
): Route[] {
  const {
    words: [name = ''],
    block = [],
    place,
  } = segment
  const route = { place, proxy: null, status: null, redirect: null }
  switch (name) {
    case 'handle':
    case 'handle_path':
      // What its block does not answer ends here: nothing after it is tried.
      return [...readRoutes(block, match, matchers, false), ...spread(match, route)]
    case 'route':
      return readRoutes(block, match, matchers, true)
    case 'redir': {
      const [to = '', code = '302'] = rest
      const status = { permanent: 301, temporary: 302, html: 200 }[code] ?? Number(code)
      return spread(match, { ...route, status, redirect: `${status} ${to}` })
    }
    case 'respond':
      return spread(match, { ...route, status: readStatus(rest, block, 200) })
    case 'error':
      return spread(match, { ...route, status: readStatus(rest, block, 500) })
    case 'reverse_proxy':
      return spread(match, { ...route, proxy: readProxy(rest, block, 'http') })
    case 'php_fastcgi':
      return spread(within(match, { hosts: null, patterns: [toPattern('*.php')] }), {
        ...route,
        proxy: readProxy(rest, block, 'fastcgi'),
      })
    default:
      return spread(match, route)
  }
}

function spread({ hosts, patterns }: Match, route: Omit<Route, 'hosts' | 'pattern'>): Route[] {
  return patterns.map((pattern) => ({ hosts, pattern, ...route }))
}

function readStatus(rest: readonly string[], block: readonly Segment[], byDefault: number): number {
  const written =
    block.find(({ words }) => words[0] === 'status')?.words[1] ?? rest.find((word) => /^[1-5]\d\d$/.test(word))
  return Number(written ?? byDefault)
}
