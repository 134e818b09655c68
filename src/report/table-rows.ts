import type { Cell } from '../compare/cell.js'
import type { Column } from '../compare/columns.js'
import { foldHosts } from '../compare/fold-hosts.js'
import { type HostView, viewHost } from '../compare/host-view.js'
import { rankHosts, urgency } from '../compare/rank.js'
import { groupBy } from '../group-by.js'
import type { HostRecord } from '../record.js'
import { findColumn, type TableOptions } from './table-options.js'

/** A row of the table: of one host, or of several of which it says the same. */
export interface TableRow {
  view: HostView
  cells: Cell[]
}

/** The rows of a table, and the hosts that have none because they are well and many. */
export interface TableRows {
  rows: TableRow[]
  folded: HostRecord[]
}

/** About what a screen takes beside the rest: more are folded. */
const mostRows = 20

/**
 * The rows in the order that was asked for, else by urgency. Of many hosts the healthy ones are left to one line, and sick
 * ones that are equal in all that is shown share a row; but a list that somebody sorts has no holes.
 */
export function makeRows(
  hosts: readonly HostRecord[],
  { all, shown }: { all: readonly Column[]; shown: readonly Column[] },
  { sort, all: isWhole = false, joins = true }: TableOptions & { joins?: boolean },
): TableRows {
  const toRow = (view: HostView): TableRow => ({ view, cells: shown.map((column) => column.cell(view)) })
  const views = rankHosts(hosts).map(viewHost)
  if (sort) return { rows: sortViews(views, findColumn(all, sort.column), sort.isDescending).map(toRow), folded: [] }
  const isMany = (some: readonly HostView[]) => !isWhole && some.length > mostRows
  const healthy = views.filter(({ record }) => record.status === 'healthy')
  const sick = views.filter(({ record }) => record.status !== 'healthy')
  const rows = sick.map(toRow)
  const first = joins && isMany(sick) ? foldRows(rows, shown) : rows
  return isMany(healthy)
    ? { rows: first, folded: healthy.map(({ record }) => record) }
    : { rows: [...first, ...healthy.map(toRow)], folded: [] }
}

const natural = new Intl.Collator('en', { numeric: true })

/** What could not be seen, or is not there, comes last in either order. */
function sortViews(views: readonly HostView[], column: Column, isDescending: boolean): HostView[] {
  const keyed = views.map((view) => ({ view, text: column.cell(view).text }))
  const isNothing = ({ text }: { text: string }) => Number(text === '?' || text === '-')
  const rank = ({ view: { record } }: { view: HostView }) => {
    if (column.id === 'time') return record.elapsedMs
    return column.id === 'verdict' ? urgency.indexOf(record.status) : 0
  }
  const sign = isDescending ? -1 : 1
  return keyed
    .toSorted((a, b) => isNothing(a) - isNothing(b) || sign * (rank(a) - rank(b) || natural.compare(a.text, b.text)))
    .map(({ view }) => view)
}

/** Columns of measures: no two hosts are alike in them, and no host is told by them. */
const measures: readonly string[] = ['time', 'errors']

function foldRows(rows: readonly TableRow[], columns: readonly Column[]): TableRow[] {
  const isTold = (_: unknown, index: number) => !['host', ...measures].includes(columns[index]?.id ?? '')
  const keyOf = ({ view, cells }: TableRow) =>
    JSON.stringify([view.record.status, ...cells.filter(isTold).map(({ text }) => text)])
  return groupBy(rows, keyOf).map((group) => (group.length === 1 ? group[0] : joinRows(group, columns)))
}

function joinRows(group: readonly [TableRow, ...TableRow[]], columns: readonly Column[]): TableRow {
  const [{ view, cells }] = group
  const join = (cell: Cell, index: number): Cell => {
    const id = columns[index]?.id ?? ''
    if (id === 'host') return nameAll(group.map(({ view }) => view.record.name))
    return measures.includes(id) ? spanOf(group.flatMap(({ cells }) => cells[index] ?? [])) : cell
  }
  return { view, cells: cells.map(join) }
}

/** `web[03-07,12]`, or `web03 +5` */
function nameAll(names: readonly string[]): Cell {
  return { text: foldHosts(names), shorter: [`${names[0]} +${names.length - 1}`] }
}

/** `2–130`: the least and the most. */
function spanOf(cells: readonly Cell[]): Cell {
  const sorted = cells.toSorted((a, b) => natural.compare(shortestOf(a), shortestOf(b)))
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (!least || !most || shortestOf(least) === shortestOf(most)) return least ?? { text: '' }
  return { ...most, text: `${shortestOf(least)}–${shortestOf(most)}`, shorter: [] }
}

function shortestOf({ text, shorter = [] }: Cell): string {
  return shorter.at(-1) ?? text
}
