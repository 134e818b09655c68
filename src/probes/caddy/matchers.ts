import { type Match, matchAll } from '../gateway/match.js'
import type { Segment } from './parse.js'

/** A path of Caddy as a pattern of the facts: `/api/*` is a prefix, `/api` the path alone, `*.php` an expression. */
export function toPattern(path: string): string {
  if (path === '*' || path === '/*') return '/'
  if (!/[*{]/.test(path)) return `= ${path}`
  if (/^\/[^*{]*\*$/.test(path)) return path.slice(0, -1)
  if (path.includes('{')) return '@path'
  const expression = path.replace(/[.+?^$()[\]\\|]/g, '\\$&').replaceAll('*', '.*')
  // sample: *.php is \.php$
  return `~ ${path.startsWith('*') ? expression.slice(2) : `^${expression}`}${path.endsWith('*') ? '' : '$'}`
}

/** A matcher by its conditions; what else it asks (method, header…) leaves only the name that it has. */
function toMatch(name: string, conditions: readonly (readonly string[])[]): Match {
  const valuesOf = (kind: string) => conditions.flatMap(([word, ...values]) => (word === kind ? values : []))
  const isSimple = conditions.every(([word = '']) => ['host', 'path', 'path_regexp'].includes(word))
  const paths = valuesOf('path').map(toPattern)
  const expressions = conditions.flatMap(([word, ...values]) => (word === 'path_regexp' ? [`~ ${values.at(-1)}`] : []))
  const patterns = paths.length > 0 && expressions.length > 0 ? [name] : [...paths, ...expressions]
  const hosts = valuesOf('host')
  return {
    hosts: hosts.length > 0 ? hosts : null,
    patterns: isSimple && conditions.length > 0 ? (patterns.length > 0 ? patterns : ['/']) : [name],
  }
}

/** The named matchers of a site, `@api path /api/*`. */
export function readMatchers(block: readonly Segment[]): Map<string, Match> {
  return new Map(
    block.flatMap(({ words: [name = '', ...rest], block: inner = [] }) => {
      const conditions = [...(rest.length > 0 ? [rest] : []), ...inner.map(({ words }) => words)]
      return name.startsWith('@') ? [[name, toMatch(name, conditions)] as const] : []
    }),
  )
}

/** Takes the matcher that a directive may start with off its words. */
export function takeMatcher(
  words: readonly string[],
  matchers: ReadonlyMap<string, Match>,
): { match: Match; rest: string[] } {
  const [first = '', ...rest] = words
  if (first.startsWith('@')) return { match: matchers.get(first) ?? { hosts: null, patterns: [first] }, rest }
  if (first === '*' || first.startsWith('/')) return { match: { hosts: null, patterns: [toPattern(first)] }, rest }
  return { match: matchAll, rest: [...words] }
}
