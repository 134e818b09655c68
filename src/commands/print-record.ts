import type { RunRecord } from '../record.js'
import { renderJson } from '../report/json.js'
import { renderReport } from '../report/text.js'
import type { CommandIo } from './command-io.js'
import { textOptionsOf } from './text-options.js'

export type Format = 'table' | 'json'

/** Prints the report of a run, as the terminal can show it. */
export function printRecord(record: RunRecord, format: Format, io: CommandIo): void {
  io.stdout.write(format === 'json' ? renderJson(record) : renderReport(record, textOptionsOf(io)))
}
