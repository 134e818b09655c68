import { resolve } from 'node:path'
import { loadExtensions } from '../checks/load.js'
import { checkColumns, type FactChoice, type FactTable, layOutFacts } from '../compare/fact-table.js'
import { foldHosts } from '../compare/fold-hosts.js'
import type { Targeting } from '../inventory/choose.js'
import { findChecksFolder } from '../inventory/read-checks.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { renderFactCsv, renderFactMarkdown } from '../report/fact-rows.js'
import { renderFactTables } from '../report/fact-table.js'
import { checkChosen, type Work } from './check-chosen.js'
import { chooseAndTell } from './choose-and-tell.js'
import type { CommandIo } from './command-io.js'
import { chooseRecords, loadRun } from './load-run.js'
import { pageOutput } from './page-output.js'
import { textOptionsOf } from './text-options.js'

/** Whose facts to lay side by side, which, and how. */
export interface CompareOptions extends Targeting, FactChoice, Omit<Work, 'onCapture' | 'onHost' | 'extensions'> {
  /** A run of before, that is compared without a network. */
  from?: string
  /** Whether each host is a row. */
  isTransposed: boolean
  isWide: boolean
  format: 'table' | 'json' | 'csv' | 'markdown'
  pager: boolean
}

/** `fleetdx compare`: prints facts of hosts, and of each app on them, side by side. Returns the exit code. Throws UserError. */
export async function runCompare(options: CompareOptions, io: CommandIo): Promise<number> {
  checkColumns(options.columns ?? [])
  const hosts = await obtainHosts(options, io)
  const unseen = hosts.filter(({ facts }) => !facts)
  const names = foldHosts(unseen.map(({ name }) => name))
  if (unseen.length > 0) io.stderr.write(`fleetdx: ${t`left out, because nothing could be seen there: ${names}`}\n`)
  const tables = layOutFacts(hosts, options)
  const { format, isTransposed, isWide, pager } = options
  if (format === 'json') io.stdout.write(renderJson(hosts, tables))
  else if (format === 'csv') io.stdout.write(renderFactCsv(tables))
  else if (format === 'markdown') io.stdout.write(renderFactMarkdown(tables, isTransposed))
  else if (tables.length === 0) io.stderr.write(`fleetdx: ${sayEmpty(hosts.length > unseen.length)}\n`)
  else await pageOutput(renderFactTables(tables, { ...textOptionsOf(io), isTransposed, isWide }), pager, io)
  return 0
}

async function obtainHosts(options: CompareOptions, io: CommandIo): Promise<readonly HostRecord[]> {
  const { from, jobs, breaker, passwords, targets, checks } = options
  if (from !== undefined) {
    const { record } = await loadRun(resolve(io.cwd, from), findChecksFolder(checks, io.cwd))
    return chooseRecords(record, targets)
  }
  const choice = await chooseAndTell(options, io)
  const extensions = await loadExtensions(choice.checksFolder)
  const record = await checkChosen(choice, { jobs, breaker, extensions, ...(passwords && { passwords }) }, io)
  return record.hosts
}

function sayEmpty(isSeen: boolean): string {
  return isSeen ? t`there is no difference in what was asked for` : t`no host could be looked at`
}

/** Values by host and column; null = not seen, `-` = has none. Of variables `#` and a digest of the value. */
function renderJson(hosts: readonly HostRecord[], tables: readonly FactTable[]): string {
  const comparisons = tables.map(({ app, columns, rows }) => ({
    app,
    columns,
    hosts: Object.fromEntries(
      rows.map(({ host, values }) => [host, Object.fromEntries(columns.map(({ id }, index) => [id, values[index]]))]),
    ),
  }))
  const leftOut = hosts.filter(({ facts }) => !facts).map(({ name }) => name)
  return `${JSON.stringify({ comparisons, leftOut }, null, 2)}\n`
}
