import { z } from 'zod'
import { byRank, headingOf, variableOf } from './fact-columns.js'
import { countSeen, findMajority, type Tally, tally } from './majority.js'
import { type CountedScope, findOutliers, outlierSchema } from './outliers.js'
import { findScopes, type Scope } from './scopes.js'
import type { Subject } from './subjects.js'

const columnSchema = z.object({
  /** `node`, `build`, `gateway-config`; `env:DATABASE_URL` for the value of a variable. */
  id: z.string(),
  heading: z.string(),
  /** On how many it was seen. */
  seen: z.number(),
  /** How many different values were. */
  values: z.number(),
  /** What more than half of those have; null where no value has that many. Of a variable `#` and a digest. */
  majority: z.object({ value: z.string(), count: z.number() }).nullable(),
})

/**
 * What the hosts of a group, or an app on several hosts, have in common, and who differs in what. Variables are listed only
 * where they differ.
 */
export const comparisonSchema = z.object({
  /** The app that is compared; null where the hosts themselves are. */
  app: z.string().nullable(),
  /** The group that it is compared in; null = all hosts that have the app, or that are in no group. */
  group: z.string().nullable(),
  /** Those that could be looked at. */
  hosts: z.array(z.string()),
  columns: z.array(columnSchema),
  /** Who differs from the majority, those that differ in the same together; what a narrower comparison settles is not told again. */
  outliers: z.array(outlierSchema),
})

export type Comparison = z.infer<typeof comparisonSchema>

/** Lays subjects side by side with their like. */
export function compareSubjects(subjects: readonly Subject[]): Comparison[] {
  const scopes = findScopes(subjects).map((scope) => ({ ...scope, columns: countColumns(scope) }))
  const outliers = findOutliers(scopes)
  return scopes.map((scope) => ({
    ...{ app: scope.app, group: scope.group },
    hosts: scope.subjects.map(({ record }) => record.name),
    columns: [...scope.columns].filter(isTelling).map(([id, { counts, majority }]) => ({
      ...{ id, heading: headingOf(id) },
      ...{ seen: countSeen(counts), values: counts.size, majority: majority ?? null },
    })),
    outliers: outliers.get(scope) ?? [],
  }))
}

/** Every column of which something was seen, in the order to tell them. */
function countColumns({ subjects }: Scope): CountedScope['columns'] {
  const tallies = [...tally(subjects.map(({ values }) => values))].toSorted(([one], [other]) => byRank(one, other))
  return new Map(tallies.map(([id, counts]) => [id, { counts, majority: findMajority(counts) }]))
}

/** A variable that is the same everywhere, or different everywhere, as the id of a host is, says nothing. */
function isTelling([id, { counts }]: readonly [string, { counts: Tally }]): boolean {
  return variableOf(id) === undefined || (counts.size > 1 && counts.size < countSeen(counts))
}
