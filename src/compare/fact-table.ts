import { UserError } from '../errors.js'
import { suggestNames } from '../inventory/nearest.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { appColumns } from './app-columns.js'
import { nothing } from './fact-column.js'
import { byRank, headingOf, variableOf, variablePrefix } from './fact-columns.js'
import { hostColumns } from './host-columns.js'
import { countSeen, findMajority, type Majority, type Tally, tally } from './majority.js'
import { compareNames, type NameDifference } from './name-difference.js'
import { usualEnvironment } from './outliers.js'
import { listSubjects, type Subject } from './subjects.js'

/** Facts of hosts, or of one app on several hosts, laid side by side. */
export interface FactTable {
  /** null for the facts of the hosts themselves. */
  app: string | null
  columns: FactTableColumn[]
  rows: FactTableRow[]
}

export interface FactTableColumn {
  id: string
  heading: string
  /** On how many it was seen, and how many different values were. */
  seen: number
  values: number
  majority: Majority | null
  /** The value of all on which it was seen; null where they differ. */
  shared: string | null
}

export interface FactTableRow {
  host: string
  /** In the order of the columns; null = not seen. */
  values: (string | null)[]
  /** Which names make its environment another than that of most; absent where it is not. */
  names?: NameDifference
}

/** Which facts are shown. */
export interface FactChoice {
  /** The ids of columns, as `checkColumns` takes them; all that say something, when not given. */
  columns?: readonly string[]
  /** Only those that are not the same everywhere. */
  onlyDifferences?: boolean
}

/** A table of the hosts, and one of each app in the order in which they first come; one without columns is left out. */
export function layOutFacts(hosts: readonly HostRecord[], choice: FactChoice = {}): FactTable[] {
  const byApp = new Map<string | null, Subject[]>()
  for (const subject of listSubjects(hosts)) {
    const same = byApp.get(subject.app)
    if (same) same.push(subject)
    else byApp.set(subject.app, [subject])
  }
  return [...byApp].flatMap(([app, subjects]) => {
    const table = layOut(app, subjects, choice)
    return table.columns.length > 0 ? [table] : []
  })
}

function layOut(app: string | null, subjects: readonly Subject[], choice: FactChoice): FactTable {
  const tallies = tally(subjects.map(({ values }) => values))
  const ids = chooseIds([...tallies.keys()].sort(byRank), tallies, choice)
  const columns = ids.map((id) => {
    const counts = tallies.get(id) ?? new Map<string, number>()
    const majority = findMajority(counts) ?? null
    const shared = counts.size === 1 ? ([...counts.keys()][0] ?? null) : null
    return { id, heading: headingOf(id), seen: countSeen(counts), values: counts.size, majority, shared }
  })
  const usual = usualEnvironment(subjects, columns.find(({ id }) => id === 'env')?.majority?.value)
  const rows = subjects.map(({ record, values, environment }) => ({
    host: record.name,
    values: ids.map((id) => values.get(id) ?? null),
    ...(usual && environment && { names: compareNames(environment, usual) }),
  }))
  return { app, columns, rows }
}

function chooseIds(ids: readonly string[], tallies: ReadonlyMap<string, Tally>, choice: FactChoice): string[] {
  const sizeOf = (id: string) => tallies.get(id)?.size ?? 0
  const { columns: asked, onlyDifferences = false } = choice
  const chosen = asked
    ? asked.flatMap((one) => ids.filter((id) => id === one || (one === allVariables && variableOf(id) !== undefined)))
    : // A variable that is the same everywhere is one of many such.
      ids.filter((id) => variableOf(id) === undefined || sizeOf(id) > 1)
  return chosen.filter((id) => !onlyDifferences || sizeOf(id) > 1)
}

const allVariables = `${variablePrefix}*`

/** Refuses ids that no column has. Throws UserError, which names the nearest and lists all. */
export function checkColumns(asked: readonly string[]): void {
  const ids = [...hostColumns, ...appColumns].map(({ id }) => id)
  const wrong = asked.find((id) => !ids.includes(id) && !variableOf(id))
  if (wrong === undefined) return
  const all = [...ids, `${variablePrefix}NAME`, allVariables]
  throw new UserError(t`there is no column '${wrong}'`, {
    mend: t`${suggestNames(wrong, all)} (the columns are ${joinWords(all)})`,
  })
}

/** A plain table of texts, for formats that are made of rows. */
export interface ComparisonTable {
  headings: string[]
  rows: string[][]
}

/**
 * A row a fact with what most have and what each host has, or, transposed, a row a host. What was not seen is `?`.
 */
export function toPlainTable({ app, columns, rows }: FactTable, isTransposed = false): ComparisonTable {
  const subject = app ?? t`host`
  const show = (value: string | null | undefined) => value ?? '?'
  if (isTransposed)
    return {
      headings: [subject, ...columns.map(({ heading }) => heading)],
      rows: [[t`most`, ...columns.map(tellMost)], ...rows.map(({ host, values }) => [host, ...values.map(show)])],
    }
  return {
    headings: [subject, t`most`, ...rows.map(({ host }) => host)],
    rows: columns.map((column, index) => [
      column.heading,
      tellMost(column),
      ...rows.map(({ values }) => show(values[index])),
    ]),
  }
}

/** `20.19.2 (11 of 12)`, `no majority: 3 values`; the value alone where all that were seen have it. */
export function tellMost({ id, majority, seen, values, shared }: FactTableColumn): string {
  if (values === 0) return '?'
  if (shared !== null) return sayValue(id, shared)
  return majority ? t`${sayValue(id, majority.value)} (${majority.count} of ${seen})` : t`no majority: ${values} values`
}

const digestLength = '#3f2a90'.length

/** A value for a person: how many names an environment has, rather than their digest, and the start of other digests. */
export function sayValue(id: string, value: string): string {
  if (value === nothing) return t`none`
  if (variableOf(id) !== undefined) return value.slice(0, digestLength)
  return id === 'env' ? t`${value.split(' ')[0]} variables` : value
}

/** Whether a value is another than that of most; where there is no majority none is. */
export function isOdd(value: string | null, { majority }: FactTableColumn): boolean {
  return value !== null && majority !== null && value !== majority.value
}
