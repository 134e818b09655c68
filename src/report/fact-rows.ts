import { stringify } from 'csv-stringify/sync'
import { type FactTable, tellMost, toPlainTable } from '../compare/fact-table.js'
import { t } from '../language/language.js'
import { sanitizeLine } from '../sanitize.js'
import { formatCode } from './markdown-text.js'

/**
 * Facts as one table for a spreadsheet, as `renderCsv` writes them: a row a fact, with the app that it is of (none: of the
 * host itself), what most have, and a column a host. What was not seen is `?`, what does not apply is empty.
 */
export function renderFactCsv(tables: readonly FactTable[]): string {
  const hosts = [...new Set(tables.flatMap(({ rows }) => rows.map(({ host }) => host)))]
  const lines = tables.flatMap(({ app, columns, rows }) => {
    const byHost = new Map(rows.map(({ host, values }) => [host, values]))
    return columns.map((column, index) => [
      ...[app ?? '', column.id, tellMost(column)],
      ...hosts.map((host) => (byHost.has(host) ? (byHost.get(host)?.[index] ?? '?') : '')),
    ])
  })
  const cells = [['app', 'fact', 'most', ...hosts], ...lines].map((line) => line.map(sanitizeLine))
  return stringify(cells, { record_delimiter: 'windows', escape_formulas: true, bom: true })
}

/** A table each for the hosts and for every app, for a pull request or a chat: a row a fact or, transposed, a row a host. */
export function renderFactMarkdown(tables: readonly FactTable[], isTransposed: boolean): string {
  return tables.map((table) => drawMarkdown(table, isTransposed)).join('\n')
}

function drawMarkdown(table: FactTable, isTransposed: boolean): string {
  const { headings, rows } = toPlainTable(table, isTransposed)
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => formatCode(cell) || ' ').join(' | ')} |`
  const title = table.app === null ? t`Hosts` : formatCode(table.app)
  const lines = [`### ${title}`, '', line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)]
  return `${lines.join('\n')}\n`
}
