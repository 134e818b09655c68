import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { Look, Reports } from '../commands/outputs.js'
import { t } from '../language/language.js'
import { type Output, parseOutput } from '../report/choose-format.js'
import { type FormatName, formatNames } from '../report/formats.js'
import type { TableOptions } from '../report/table-options.js'
import { pagerOption, readIds } from './common-options.js'

/** What commander reads of the options that `addReportOptions` adds. */
export interface ReportFlags extends TableOptions {
  format?: FormatName
  output?: Output[]
  pager: boolean
  color?: boolean
}

/** Adds the options that say in which formats a run is wanted, and how a report for people is to look. */
export function addReportOptions(command: Command): Command {
  return command
    .optionsGroup(t`What is reported:`)
    .addOption(
      new Option('--format <format>', t`what standard output gets`).choices(formatNames).default(undefined, 'table'),
    )
    .option(
      '--output <file>',
      t`a report in a file besides, its format by its ending or before it, as in junit:FILE; may be repeated`,
      collectOutputs,
    )
    .optionsGroup(t`How the report looks:`)
    .option('--columns <ids>', t`show these columns of the table: host,verdict,pm2,port,…`, readIds)
    .option('--sort <column>', t`sort by a column, with :desc the other way round; each host has its row`, readSort)
    .option('--all', t`a row for each host, however many there are`)
    .option('--wide', t`every column, whatever the width`)
    .addOption(plainOption())
    .addOption(pagerOption())
    .option('--color', t`colour, even where it is no terminal`)
    .option('--no-color', t`no colour`)
    .optionsGroup('Options:')
}

function plainOption(): Option {
  const description = t`short for --format plain: one statement a line, in words, for screen readers and grep`
  return new Option('--plain', description).implies({ format: 'plain' })
}

/** The reports that were asked for, and their look. */
export function toReports({ format, output, ...flags }: ReportFlags): Reports {
  return { look: toLook(flags), ...(format && { format }), ...(output && { outputs: output }) }
}

/** A list option would swallow the targets that follow it, so that each file has its own --output. */
function collectOutputs(text: string, earlier: Output[] = []): Output[] {
  return [...earlier, parseOutput(text)]
}

function toLook({ columns, sort, all, wide, pager }: ReportFlags): Look {
  return { pager, ...(columns && { columns }), ...(sort && { sort }), ...(all && { all }), ...(wide && { wide }) }
}

/** Where a command writes to, in colour or without as it was asked for. */
export function colorIo(io: CommandIo, { color }: Pick<ReportFlags, 'color'>): CommandIo {
  if (color === undefined) return io
  const { NO_COLOR: _, FORCE_COLOR: _forced, ...env } = io.env
  return { ...io, env: { ...env, ...(color ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) } }
}

function readSort(text: string): NonNullable<TableOptions['sort']> {
  // sample: errors, errors:desc, time:asc
  const [, column, order] = /^([^:]+)(?::(asc|desc))?$/.exec(text) ?? []
  if (column === undefined) throw new InvalidArgumentError(t`It must be the id of a column, or 'errors:desc'.`)
  return { column, isDescending: order === 'desc' }
}
