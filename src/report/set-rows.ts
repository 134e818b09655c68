import Table from 'cli-table3'
import { pad } from './fit.js'

/** Spaces between two columns. */
export const gap = 2

/** No lines around or between: rows stay readable, and greppable, at any width. */
const edges = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
const lines = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid']
const chars = { ...Object.fromEntries([...edges, ...lines].map((part) => [part, ''])), middle: ' '.repeat(gap) }

/** Rows as lines: cells of the same width below each other. Cells may be painted. */
export function setRows(rows: readonly (readonly string[])[], widths: readonly number[]): string[] {
  if (rows.length === 0) return []
  const style = { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 }
  const table = new Table({ chars, style })
  // Each cell has its width already: newer symbols are wider than this library takes them for.
  table.push(...rows.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0))))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
}
