import { columnsOf } from '../compare/check-columns.js'
import type { Column } from '../compare/columns.js'
import { foldHosts } from '../compare/fold-hosts.js'
import { wordOf } from '../compare/status-word.js'
import { groupBy } from '../group-by.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { HostRecord, RunRecord } from '../record.js'
import { drawBlindSpots } from './blind-spots.js'
import { drawCommonCauses } from './common-causes.js'
import { drawUnverified } from './host-keys.js'
import { drawLastLine } from './last-line.js'
import { drawOutliers } from './outliers.js'
import { sayHost, sayNotes } from './plain-host.js'
import { speak } from './speak.js'
import { createStyle, type Style } from './style.js'
import { pickColumns, type TableLook } from './table-options.js'
import { makeRows, type TableRow } from './table-rows.js'
import { drawTransports } from './transports.js'

/**
 * The report for who listens to it, and for grep: one statement a line, in words alone, with no columns, symbols, colours
 * or line breaks inside of one; how the fleet is stands first and last. Ends with a line feed. Throws UserError.
 */
export function renderPlain(record: RunRecord, options: TableLook): string {
  const style = createStyle({ width: Number.POSITIVE_INFINITY, color: false, unicode: true })
  const summary = speak(drawLastLine(record, style))
  const lines = [
    summary,
    ...asStatements(drawCommonCauses(record, style)),
    ...sayHosts(record, options, style),
    ...asStatements(drawOutliers(record, style)),
    ...asStatements(drawBlindSpots(record.hosts, style)),
    ...asStatements(drawTransports(record.hosts, style)),
    ...asStatements(drawUnverified(record, style)),
    summary,
  ]
  return `${lines.join('\n')}\n`
}

/** The hosts in the order of the table, each with what the table has of it; the same of several is said once. */
function sayHosts({ hosts }: RunRecord, options: TableLook, style: Style): string[] {
  const all = columnsOf(hosts)
  const shown = pickColumns(all, options)
  const { rows, folded } = makeRows(hosts, { all, shown }, { ...options, joins: false })
  const said = rows.map((row) => ({ row, statements: sayRow(row, shown, style) }))
  const groups = groupBy(said, ({ row, statements }) => JSON.stringify([row.view.record.status, statements]))
  return [
    ...groups.flatMap((group) => {
      const [{ row, statements }] = group
      const names = group.map(({ row }) => row.view.record.name)
      const head = nameHosts(names, row.view.record)
      const [first = '', ...others] = statements
      return row.view.record.status === 'healthy' ? [t`${head}.`, ...statements] : [t`${head}. ${first}`, ...others]
    }),
    ...(folded.length > 0
      ? [
          t`${nameHosts(
            folded.map(({ name }) => name),
            folded[0],
          )}.`,
        ]
      : []),
    ...folded.flatMap((host) => sayNotes(host).map((note) => `${host.name}: ${note}`)),
  ]
}

function nameHosts(names: readonly string[], host: HostRecord | undefined): string {
  const status = wordOf(host?.status ?? 'unknown')
  return names.length === 1 ? t`Host ${names[0]}: ${status}` : t`${names.length} hosts, ${foldHosts(names)}: ${status}`
}

function sayRow({ view, cells }: TableRow, columns: readonly Column[], style: Style): string[] {
  const told = columns.flatMap(({ id, heading }, index) => {
    const text = cells[index]?.text ?? ''
    return !isTold(columns[index]) || text === '-'
      ? []
      : [`${id === 'errors' ? t`errors in the last hour` : heading} ${speak(sayCell(text))}`]
  })
  const isSeen = cells.some(({ text, state }, index) => isTold(columns[index]) && text !== '-' && state !== 'unseen')
  return [...sayHost(view.record, style), ...(isSeen ? [t`In the table: ${joinWords(told)}`] : [])]
}

function isTold(column: Column | undefined): boolean {
  return !['host', 'verdict', 'time'].includes(column?.id ?? '')
}

function sayCell(text: string): string {
  return text === '?' ? t`not seen` : text
}

function asStatements(lines: readonly string[]): string[] {
  return lines.map((line) => speak(line.trim()))
}
