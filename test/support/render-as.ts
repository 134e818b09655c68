import type { RunRecord } from '../../src/record.js'
import { type FormatName, formats } from '../../src/report/formats.js'

/** A record in a format, whole, as a file gets it. */
export async function renderAs(format: FormatName, record: RunRecord): Promise<string> {
  const render = await formats[format].load()
  return [...render(record, { width: 120, color: false, unicode: true })].join('')
}
