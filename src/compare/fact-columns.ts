import { appColumns } from './app-columns.js'
import { hostColumns } from './host-columns.js'

/**
 * The columns of an app's environment variables, `env:DATABASE_URL`: what stands in them is a digest of the value, keyed
 * anew for every run, `#3f2a90c1b7de`.
 */
export const variablePrefix = 'env:'

/** The name of the variable that a column is about; undefined of any other column. */
export function variableOf(id: string): string | undefined {
  return id.startsWith(variablePrefix) ? id.slice(variablePrefix.length) : undefined
}

/** What a column is called; of one that is not known, its id. */
export function headingOf(id: string): string {
  return variableOf(id) ?? [...appColumns, ...hostColumns].find((column) => column.id === id)?.heading() ?? id
}

/** Whether a column is told only beside others. */
export function isMinor(id: string): boolean {
  return hostColumns.some((column) => column.id === id && column.isMinor === true)
}

const ranks = new Map([...appColumns, ...hostColumns].map(({ id }, index) => [id, index]))

/** Sorts ids in the order in which differences are told: what apps are compared by, with their variables, then hosts. */
export function byRank(one: string, other: string): number {
  return rankOf(one) - rankOf(other) || (one < other ? -1 : Number(one > other))
}

function rankOf(id: string): number {
  return ranks.get(variableOf(id) === undefined ? id : 'env') ?? ranks.size
}
