import { z } from 'zod'
import { nothing } from './fact-column.js'
import { byRank, isMinor, variableOf } from './fact-columns.js'
import { countSeen, type Tally, tally } from './majority.js'
import { compareNames, nameDifferenceSchema } from './name-difference.js'
import { findScopes, type Scope } from './scopes.js'
import type { Subject } from './subjects.js'

/** In what the hosts that one cause has hit differ from the healthy ones beside them: where to look in an outage. */
export const contrastSchema = z.object({
  /** The root cause; null where it is not known. */
  cause: z.string().nullable(),
  /** Those that it has hit. */
  sick: z.array(z.string()),
  /** Those that they are held against. */
  well: z.array(z.string()),
  /** The app that is compared; null where the hosts themselves are. */
  app: z.string().nullable(),
  /** No sick host has a value of a well one, the hosts of one side are all the same, and some of the other; some values of each. */
  differs: z.array(
    z.object({
      column: z.string(),
      sick: z.array(z.string()),
      well: z.array(z.string()),
      /** Of the environment: the names that only the well have, and only the sick. */
      ...nameDifferenceSchema.shape,
    }),
  ),
})

export type Contrast = z.infer<typeof contrastSchema>

/** Of one host, whatever it has differs. */
const fewest = 2
const mostValues = 3

/** Holds the hosts of each cause against the healthy ones: in the narrowest set of hosts, and of each app, that has both. */
export function findContrasts(subjects: readonly Subject[]): Contrast[] {
  const scopes = [...findScopes(subjects), wholeFleet(subjects)].toSorted(
    (one, other) => one.subjects.length - other.subjects.length,
  )
  return [...sickHosts(subjects)].flatMap(([cause, sick]) => {
    if (sick.size < fewest) return []
    return chooseScopes(scopes, sick).flatMap((scope) => contrast(cause, sick, scope))
  })
}

function wholeFleet(subjects: readonly Subject[]): Scope {
  return { app: null, group: null, subjects: subjects.filter(({ app }) => app === null) }
}

/** The names of the hosts that each root cause has hit. */
function sickHosts(subjects: readonly Subject[]): Map<string | null, Set<string>> {
  const sick = new Map<string | null, Set<string>>()
  for (const { app, record } of subjects) {
    if (app !== null || (record.status !== 'broken' && record.status !== 'degraded')) continue
    const cause = record.causes[0]?.id ?? null
    const names = sick.get(cause) ?? new Set()
    sick.set(cause, names.add(record.name))
  }
  return sick
}

/** Of the hosts, and of each app, the narrowest that has all of the sick and enough healthy ones. */
function chooseScopes(scopes: readonly Scope[], sick: ReadonlySet<string>): Scope[] {
  const chosen = new Map<string | null, Scope>()
  for (const scope of scopes) {
    if (chosen.has(scope.app)) continue
    const ill = scope.subjects.filter(({ record }) => sick.has(record.name))
    if (!ill.some((subject) => isHit(subject))) continue
    if (ill.length === sick.size && healthyOf(scope).length >= fewest) chosen.set(scope.app, scope)
  }
  return [...chosen.values()]
}

/** Whether it is the host itself, or an app that the cause is about or that requests do not reach. */
function isHit({ app, record: { causes, paths } }: Subject): boolean {
  return app === null || causes[0]?.subject === app || paths.some((path) => path.app === app && path.serves === false)
}

function healthyOf({ subjects }: Scope): Subject[] {
  return subjects.filter(({ record }) => record.status === 'healthy')
}

function contrast(cause: string | null, names: ReadonlySet<string>, scope: Scope): Contrast[] {
  const sick = scope.subjects.filter(({ record }) => names.has(record.name))
  const well = healthyOf(scope)
  const ofWell = tally(well.map(({ values }) => values))
  const differs = [...tally(sick.map(({ values }) => values))].flatMap(([column, values]) => {
    const others = ofWell.get(column)
    if (!others || isMinor(column) || !isSeen(values, sick) || !isSeen(others, well)) return []
    if (!separates(column, values, others)) return []
    return [{ column, sick: someOf(values), well: someOf(others), ...(column === 'env' && compareFirst(sick, well)) }]
  })
  if (differs.length === 0) return []
  const sorted = differs.toSorted((one, other) => byRank(one.column, other.column))
  return [{ cause, sick: [...names], well: well.map(({ record }) => record.name), app: scope.app, differs: sorted }]
}

/** The names that make the difference between two environments, where each side has one; else those of the first of each. */
function compareFirst(sick: readonly Subject[], well: readonly Subject[]) {
  const first = (subjects: readonly Subject[]) => subjects.find(({ environment }) => environment)?.environment
  return compareNames(first(sick), first(well))
}

/** What was seen on a few says nothing of the others. */
function isSeen(values: Tally, subjects: readonly Subject[]): boolean {
  return countSeen(values) >= fewest && countSeen(values) * 2 > subjects.length
}

/** That the sick have none of something, such as a build, is what makes them sick, and is told as the cause. */
function separates(column: string, sick: Tally, well: Tally): boolean {
  if (variableOf(column) === undefined && sick.has(nothing)) return false
  const isOneSided = (sick.size === 1 && !isEachItsOwn(well)) || (well.size === 1 && !isEachItsOwn(sick))
  return isOneSided && [...sick.keys()].every((value) => !well.has(value))
}

/** Where no two are alike, to be unlike them says nothing. */
function isEachItsOwn(values: Tally): boolean {
  return values.size > 1 && values.size === countSeen(values)
}

function someOf(values: Tally): string[] {
  return [...values.keys()].slice(0, mostValues)
}
