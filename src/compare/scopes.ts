import type { Subject } from './subjects.js'

/** What is laid side by side: the hosts of a group, or the same app on them. */
export interface Scope {
  /** null where hosts are compared. */
  app: string | null
  /** null = wherever the app is; of hosts, those that are in no group. */
  group: string | null
  subjects: Subject[]
}

/** Of two things that differ, none is the odd one. */
const fewest = 3

/**
 * Every set of at least three that are meant to be alike: the hosts of each group (those without one count as one), an app
 * on all hosts that have it, and on those of each group. The same set is there once, by its first name.
 */
export function findScopes(subjects: readonly Subject[]): Scope[] {
  const scopes = new Map<string, Scope>()
  for (const subject of subjects)
    for (const group of groupsOf(subject)) {
      const key = JSON.stringify([subject.app, group])
      const scope = scopes.get(key)
      if (scope) scope.subjects.push(subject)
      else scopes.set(key, { app: subject.app, group, subjects: [subject] })
    }
  return dropTwins([...scopes.values()].filter((scope) => scope.subjects.length >= fewest))
}

function groupsOf({ app, record: { groups } }: Subject): Iterable<string | null> {
  if (app === null && groups.length === 0) return [null]
  return new Set([...(app === null ? [] : [null]), ...groups])
}

function dropTwins(scopes: readonly Scope[]): Scope[] {
  const seen = new Set<string>()
  return scopes.filter(({ app, subjects }) => {
    const key = JSON.stringify([app, ...subjects.map(({ record }) => record.name)])
    return !seen.has(key) && seen.add(key)
  })
}
