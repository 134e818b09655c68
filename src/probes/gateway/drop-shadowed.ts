/** A way that a gateway hands requests on by their path; `pattern` as in the facts. */
interface Way {
  pattern: string
}

/**
 * Makes ways of which the first match counts (ProxyPass, use_backend) right for a reader for whom expressions come first, and
 * then the longest prefix, as in nginx: what an earlier way hides is left out, and a prefix before an expression gets `^~`.
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
  const lastExpression = reached.findLastIndex(({ pattern }) => pattern.startsWith('~'))
  return reached.map((way, index) =>
    prefixOf(way.pattern) !== null && index < lastExpression ? { ...way, pattern: `^~ ${way.pattern}` } : way,
  )
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
