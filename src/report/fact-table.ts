import {
  type FactTable,
  type FactTableColumn,
  type FactTableRow,
  isOdd,
  sayValue,
  tellMost,
} from '../compare/fact-table.js'
import { foldHosts } from '../compare/fold-hosts.js'
import type { NameDifference } from '../compare/name-difference.js'
import { groupBy } from '../group-by.js'
import { t } from '../language/language.js'
import { cut, measure, wrapWords } from './fit.js'
import { gap, setRows } from './set-rows.js'
import { createStyle, type Ink, type Style, type TextOptions } from './style.js'
import { drawTable } from './table.js'
import { chooseColumns, type Slot } from './table-width.js'

/** How tables of facts are laid out. */
export interface FactTableOptions extends TextOptions {
  /** Whether each host is a row, rather than a column. */
  isTransposed: boolean
  /** Whether it may be as wide as it is. */
  isWide?: boolean
}

/** Hosts that are the same in all that is shown. */
interface Alike extends Omit<FactTableRow, 'host'> {
  name: string
  hosts: string[]
}

interface CellText {
  text: string
  ink: Ink
}

/** Tables of facts, one below the other; what is other than most is marked. Ends with a line feed. */
export function renderFactTables(tables: readonly FactTable[], options: FactTableOptions): string {
  const style = createStyle({ ...options, ...(options.isWide && { width: Number.POSITIVE_INFINITY }) })
  const draw = options.isTransposed ? drawHostRows : drawFactRows
  return tables.map((table) => `${draw(table, style).join('\n')}\n`).join('\n')
}

/** What most have, or all. */
const asMost = '='
const widestCell = 40
const narrowestCell = 12
/** Of the first column. */
const headingRoom = 24
const widestName = 28

/** A row a fact: what most have, then a column for the hosts that are alike; as many blocks as the width makes it. */
function drawFactRows(table: FactTable, style: Style): string[] {
  const { head, most, alike } = setTexts(table, style)
  const lead = [[head, ...table.columns.map(({ heading }) => plain(heading, style))], most]
  const columns = alike.map((row) => [
    { text: style.spell(row.name), ink: 'strong' as const },
    ...table.columns.map((column, index) => drawValue(row, column, index, style)),
  ])
  const blocks = splitColumns(lead, columns, style.width)
  const lines = blocks.flatMap((block, index) =>
    index === 0 ? drawBlock([...lead, ...block], style) : ['', ...drawBlock(keepOdd([...lead, ...block]), style)],
  )
  return [...lines, ...drawLegend(alike, style)]
}

/** A row for the hosts that are alike; columns that have no room are named below. */
function drawHostRows(table: FactTable, style: Style): string[] {
  const { head, most, alike } = setTexts(table, style)
  const slots: Slot[] = table.columns.map((column, index) => ({
    column: { id: column.id, heading: column.heading, priority: giveWay(column, index) },
    cells: [most[index + 1], ...alike.map((row) => drawValue(row, column, index, style))].map((cell) => ({
      forms: [cell?.text ?? ''],
      ink: cell?.ink ?? 'plain',
    })),
  }))
  const names: Slot = {
    column: { id: 'host', heading: head.text, priority: 0, cutsTo: 16 },
    cells: [
      { forms: [most[0]?.text ?? ''], ink: 'dim' },
      ...alike.map(({ name }) => ({ forms: [style.spell(name)], ink: 'strong' as const })),
    ],
  }
  const shown = chooseColumns([names, ...slots], style.width)
  const left = table.columns.map(({ id }) => id).filter((id) => !shown.some(({ column }) => column.id === id))
  const note = left.length === 0 ? [] : wrapWords(t`no room for ${left.join(', ')} (--columns chooses)`, style.width)
  return [...drawTable(shown, style), ...note.map((line) => style.paint('dim', line)), ...drawLegend(alike, style)]
}

function setTexts(table: FactTable, style: Style) {
  return {
    head: plain(table.app ?? t`HOSTS`, style),
    most: [t`MOST`, ...table.columns.map(tellMost)].map((text) => ({ ...plain(text, style), ink: 'dim' as const })),
    alike: joinAlike(table),
  }
}

