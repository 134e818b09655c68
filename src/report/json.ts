import type { RunRecord } from '../record.js'

/**
 * The record as it is, for programs, indented; in pieces, because that of a large fleet is longer than a text may be. Its
 * shape is published as `record.schema.json`. Ends with a line feed.
 */
export function* renderJson(record: RunRecord): Iterable<string> {
  // Nothing but a key of the record itself is indented by two spaces.
  const [before = '', after = ''] = JSON.stringify({ ...record, hosts: [] }, null, 2).split('\n  "hosts": []')
  yield `${before}\n  "hosts": [`
  for (const [index, host] of record.hosts.entries()) {
    yield `${index > 0 ? ',' : ''}\n    ${JSON.stringify(host, null, 2).replaceAll('\n', '\n    ')}`
  }
  yield `${record.hosts.length > 0 ? '\n  ' : ''}]${after}\n`
}
