import { t } from '../language/language.js'
import type { Comparison } from './comparison.js'
import { nothing } from './fact-column.js'
import { headingOf, variableOf } from './fact-columns.js'
import type { NameDifference } from './name-difference.js'
import type { Difference, Outlier } from './outliers.js'
import type { Contrast } from './sick-and-well.js'

/** `Node.js (18.20.4, others 20.19.2)`, `DATABASE_URL (another value)`, `environment (lacks DATABASE_URL)`. */
export function tellDifference({ column, value, ...names }: Difference, usual: string): string {
  return tell(column, names, t`another value`, t`${say(value)}, others ${say(usual)}`)
}

/** `Node.js (18.20.4, healthy 20.19.2)`. */
export function tellContrast({ column, sick, well, ...names }: Contrast['differs'][number]): string {
  const list = (values: readonly string[]) => values.map(say).join(', ')
  return tell(column, names, t`another value`, t`${list(sick)}, healthy ${list(well)}`)
}

/** Digests are not quoted: they say that something differs, not what. */
function tell(column: string, { lacks = [], adds = [] }: NameDifference, hidden: string, values: string): string {
  const heading = headingOf(column)
  if (variableOf(column) !== undefined) return t`${heading} (${hidden})`
  if (column === 'gateway-config') return heading
  if (column !== 'env') return t`${heading} (${values})`
  const names = [
    ...(lacks.length > 0 ? [t`lacks ${listSome(lacks)}`] : []),
    ...(adds.length > 0 ? [t`has ${listSome(adds)} besides`] : []),
  ]
  return names.length === 0 ? heading : t`${heading} (${names.join(t`; `)})`
}

const mostCharacters = 48

/** What a value is in a sentence. */
function say(value: string): string {
  if (value === nothing) return t`none`
  return value.length > mostCharacters ? `${value.slice(0, mostCharacters - 1)}…` : value
}

const mostNames = 5

function listSome(names: readonly string[]): string {
  const more = names.length - mostNames
  return names.slice(0, mostNames).join(', ') + (more > 0 ? t` and ${more} more` : '')
}

/** From whom an outlier differs: `the other 11 of web`, where each of them is as most are in all that is told. */
export function tellOthers({ hosts, differs }: Outlier, { hosts: all, group, columns }: Comparison): string {
  const others = all.length - hosts.length
  const counts = new Map(columns.map(({ id, majority }) => [id, majority?.count]))
  const isAll = differs.every(({ column }) => counts.get(column) === others)
  if (group === null) return isAll ? t`the other ${others}` : t`most of the ${all.length}`
  return isAll ? t`the other ${others} of ${group}` : t`most of the ${all.length} of ${group}`
}
