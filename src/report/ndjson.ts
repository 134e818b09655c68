import type { HostRecord, RunRecord } from '../record.js'
import { schemaVersion } from '../record.js'

/** A host as one line of JSON: `{"kind":"host",…}`, with all that `--format json` has of it. Ends with a line feed. */
export function renderHostLine(host: HostRecord): string {
  return `${JSON.stringify({ kind: 'host', schemaVersion, ...host })}\n`
}

/** What is left of the record, the last line: `{"kind":"run",…}`. Ends with a line feed. */
export function renderRunLine({ hosts: _, ...run }: RunRecord): string {
  return `${JSON.stringify({ kind: 'run', ...run })}\n`
}

/** A line a host, and one for the run. The shape of lines is published as `record-line.schema.json`. */
export function* renderNdjson(record: RunRecord): Iterable<string> {
  for (const host of record.hosts) yield renderHostLine(host)
  yield renderRunLine(record)
}
