import { ParseError } from '../../errors.js'
import type { Listen, Place } from './facts.js'

/** Which requests a condition takes. */
export interface Match {
  /** null for every host. */
  hosts: string[] | null
  /** As in the facts; `@name` where the path alone does not tell. */
  patterns: string[]
}

export const matchAll: Match = { hosts: null, patterns: ['/'] }

/** Both of them: the requests that an inner condition takes within an outer one. */
export function within(outer: Match, inner: Match): Match {
  const patterns = outer.patterns.flatMap((around) => inner.patterns.map((pattern) => narrow(around, pattern)))
  return { hosts: inner.hosts ?? outer.hosts, patterns: [...new Set(patterns)] }
}

function narrow(around: string, pattern: string): string {
  if (pattern === '/' || pattern === around) return around
  if (around === '/') return pattern
  const bare = pattern.replace(/^= /, '')
  return around.startsWith('/') && bare.startsWith(around) ? pattern : `@${bare.replace(/^[@/~]+ ?/, '')}`
}

/** Routes that share where they are reached, in the order in which they are tried. */
export interface Served<R> {
  names: string[]
  listens: Listen[]
  place: Place
  routes: R[]
}

const mostRoutes = 20_000

/** Makes one of it for each host that some of the routes are for alone, and one for the rest. Throws ParseError. */
export function splitByHost<R extends { hosts: string[] | null }, S extends Served<R>>(served: readonly S[]): S[] {
  let room = mostRoutes
  return served.flatMap((each) => {
    const groups = new Map(each.routes.flatMap(({ hosts }) => (hosts ? [[hosts.join(' '), hosts] as const] : [])))
    room -= (groups.size + 1) * each.routes.length
    if (room < 0) throw new ParseError('a gateway of too many routes')
    const own = each.routes.filter(({ hosts }) => hosts === null)
    const split = [...groups].map(([key, names]) => ({
      ...each,
      names,
      routes: each.routes.filter(({ hosts }) => hosts === null || hosts.join(' ') === key),
    }))
    return [...split, ...(own.length > 0 || groups.size === 0 ? [{ ...each, routes: own }] : [])]
  })
}
