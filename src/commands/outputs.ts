import { resolve } from 'node:path'
import { UserError, UserErrors } from '../errors.js'
import { t } from '../language/language.js'
import type { HostRecord, RunRecord } from '../record.js'
import type { Output } from '../report/choose-format.js'
import { type FormatName, formats, type Text } from '../report/formats.js'
import { renderHostLine, renderRunLine } from '../report/ndjson.js'
import type { TableLook, TableOptions } from '../report/table-options.js'
import type { CommandIo } from './command-io.js'
import { type Destination, openDestination } from './destination.js'
import { pageOutput } from './page-output.js'
import { textOptionsOf } from './text-options.js'
import { writeText } from './write-text.js'

/** How a report looks for a person. */
export interface Look extends TableOptions {
  /** Whether it may go through a pager, where it is higher than the terminal. */
  pager?: boolean
}

/** In which formats a run is wanted, and where. */
export interface Reports {
  /** On standard output; a table, when not given. */
  format?: FormatName
  /** Besides; `-` is standard output. */
  outputs?: readonly Output[]
  look?: Look
}

/** Everything that a run is written to. */
export interface OpenReports {
  /** What standard output has, which decides the exit code. */
  format: FormatName
  /** Takes a host as soon as it is done with; not there where nobody waits for one. */
  onHost?: (host: HostRecord) => void
  /** Writes every report. What cannot be written keeps no other from it. Throws UserError, once all is tried. */
  finish(record: RunRecord): Promise<void>
}

/** One report: what it is written to, and how it is made. */
interface Report extends Output {
  destination: Destination
  look: TableLook
}

/** What is printed on standard output. Throws UserError where two reports would be. */
export function printedFormat({ format, outputs = [] }: Reports): FormatName {
  const [first, second] = outputs.filter(isPrinted)
  if (first === undefined) return format ?? 'table'
  if (second === undefined && format === undefined) return first.format
  throw new UserError(t`standard output takes one report: ${format ?? second?.format ?? ''} or ${first.format}`)
}

function isPrinted({ file }: Output): boolean {
  return file === '-' || file === '/dev/stdout' || file === '/dev/fd/1'
}

/** Finds out, before a host is asked for anything, whether all reports can be written. Throws UserError. */
export async function openReports(wanted: Reports, io: CommandIo): Promise<OpenReports> {
  const { outputs = [], look = {} } = wanted
  const format = printedFormat(wanted)
  const others = outputs.filter((output) => !isPrinted(output))
  const printed: Report = {
    ...{ format, file: '-', destination: openStdout(format, look, io) },
    look: { ...textOptionsOf(io), ...look },
  }
  const files = await collect(others.map((output) => () => openReport(output, look, io)))
  const reports = [printed, ...files]
  const live = reports.flatMap(({ format, destination: { write } }) => (format === 'ndjson' && write ? [write] : []))
  let isLive = false
  return {
    format,
    ...(live.length > 0 && {
      onHost: (host) => {
        isLive = true
        const line = renderHostLine(host)
        for (const write of live) write(line)
      },
    }),
    finish: async (record) => {
      await collect(reports.map((report) => () => writeReport(report, record, isLive)))
    },
  }
}

function openStdout(format: FormatName, { pager = true }: Look, io: CommandIo): Destination {
  const isForReading = format === 'table' || format === 'plain'
  return {
    write: (piece) => void io.stdout.write(piece),
    finish: (text) =>
      typeof text === 'string' && isForReading ? pageOutput(text, pager, io) : writeText(io.stdout, text),
  }
}

async function openReport({ format, file }: Output, look: Look, io: CommandIo): Promise<Report> {
  const path = resolve(io.cwd, file)
  const destination = await openDestination(path)
  // A file has no width and no colours of its own.
  return { format, file: path, destination, look: { width: 120, color: false, unicode: true, ...look } }
}

async function writeReport({ format, file, destination, look }: Report, record: RunRecord, isLive: boolean) {
  const render = await formats[format].load()
  const hasHosts = isLive && format === 'ndjson' && destination.write !== undefined
  const text: Text = hasHosts ? renderRunLine(record) : render(record, look)
  await destination.finish(text).catch((cause: Error) => {
    throw new UserError(t`the report could not be written: ${cause.message}`, { place: { file }, cause })
  })
}

/** Does one after the other, whatever becomes of each. Throws UserErrors of all that failed, or what is no such error. */
async function collect<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = []
  const failures: unknown[] = []
  for (const task of tasks) {
    await task().then(
      (result) => done.push(result),
      (error: unknown) => failures.push(error),
    )
  }
  const mistakes = failures.filter((failure) => failure instanceof UserError)
  if (mistakes.length < failures.length) throw failures.find((failure) => !(failure instanceof UserError))
  if (mistakes.length > 0) throw new UserErrors(mistakes)
  return done
}