/** Hosts with the same values together: `web[01-07]`, or `12 hosts (A)` where their names have no room. */
function joinAlike({ rows }: FactTable): Alike[] {
  let named = 0
  return groupBy(rows, ({ values }) => JSON.stringify(values)).map((group) => {
    const hosts = group.map(({ host }) => host)
    const folded = foldHosts(hosts)
    const letter = String.fromCodePoint('A'.charCodeAt(0) + named)
    const isLong = hosts.length > 1 && measure(folded) > widestName
    if (isLong) named += 1
    return { ...group[0], name: isLong ? t`${hosts.length} hosts (${letter})` : folded, hosts }
  })
}

function drawLegend(alike: readonly Alike[], style: Style): string[] {
  return alike
    .map(({ name, hosts }) => ({ name, folded: foldHosts(hosts) }))
    .filter(({ name, folded }) => name !== folded)
    .flatMap(({ name, folded }) => wrapWords(style.spell(`${name}: ${folded.replaceAll(',', ', ')}`), style.width))
}

function plain(text: string, style: Style): CellText {
  const room = Math.floor((style.width - headingRoom) / 2)
  const width = Number.isFinite(room) ? Math.min(Math.max(room, narrowestCell), widestCell) : room
  return { text: cut(style.spell(text), width, style.spell('…')), ink: 'plain' }
}

/** What is as most have it is `=`, what is odd has a sign, not a colour alone; `?` was not seen. */
function drawValue({ values, names }: Alike, column: FactTableColumn, index: number, style: Style): CellText {
  const value = values[index] ?? null
  if (value === null) return { text: '?', ink: 'unsure' }
  if (value === (column.majority?.value ?? column.shared)) return { text: asMost, ink: 'dim' }
  if (!isOdd(value, column)) return plain(sayValue(column.id, value), style)
  return {
    ...plain(`≠ ${column.id === 'env' ? sayNames(names, value) : sayValue(column.id, value)}`, style),
    ink: 'warn',
  }
}

/** `-DATABASE_URL +DEBUG` */
function sayNames({ lacks = [], adds = [] }: NameDifference = {}, value: string): string {
  return [...lacks.map((name) => `-${name}`), ...adds.map((name) => `+${name}`)].join(' ') || value
}

/** What is the same everywhere gives way before what is not, and of each the least telling first. */
function giveWay({ values }: FactTableColumn, index: number): number {
  return index + (values > 1 ? 1 : 1000)
}

/** Columns in blocks that fit the width, each beside the same first two. */
function splitColumns(lead: readonly CellText[][], columns: readonly CellText[][], width: number): CellText[][][] {
  const room = width - lead.reduce((sum, column) => sum + widthOf(column) + gap, 0)
  const blocks: CellText[][][] = []
  let used = 0
  for (const column of columns) {
    const block = blocks.at(-1)
    if (block && used + gap + widthOf(column) <= room) {
      block.push(column)
      used += gap + widthOf(column)
    } else {
      blocks.push([column])
      used = widthOf(column)
    }
  }
  return blocks
}

/** The rows in which somebody is not as most are: the others are said beside the first hosts. */
function keepOdd(columns: readonly CellText[][]): CellText[][] {
  const isOddRow = (row: number) => columns.slice(2).some((column) => column[row]?.text !== asMost)
  return columns.map((column) => column.filter((_, row) => isOddRow(row)))
}

function drawBlock(columns: readonly CellText[][], style: Style): string[] {
  const height = columns[0]?.length ?? 0
  const rows = Array.from({ length: height }, (_, row) =>
    columns.map((column) => style.paint(column[row]?.ink ?? 'plain', column[row]?.text ?? '')),
  )
  const widths = columns.map(widthOf)
  const [head = '', ...others] = setRows(rows, widths)
  const total = widths.reduce((sum, width) => sum + width + gap, -gap)
  return [head, style.spell('─').repeat(Math.min(total, style.width)), ...others]
}

function widthOf(column: readonly CellText[]): number {
  return column.reduce((most, { text }) => Math.max(most, measure(text)), 0)
}
