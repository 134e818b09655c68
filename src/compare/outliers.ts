import { z } from 'zod'
import type { Environment } from './environment.js'
import { byRank } from './fact-columns.js'
import { countSeen, type Majority, type Tally } from './majority.js'
import { compareNames, nameDifferenceSchema } from './name-difference.js'
import type { Scope } from './scopes.js'
import type { Subject } from './subjects.js'

const differenceSchema = z.object({
  /** The id of the column. */
  column: z.string(),
  /** `-` = has none; of a variable `#` and a digest. */
  value: z.string(),
  ...nameDifferenceSchema.shape,
})

export const outlierSchema = z.object({
  hosts: z.array(z.string()),
  /** The most telling first. */
  differs: z.array(differenceSchema),
})

export type Difference = z.infer<typeof differenceSchema>
export type Outlier = z.infer<typeof outlierSchema>

/** A scope with what was seen in it, by the ids of columns in the order to tell them. */
export interface CountedScope extends Scope {
  columns: ReadonlyMap<string, { counts: Tally; majority: Majority | undefined }>
}

/** What each odd subject of a scope differs in. */
type Odd = Map<Subject, Difference[]>

/**
 * Who has another value than most of a scope, those that differ in the same together. A host is in several: what it is
 * called odd for, it is called once. The narrowest in which nearly all agree has the word: a database host is not odd among
 * all of production because the web hosts are more, and a group that a fault has split makes nobody odd who is as all others
 * are. Where no scope is so sure, the one with the most hosts has it.
 */
export function findOutliers(scopes: readonly CountedScope[]): Map<CountedScope, Outlier[]> {
  const odd = new Map<CountedScope, Odd>(scopes.map((scope) => [scope, new Map()]))
  const settled = new Map<Subject, Set<string>>()
  const bySize = scopes.toSorted((one, other) => one.subjects.length - other.subjects.length)
  for (const scope of bySize) judgeScope(scope, isSure, settled, odd.get(scope))
  for (const scope of bySize.toReversed()) judgeScope(scope, () => true, settled, odd.get(scope))
  return new Map(scopes.map((scope) => [scope, fold(scope, odd.get(scope))]))
}

const fewestSure = 3

function isSure({ count }: Majority, counts: Tally): boolean {
  return count >= fewestSure && count * 4 >= countSeen(counts) * 3
}

function judgeScope(
  { subjects, columns }: CountedScope,
  hasTheWord: (majority: Majority, counts: Tally) => boolean,
  settled: Map<Subject, Set<string>>,
  odd: Odd | undefined,
): void {
  const usual = [...columns].flatMap(([column, { counts, majority }]) =>
    majority && hasTheWord(majority, counts) ? [{ column, value: majority.value }] : [],
  )
  for (const subject of subjects) {
    const done = settled.get(subject) ?? new Set<string>()
    settled.set(subject, done)
    const open = usual.filter(({ column }) => subject.values.has(column) && !done.has(column))
    for (const { column } of open) done.add(column)
    const differs = open.flatMap(({ column, value }) => {
      const own = subject.values.get(column)
      return own === undefined || own === value ? [] : [{ column, value: own }]
    })
    if (differs.length > 0) odd?.set(subject, [...(odd.get(subject) ?? []), ...differs])
  }
}

function fold({ subjects, columns }: CountedScope, odd: Odd = new Map()): Outlier[] {
  const usual = usualEnvironment(subjects, columns.get('env')?.majority?.value)
  const outliers = new Map<string, Outlier>()
  for (const [{ record, environment }, differences] of odd) {
    const differs = differences
      .toSorted((one, other) => byRank(one.column, other.column))
      .map((one) => (one.column === 'env' ? { ...one, ...compareNames(environment, usual) } : one))
    const key = JSON.stringify(differs)
    const outlier = outliers.get(key)
    if (outlier) outlier.hosts.push(record.name)
    else outliers.set(key, { hosts: [record.name], differs })
  }
  return [...outliers.values()]
}

/** The environment of the first that has the value of most in the column `env`. */
export function usualEnvironment(subjects: readonly Subject[], most: string | undefined): Environment | undefined {
  return most === undefined ? undefined : subjects.find(({ values }) => values.get('env') === most)?.environment
}
