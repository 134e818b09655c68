import type { Comparison } from '../../compare/comparison.js'
import { headingOf } from '../../compare/fact-columns.js'
import type { Fleet } from '../../compare/fleet.js'
import { foldHosts } from '../../compare/fold-hosts.js'
import type { Difference, Outlier } from '../../compare/outliers.js'
import { joinWords } from '../../language/join-words.js'

/** Another value than most have, and who has it. */
export interface PageOutlier extends Omit<Difference, 'column'> {
  folded: string
  hosts: string[]
}

/** One thing by which hosts are compared, that is not the same on all. */
export interface PageDifference {
  heading: string
  /** What most have; null where no value has a majority. */
  majority: { value: string; count: number } | null
  seen: number
  values: number
  outliers: PageOutlier[]
}

/** The hosts of a group, or those with an app, where they differ. */
export interface PageComparison {
  app: string | null
  group: string | null
  size: number
  differences: PageDifference[]
}

/** In what sick hosts differ from well ones beside them. */
export interface PageContrast {
  cause: string | null
  app: string | null
  sick: string
  well: string
  sickCount: number
  wellCount: number
  differs: { heading: string; sick: string; well: string; lacks?: string[]; adds?: string[] }[]
}

const mostHosts = 60

export function listComparisons({ comparisons }: Fleet): PageComparison[] {
  return comparisons
    .map(({ app, group, hosts, columns, outliers }) => ({
      ...{ app, group, size: hosts.length },
      differences: columns.map((column) => toDifference(column, outliers)).filter(isWorthTelling),
    }))
    .filter(({ differences }) => differences.length > 0)
}

function toDifference(column: Comparison['columns'][number], outliers: readonly Outlier[]): PageDifference {
  const { id, heading, majority, seen, values } = column
  const byValue = new Map<string, { difference: Difference; hosts: string[] }>()
  for (const { hosts, differs } of outliers) {
    const difference = differs.find((one) => one.column === id)
    if (!difference) continue
    const same = byValue.get(difference.value)
    if (same) same.hosts.push(...hosts)
    else byValue.set(difference.value, { difference, hosts: [...hosts] })
  }
  return { heading, majority, seen, values, outliers: [...byValue.values()].map(toOutlier) }
}

function toOutlier({
  difference: { column: _, ...rest },
  hosts,
}: {
  difference: Difference
  hosts: string[]
}): PageOutlier {
  return { ...rest, folded: foldHosts(hosts), hosts: hosts.slice(0, mostHosts) }
}

/** Where there is no majority, a value of its own for each host, as an id has it, says nothing. */
function isWorthTelling({ majority, seen, values, outliers }: PageDifference): boolean {
  return outliers.length > 0 || (majority === null && values > 1 && values < seen)
}

export function listContrasts({ contrasts }: Fleet): PageContrast[] {
  return contrasts.map(({ cause, app, sick, well, differs }) => ({
    ...{ cause, app, sick: foldHosts(sick), well: foldHosts(well), sickCount: sick.length, wellCount: well.length },
    differs: differs.map(({ column, sick: ofSick, well: ofWell, ...names }) => ({
      ...{ heading: headingOf(column), sick: joinWords(ofSick), well: joinWords(ofWell) },
      ...names,
    })),
  }))
}

/** In what each host differs from the majority of its like, by headings. */
export function differencesOfHosts({ comparisons }: Fleet): Map<string, string[]> {
  const differences = new Map<string, Set<string>>()
  for (const { outliers } of comparisons)
    for (const { hosts, differs } of outliers)
      for (const name of hosts) {
        const headings = differences.get(name) ?? new Set()
        differences.set(name, headings)
        for (const { column } of differs) headings.add(headingOf(column))
      }
  return new Map([...differences].map(([name, headings]) => [name, [...headings]]))
}
