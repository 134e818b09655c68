/** How often each value of a column was seen. */
export type Tally = ReadonlyMap<string, number>

/** The value that most have, and how many. */
export interface Majority {
  value: string
  count: number
}

const fewestSeen = 3

/** Counts values by column. */
export function tally(rows: readonly ReadonlyMap<string, string>[]): Map<string, Map<string, number>> {
  const tallies = new Map<string, Map<string, number>>()
  for (const row of rows)
    for (const [column, value] of row) {
      const counts = tallies.get(column) ?? new Map<string, number>()
      if (counts.size === 0) tallies.set(column, counts)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  return tallies
}

/**
 * The value of more than half of those that were seen, three at least: what is left is then fewer, whatever it is, so that
 * it can be called the odd one. A mere plurality is none (of 4, 3 and 3 the four are no rule), nor are two against
 * nobody: a third might side with either. undefined where there is none.
 */
export function findMajority(counts: Tally): Majority | undefined {
  const seen = countSeen(counts)
  for (const [value, count] of counts) if (seen >= fewestSeen && count * 2 > seen) return { value, count }
  return undefined
}

export function countSeen(counts: Tally): number {
  let seen = 0
  for (const count of counts.values()) seen += count
  return seen
}
