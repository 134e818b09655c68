import Table from 'cli-table3'
import { columnsOf } from '../compare/check-columns.js'
import type { Column } from '../compare/columns.js'
import { type HostView, viewHost } from '../compare/host-view.js'
import { rankHosts } from '../compare/rank.js'
import type { RunRecord } from '../record.js'
import { cut, measure } from './fit.js'
import { createStyle, type Ink, type Style, statusLooks, type TextOptions } from './style.js'
import { chooseColumns, type FittedSlot, gap, type Slot } from './table-width.js'

/** The comparison table: a host a row, the broken ones first; as many columns as the width takes. */
export function renderTable(record: RunRecord, options: TextOptions): string {
  const style = createStyle(options)
  const views = rankHosts(record.hosts).map(viewHost)
  const slots = chooseColumns(
    columnsOf(record.hosts).map((column) => openSlot(column, views, style)),
    style.width,
  )
  const table = new Table({
    head: slots.map(({ column, width }) => style.paint('dim', cut(column.heading, width, ''))),
    chars: lightBorders(style.spell('─')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  })
  table.push(...views.map((_, row) => slots.map((slot) => renderCell(slot, row, style))))
  const lines = table.toString().split('\n')
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** A column with the texts of all hosts, those of the verdict with the mark of their status. */
function openSlot(column: Column, views: readonly HostView[], style: Style): Slot {
  const widestMark = Math.max(...views.map((view) => markOf(view, style).length))
  const cells = views.map((view) => {
    const { text, shorter = [], state } = column.cell(view)
    const mark = column.id === 'verdict' ? `${markOf(view, style).padEnd(widestMark)} ` : ''
    return { forms: [text, ...shorter].map((form) => style.spell(mark + form)), ink: inkOf(column, state, view) }
  })
  return { column, cells }
}

function markOf({ record }: HostView, style: Style): string {
  return style.mark(statusLooks[record.status].mark)
}

function inkOf({ id }: Column, state: 'bad' | 'unseen' | undefined, { record }: HostView): Ink {
  if (id === 'verdict') return statusLooks[record.status].ink
  if (id === 'host') return record.status === 'healthy' ? 'plain' : 'strong'
  if (id === 'time' || state === 'unseen') return 'dim'
  return state ?? 'plain'
}

/** The longest form of a cell that the column has room for, else what can be shown of the shortest. */
function renderCell({ cells, width }: FittedSlot, row: number, style: Style): string {
  const cell = cells[row]
  if (!cell) return ''
  const form = cell.forms.find((form) => measure(form) <= width) ?? cell.forms.at(-1) ?? ''
  return style.paint(cell.ink, cut(form, width, style.spell('…')))
}

/** One line below the headings, and none between columns: rows stay readable, and greppable, at any width. */
function lightBorders(line: string) {
  const nothing = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
  const none = Object.fromEntries([...nothing, 'left', 'left-mid', 'right', 'right-mid'].map((part) => [part, '']))
  return { ...none, mid: line, 'mid-mid': line.repeat(gap), middle: ' '.repeat(gap) }
}
