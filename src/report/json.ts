import type { RunRecord } from '../record.js'

/** The record as it is, for programs. Its shape is published as `record.schema.json`. Ends with a line feed. */
export function renderJson(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`
}
