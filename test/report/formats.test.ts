import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RunRecord } from '../../src/record.js'
import { parseOutput } from '../../src/report/choose-format.js'
import { type FormatName, formatNames } from '../../src/report/formats.js'
import { recordFleet } from '../support/recorded-fleet.js'
import { renderAs } from '../support/render-as.js'

/** FLEETDX_GOLDEN=write makes the golden files anew; what changed in them is then to be read. */
const isWriting = process.env.FLEETDX_GOLDEN === 'write'

let record: RunRecord
beforeAll(async () => {
  record = await recordFleet()
})

describe('one recorded fleet', () => {
  it.each(formatNames)('is %s, byte for byte', async (format) => {
    const text = strip(await renderAs(format, shorten(record, format)), format)
    const file = new URL(`golden/fleet.${format}.golden`, import.meta.url)
    if (isWriting) writeFileSync(file, text)
    expect(text).toBe(readFileSync(file, 'utf8'))
  })
})

/** The record itself is long: in its golden file one host stands for all. */
function shorten(record: RunRecord, format: FormatName): RunRecord {
  if (format !== 'json' && format !== 'ndjson') return record
  return { ...record, hosts: record.hosts.map((host, index) => (index === 1 ? host : { ...host, facts: null })) }
}

/** Style and program of the page are files of their own, and its data has tests of its own. */
function strip(text: string, format: FormatName): string {
  if (format !== 'html') return text
  return text
    .replaceAll(/(<style\b[^>]*>).*?(<\/style>)/gs, '$1$2')
    .replaceAll(/(<script\b[^>]*>).*?(<\/script>)/gs, '$1$2')
    .replaceAll(/'sha256-[^']+'/g, "'sha256-…'")
}

describe('--output', () => {
  it.each([
    ['report.html', { format: 'html', file: 'report.html' }],
    ['out/RUN.JSON', { format: 'json', file: 'out/RUN.JSON' }],
    ['a.jsonl', { format: 'ndjson', file: 'a.jsonl' }],
    ['a.md', { format: 'markdown', file: 'a.md' }],
    ['results/fleet.xml', { format: 'junit', file: 'results/fleet.xml' }],
    ['fleet.prom', { format: 'prometheus', file: 'fleet.prom' }],
    ['a.txt', { format: 'plain', file: 'a.txt' }],
    ['nagios:out', { format: 'nagios', file: 'out' }],
    ['json:-', { format: 'json', file: '-' }],
    ['table:a.json', { format: 'table', file: 'a.json' }],
    ['odd:name.csv', { format: 'csv', file: 'odd:name.csv' }],
  ])('%s is %j', (text, output) => {
    expect(parseOutput(text)).toEqual(output)
  })

  it('needs a format that can be told', () => {
    expect(() => parseOutput('report.doc')).toThrow('the ending of report.doc says no format')
    expect(() => parseOutput('csv:')).toThrow('--output csv: names no file')
  })
})
