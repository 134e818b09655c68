import { type Site, toRegex } from './choose-site.js'

type Location = Site['locations'][number]

/**
 * The location that nginx takes for a path, as `ngx_http_core_find_location()` finds it: an exact one, else the longest
 * prefix, unless a regular expression matches (the first does) and the prefix does not say `^~`. What is nested in a
 * location is asked before the expressions around it. undefined where none matches.
 */
export function chooseLocation(site: Site, path: string): Location | undefined {
  return findIn(site.locations, undefined, normalizePath(path)).location
}

interface Found {
  location: Location | undefined
  /** Whether no expression of an outer level can change it. */
  isFinal: boolean
}

function findIn(all: readonly Location[], within: string | undefined, path: string): Found {
  const level = all
    .filter((location) => location.within === within)
    .map((location) => ({ location, ...splitPattern(location.pattern) }))
  const exact = level.find(({ modifier, text }) => modifier === '=' && text === path)
  if (exact) return { location: exact.location, isFinal: true }
  const prefix = level
    .filter(({ modifier, text }) => (modifier === '' || modifier === '^~') && path.startsWith(text))
    .reduce<(typeof level)[number] | undefined>(
      (best, next) => (best && best.text.length >= next.text.length ? best : next),
      undefined,
    )
  const nested = prefix ? findIn(all, prefix.location.pattern, path) : undefined
  if (nested?.isFinal) return nested
  const expression =
    prefix?.modifier === '^~' ? undefined : level.find((entry) => matchesExpression(entry, path))?.location
  if (!expression) return { location: nested?.location ?? prefix?.location, isFinal: false }
  return { location: findIn(all, expression.pattern, path).location ?? expression, isFinal: true }
}

function splitPattern(pattern: string): { modifier: string; text: string } {
  // sample: ~* \.php$, = /health, /
  const [, modifier = '', text = pattern] = /^(=|~\*|~|\^~) (.*)$/s.exec(pattern) ?? []
  return { modifier: pattern.startsWith('@') ? '@' : modifier, text }
}

function matchesExpression({ modifier, text }: { modifier: string; text: string }, path: string): boolean {
  if (modifier !== '~' && modifier !== '~*') return false
  return toRegex(text, modifier === '~*' ? 'i' : '')?.test(path) ?? false
}

/** The path without its query, decoded, with single slashes: nginx matches that. */
function normalizePath(path: string): string {
  const bare = path.split('?')[0]?.replaceAll(/\/{2,}/g, '/') ?? ''
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}
