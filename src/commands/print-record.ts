import type { RunRecord } from '../record.js'
import { renderJson } from '../report/json.js'
import { chooseWidth, wantsColor, wantsUnicode } from '../report/terminal.js'
import { renderReport } from '../report/text.js'
import type { CommandIo } from './command-io.js'

export type Format = 'table' | 'json'

/** Prints the report of a run, as the terminal can show it. */
export function printRecord(record: RunRecord, format: Format, { stdout, env }: CommandIo): void {
  const options = { width: chooseWidth(env, stdout), color: wantsColor(env, stdout), unicode: wantsUnicode(env) }
  stdout.write(format === 'json' ? renderJson(record) : renderReport(record, options))
}
