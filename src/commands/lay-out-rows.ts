import { measure, wrap } from '../report/fit.js'
import { gap, setRows } from '../report/set-rows.js'

/**
 * How rows are set: `breaks` are the columns that give way to the width, and where their cells may be broken; where that is
 * not enough, those of `lastly` are broken behind their punctuation.
 */
interface Layout {
  width: number
  breaks: Readonly<Record<number, string>>
  lastly?: readonly number[]
}

/** Cuts a cell into what must stay whole, and says what stands between. */
interface Break {
  column: number
  split(cell: string): string[]
  separator: string
}

/**
 * Rows as lines, one each where the width allows it, without a trailing space; the columns stand two spaces apart, with
 * no lines between them, so that they stay readable at any size, and to awk. A broken cell goes on below itself.
 */
export function layOutRows(rows: readonly (readonly string[])[], { width, breaks, lastly = [] }: Layout): string[] {
  const words = Object.entries(breaks).map(([column, separator]) => atWords(Number(column), separator))
  const last = lastly.map(atPunctuation)
  const widths = chooseWidths(rows, { width, stages: [words, last] })
  const waysOf = (column: number) => [...words, ...last].filter((one) => one.column === column)
  return rows.map((row) => {
    const cells = row.map((cell, column) => breakCell(cell, widths[column] ?? 0, waysOf(column)))
    const height = Math.max(...cells.map((lines) => lines.length))
    const lines = Array.from({ length: height }, (_, index) => cells.map((lines) => lines[index] ?? ''))
    return setRows(lines, widths).join('\n')
  })
}

function atWords(column: number, separator: string): Break {
  return { column, separator, split: (cell) => cell.split(separator) }
}

/** `very-long-`, `name.`, `example.`, `com:`, `22` */
function atPunctuation(column: number): Break {
  return { column, separator: '', split: (cell) => cell.split(/(?<=[-._:@])/) }
}

/** Breaks a cell in the first way whose pieces fit, else in the last one. */
function breakCell(cell: string, width: number, ways: readonly Break[]): string[] {
  if (measure(cell) <= width) return [cell]
  const fits = ({ split, separator }: Break) =>
    split(cell).every((piece) => measure(piece + separator.trimEnd()) <= width)
  const way = ways.find(fits) ?? ways.at(-1)
  return way === undefined ? [cell] : wrap(way.split(cell), width, way.separator)
}

/** What is too much is taken from whichever column is the widest of those that may be broken, as far as their pieces let it. */
function chooseWidths(
  rows: readonly (readonly string[])[],
  { width, stages }: { width: number; stages: readonly (readonly Break[])[] },
): number[] {
  const widest = (column: number, toPieces: (cell: string) => string[]) =>
    rows.reduce((most, row) => Math.max(most, ...toPieces(row[column] ?? '').map(measure)), 0)
  const widths = (rows[0] ?? []).map((_, column) => widest(column, (cell) => [cell]))
  for (const breaks of stages) {
    const least = new Map(
      breaks.map(({ column, split, separator }) => [
        column,
        widest(column, (cell) => split(cell).map((piece) => piece + separator.trimEnd())),
      ]),
    )
    const widthOf = (column: number) => widths[column] ?? 0
    const yielding = () => [...least.keys()].filter((column) => widthOf(column) > (least.get(column) ?? 0))
    for (let excess = widths.reduce((sum, one) => sum + one + gap, -gap) - width; excess > 0; excess -= 1) {
      const [column] = yielding().sort((a, b) => widthOf(b) - widthOf(a))
      if (column === undefined) break
      widths[column] = widthOf(column) - 1
    }
  }
  return widths
}
