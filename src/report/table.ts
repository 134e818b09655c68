import { columnsOf } from '../compare/check-columns.js'
import type { Column } from '../compare/columns.js'
import { foldHosts } from '../compare/fold-hosts.js'
import type { HostView } from '../compare/host-view.js'
import { t } from '../language/language.js'
import type { HostRecord, RunRecord } from '../record.js'
import { cut, measure, pad } from './fit.js'
import { gap, setRows } from './set-rows.js'
import { createStyle, type Ink, type Style, statusLooks } from './style.js'
import { pickColumns, type TableLook } from './table-options.js'
import { makeRows, type TableRow } from './table-rows.js'
import { chooseColumns, type FittedSlot, type Slot } from './table-width.js'

/** The comparison table: a host a row, the broken ones first; as many columns as the width takes. Throws UserError. */
export function renderTable(record: RunRecord, options: TableLook): string {
  const style = createStyle(options)
  const all = columnsOf(record.hosts)
  const shown = pickColumns(all, options).map((column) => (options.columns ? keep(column) : column))
  const { rows, folded } = makeRows(record.hosts, { all, shown }, options)
  const slots = shown.map((column, index) => openSlot(column, index, rows, style))
  const width = options.wide ? Number.POSITIVE_INFINITY : style.width
  const lines = rows.length === 0 && folded.length > 0 ? [] : drawTable(chooseColumns(slots, width), style)
  return [...lines, ...(folded.length > 0 ? [nameFolded(folded, style)] : [])].join('\n')
}

/** The headings, a line, and a line for each row. */
export function drawTable(slots: readonly FittedSlot[], style: Style): string[] {
  const total = slots.reduce((sum, { width }) => sum + width + gap, -gap)
  const [first = '', ...others] = drawRows(slots, style)
  return [first, style.spell('─').repeat(Math.max(total, 0)), ...others]
}

/** The headings, and a line for each row. */
export function drawRows(slots: readonly FittedSlot[], style: Style): string[] {
  const head = slots.map((slot) => style.paint('dim', align(cut(slot.column.heading, slot.width, ''), slot)))
  const rows = (slots[0]?.cells ?? []).map((_, row) => slots.map((slot) => renderCell(slot, row, style)))
  return setRows(
    [head, ...rows],
    slots.map(({ width }) => width),
  )
}

function align(text: string, { isNumeric = false, width }: FittedSlot): string {
  return isNumeric ? pad(text, width, 'left') : text
}

/** What somebody asked for is never left out: it is cut. */
function keep(column: Column): Column {
  const { id, heading, priority, cutsTo = Math.max(measure(heading), 8) } = column
  return { id, heading, priority, cutsTo, cell: column.cell }
}

/** `+ 955 healthy: web[001-955]`, on one line: a set that does not fit is cut. */
function nameFolded(hosts: readonly HostRecord[], style: Style): string {
  const names = foldHosts(hosts.map(({ name }) => name))
  const line = style.spell(t`+ ${hosts.length} healthy: ${names}`)
  const rest = ` ${t`(--all: each of them)`}`
  const text = measure(line) <= style.width ? line : cut(line, style.width - measure(rest), style.spell('…')) + rest
  return style.paint(statusLooks.healthy.ink, text)
}

/** A column with the texts of all rows, those of the verdict with the mark of their status. */
function openSlot(column: Column, index: number, rows: readonly TableRow[], style: Style): Slot {
  const marks = rows.map(({ view }) => style.mark(statusLooks[view.record.status].mark))
  const widestMark = Math.max(...marks.map((mark) => mark.length))
  const cells = rows.map(({ view, cells }, row) => {
    const { text, shorter = [], state } = cells[index] ?? { text: '' }
    const mark = column.id === 'verdict' ? `${(marks[row] ?? '').padEnd(widestMark)} ` : ''
    return { forms: [text, ...shorter].map((form) => style.spell(mark + form)), ink: inkOf(column, state, view) }
  })
  return { column, cells }
}

function inkOf({ id }: Column, state: 'bad' | 'unseen' | undefined, { record }: HostView): Ink {
  if (id === 'verdict') return statusLooks[record.status].ink
  if (id === 'host') return record.status === 'healthy' ? 'plain' : 'strong'
  if (id === 'time' || state === 'unseen') return 'dim'
  return state ?? 'plain'
}

/** The longest form of a cell that the column has room for, else what can be shown of the shortest. */
function renderCell(slot: FittedSlot, row: number, style: Style): string {
  const { cells, width } = slot
  const cell = cells[row]
  if (!cell) return ''
  const form = cell.forms.find((form) => measure(form) <= width) ?? cell.forms.at(-1) ?? ''
  return style.paint(cell.ink, align(cut(form, width, style.spell('…')), slot))
}
