import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { finished } from 'node:stream/promises'
import { writeAtomically } from '../src/commands/write-atomically.js'
import { writeText } from '../src/commands/write-text.js'
import { toRunRecord } from '../src/make-record.js'
import type { HostRecord, RunRecord } from '../src/record.js'
import { type FormatName, formatNames, formats } from '../src/report/formats.js'
import { renderHostLine, renderRunLine } from '../src/report/ndjson.js'
import { recordFleet } from '../test/support/recorded-fleet.js'

// How long a large fleet of recorded hosts takes in every format, into a file: `npm run bench:formats [hosts]`.
const count = Number(process.argv[2] ?? 10_000)
const folder = mkdtempSync(join(tmpdir(), 'fleetdx-bench-'))
try {
  const record = await enlarge(await recordFleet(), count)
  console.log('format        seconds   MB  MB/s  longest hold of the event loop')
  for (const format of formatNames) await measure(format, () => writeOne(format, record))
  await measure('ndjson, live', () => stream(record))
} finally {
  rmSync(folder, { recursive: true })
}

/** The recorded hosts again and again, each under a name of its own; nine of ten are healthy. */
async function enlarge(small: RunRecord, count: number): Promise<RunRecord> {
  const healthy = small.hosts.filter(({ status }) => status === 'healthy')
  const hosts = Array.from({ length: count }, (_, index): HostRecord => {
    const from = index % 10 === 0 ? small.hosts : healthy
    const host = from[Math.floor(index / 10) % from.length]
    if (!host) throw new Error('there is no recorded host')
    return { ...host, name: `web${`${index}`.padStart(5, '0')}`, groups: [`rack${index % 40}`] }
  })
  const startedMs = performance.now()
  const record = toRunRecord(hosts, small)
  console.log(`${count} hosts, compared in ${((performance.now() - startedMs) / 1000).toFixed(2)} s`)
  return record
}

async function writeOne(format: FormatName, record: RunRecord): Promise<number> {
  const render = await formats[format].load()
  const file = join(folder, 'report')
  await writeAtomically(file, render(record, { width: 120, color: false, unicode: true }))
  return statSync(file).size
}

/** As a run does it: each host as it is done with. */
async function stream(record: RunRecord): Promise<number> {
  const target = createWriteStream(join(folder, 'lines'))
  for (const host of record.hosts) await writeText(target, renderHostLine(host))
  await writeText(target, renderRunLine(record))
  target.end()
  await finished(target)
  return target.bytesWritten
}

async function measure(name: string, work: () => Promise<number>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const startedMs = performance.now()
  const megabytes = (await work()) / 1e6
  const seconds = (performance.now() - startedMs) / 1000
  delay.disable()
  const cells = [
    seconds.toFixed(2).padStart(9),
    megabytes.toFixed(1).padStart(7),
    (megabytes / seconds).toFixed(0).padStart(5),
  ]
  console.log(`${name.padEnd(12)}${cells.join(' ')}  ${(delay.max / 1e9).toFixed(2)} s`)
}
