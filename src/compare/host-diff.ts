import type { HostRecord } from '../record.js'
import type { Environment } from './environment.js'
import { byRank, headingOf, variableOf } from './fact-columns.js'
import { listSubjects, type Subject } from './subjects.js'

/** What there is of each of two hosts, the first one first. */
export type Pair<T> = readonly [T, T]

/** A fact in which two hosts differ; null = not seen there, `-` = there is none. */
export interface FactDifference {
  /** null for a fact of the host itself. */
  app: string | null
  /** As for `fleetdx compare`: `node`, `gateway`. */
  column: string
  heading: string
  values: Pair<string | null>
}

/** In what the environments of an app differ: by name, as values never leave a host. */
export interface EnvironmentDifference {
  app: string
  /** Names that are there alone. */
  only: Pair<string[]>
  /** Names whose values differ. */
  differ: string[]
  /** Names whose values are the same. */
  same: string[]
  /** Names on both hosts, of whose values nothing is known. */
  unknown: string[]
}

export interface HostDiff {
  facts: FactDifference[]
  /** How many facts are the same. */
  same: number
  /** Facts that were seen on one of the two alone: nobody can tell whether they differ. */
  unseen: FactDifference[]
  /** Apps that are there alone. */
  apps: Pair<string[]>
  environments: EnvironmentDifference[]
  /** Apps whose environment was not seen whole on both. */
  unseenEnvironments: string[]
}

/** Lays two hosts that were looked at side by side. `skipped` are columns that something else tells better. Pure. */
export function diffHosts(hosts: Pair<HostRecord>, skipped: readonly string[] = []): HostDiff {
  const [first, second] = [listSubjects([hosts[0]]), listSubjects([hosts[1]])]
  const pairs = first.flatMap((one): Pair<Subject>[] => {
    const other = second.find(({ app }) => app === one.app)
    return other ? [[one, other]] : []
  })
  const facts = pairs.flatMap((pair) => pairFacts(pair, skipped))
  const apps = pairs.filter(([{ app }]) => app !== null)
  const environments = apps.flatMap(diffEnvironments)
  return {
    facts: facts.filter(({ values: [one, other] }) => one !== null && other !== null && one !== other),
    same: facts.filter(({ values: [one, other] }) => one === other).length,
    unseen: facts.filter(({ values }) => values.includes(null)),
    apps: [onlyIn(first, second), onlyIn(second, first)],
    environments,
    unseenEnvironments: apps.flatMap(([{ app }]) =>
      app === null || environments.some((one) => one.app === app) ? [] : [app],
    ),
  }
}

function onlyIn(own: readonly Subject[], others: readonly Subject[]): string[] {
  const known = new Set(others.map(({ app }) => app))
  return own.flatMap(({ app }) => (app === null || known.has(app) ? [] : [app]))
}

/** Every fact that was seen on one of them at least. The environment is told by its names, not as a fact. */
function pairFacts([one, other]: Pair<Subject>, skipped: readonly string[]): FactDifference[] {
  const columns = new Set([...one.values.keys(), ...other.values.keys()])
  return [...columns]
    .filter((id) => id !== 'env' && variableOf(id) === undefined && !skipped.includes(id))
    .sort(byRank)
    .map((column) => ({
      ...{ app: one.app, column, heading: headingOf(column) },
      values: [one.values.get(column) ?? null, other.values.get(column) ?? null],
    }))
}

function diffEnvironments([one, other]: Pair<Subject>): EnvironmentDifference[] {
  if (one.app === null || !one.environment || !other.environment) return []
  const [first, second] = [one.environment, other.environment]
  const both = [...first.keys()].filter((name) => second.has(name)).sort()
  const judged = both.map((name) => ({ name, isSame: compareDigests(first.get(name), second.get(name)) }))
  const named = (verdict: boolean | null) => judged.flatMap(({ name, isSame }) => (isSame === verdict ? [name] : []))
  const only: Pair<string[]> = [namesOnlyIn(first, second), namesOnlyIn(second, first)]
  return [{ app: one.app, only, differ: named(false), same: named(true), unknown: named(null) }]
}

function compareDigests(one: string | null = null, other: string | null = null): boolean | null {
  return one === null || other === null ? null : one === other
}

function namesOnlyIn(own: Environment, other: Environment): string[] {
  return [...own.keys()].filter((name) => !other.has(name)).sort()
}
