import { literal } from '../literal.js'

/** A way that a gateway hands requests on by their path; `pattern` as in the facts. */
interface Way {
  pattern: string
}

/**
 * Makes ways of which the first match counts (ProxyPass, use_backend) right for a reader for whom expressions come first, and
 * then the longest prefix, as in nginx: what an earlier way hides is left out, a prefix before an expression gets `^~`,
 * and one after an expression becomes one itself, if another follows; so does a single path.
 */
export function dropShadowed<W extends Way>(ways: readonly W[]): W[] {
  const seen: { prefixes: Set<string>; patterns: Set<string>; takesAll: boolean } = {
    prefixes: new Set(),
    patterns: new Set(),
    takesAll: false,
  }
  const reached = ways.filter(({ pattern }) => {
    if (pattern.startsWith('@')) return !seen.takesAll
    const text = prefixOf(pattern)
    const path = text ?? exactOf(pattern)
    const isHidden =
      seen.takesAll ||
      seen.patterns.has(pattern) ||
      (path !== null && beginnings(path).some((each) => seen.prefixes.has(each)))
    seen.patterns.add(pattern)
    if (text !== null) seen.prefixes.add(text)
    seen.takesAll ||= text === '/' || takesAll(pattern)
    return !isHidden
  })
  const [firstExpression, lastExpression] = [reached.findIndex(isExpression), reached.findLastIndex(isExpression)]
  return reached.map((way, index) => {
    const [prefix, exact] = [prefixOf(way.pattern), exactOf(way.pattern)]
    if (firstExpression < 0 || (prefix === null && exact === null)) return way
    if (index < firstExpression) return prefix === null ? way : { ...way, pattern: `^~ ${prefix}` }
    if (prefix !== null) return index > lastExpression ? way : { ...way, pattern: `~ ^${literal(prefix)}` }
    return { ...way, pattern: `~ ^${literal(exact ?? '')}$` }
  })
}

function isExpression({ pattern }: Way): boolean {
  return pattern.startsWith('~')
}

function prefixOf(pattern: string): string | null {
  return pattern.startsWith('/') ? pattern : null
}

function exactOf(pattern: string): string | null {
  return pattern.startsWith('= ') ? pattern.slice(2) : null
}

const longestPath = 300

/** `/`, `/a`, `/ap`, `/api`… */
function beginnings(path: string): string[] {
  return Array.from({ length: Math.min(path.length, longestPath) }, (_, index) => path.slice(0, index + 1))
}

/** Expressions for every path. */
function takesAll(pattern: string): boolean {
  // sample: ~ ^/(.*)$, ~ ^(.*), ~ .*, ~ ^
  return /^~\*? (?:\^|\^?\/?\??\(?\.\*\)?\$?)$/.test(pattern)
}
