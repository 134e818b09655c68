import { measure, wrap } from '../report/fit.js'

/** How rows are set: `breaks` are the columns that give way to the width, and where their cells may be broken. */
interface Layout {
  width: number
  breaks: Readonly<Record<number, string>>
}

const GAP = '  '

/**
 * Rows as lines, one each where the width allows it, without a trailing space; the columns stand two spaces apart, with
 * no lines between them, so that they stay readable at any size, and to awk. A broken cell goes on below itself.
 */
export function layOutRows(rows: readonly (readonly string[])[], { width, breaks }: Layout): string[] {
  const widths = chooseWidths(rows, { width, breaks })
  return rows.map((row) => {
    const cells = row.map((cell, column) => breakCell(cell, widths[column] ?? 0, breaks[column]))
    const height = Math.max(...cells.map((lines) => lines.length))
    return Array.from({ length: height }, (_, index) =>
      cells
        .map((lines, column) => pad(lines[index] ?? '', widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    ).join('\n')
  })
}

function breakCell(cell: string, width: number, separator: string | undefined): string[] {
  return separator === undefined ? [cell] : wrap(cell.split(separator), width, separator)
}

/** What is too much is taken from the widest of the columns that may be broken, as far as their pieces let it. */
function chooseWidths(rows: readonly (readonly string[])[], { width, breaks }: Layout): number[] {
  const widest = (column: number, separator?: string) =>
    rows.reduce((most, row) => {
      const cell = row[column] ?? ''
      const pieces =
        separator === undefined ? [cell] : cell.split(separator).map((piece) => piece + separator.trimEnd())
      return Math.max(most, ...pieces.map(measure))
    }, 0)
  const widths = (rows[0] ?? []).map((_, column) => widest(column))
  const excess = () => widths.reduce((sum, one) => sum + one + GAP.length, -GAP.length) - width
  const breakable = Object.entries(breaks).map(([column, separator]) => ({ column: Number(column), separator }))
  for (const { column, separator } of breakable.sort((a, b) => (widths[b.column] ?? 0) - (widths[a.column] ?? 0))) {
    const now = widths[column] ?? 0
    if (excess() > 0) widths[column] = Math.min(now, Math.max(widest(column, separator), now - excess()))
  }
  return widths
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - measure(text), 0))
}
