import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CommandIo } from '../../src/commands/command-io.js'
import { runDemo } from '../../src/commands/demo.js'
import { openReports, type Reports } from '../../src/commands/outputs.js'
import { runReport } from '../../src/commands/report.js'
import { UserErrors } from '../../src/errors.js'
import { parseOutput } from '../../src/report/choose-format.js'
import { brokenHost, hostRecord, runRecord } from '../support/record.js'
import { renderAs } from '../support/render-as.js'

const record = runRecord([hostRecord(), brokenHost({ name: 'web2' })])

let folder: string
let printed: string
let told: string
let io: CommandIo
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-outputs-'))
  printed = ''
  told = ''
  const keep = (take: (text: string) => void) =>
    new Writable({
      write: (piece: Buffer, _, done) => {
        take(piece.toString())
        done()
      },
    })
  io = {
    stdin: Readable.from([]),
    stdout: keep((text) => {
      printed += text
    }),
    stderr: keep((text) => {
      told += text
    }),
    env: { LC_ALL: 'C.UTF-8' },
    cwd: folder,
  }
})

const to = (...outputs: string[]): Reports => ({ outputs: outputs.map(parseOutput) })
const write = async (reports: Reports) => (await openReports(reports, io)).finish(record)
const read = (file: string) => readFileSync(join(folder, file), 'utf8')

/** What is wrong, with its place and its mend. */
async function complaints(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof UserErrors)) throw error ?? new Error('nothing was wrong')
  return error.mistakes.map(({ message, place, mend }) => [place?.file, message, mend].filter(Boolean).join(' | '))
}

describe('several reports', () => {
  it('are written at once, with the table on standard output', async () => {
    await write(to('a.json', 'junit:out', 'a.csv'))
    expect(printed).toMatch(/^HOST +VERDICT/)
    expect(read('a.json')).toBe(await renderAs('json', record))
    expect(read('out')).toBe(await renderAs('junit', record))
    expect(read('a.csv')).toBe(await renderAs('csv', record))
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'a.json', 'out'])
  })

  it('have one for standard output', async () => {
    await write({ ...to('a.json'), format: 'ndjson' })
    expect(printed).toBe(await renderAs('ndjson', record))
    printed = ''
    await write(to('prometheus:-'))
    expect(printed).toBe(await renderAs('prometheus', record))
    await expect(write({ ...to('csv:-'), format: 'json' })).rejects.toThrow(
      'standard output takes one report: json or csv',
    )
    await expect(write(to('csv:-', 'json:/dev/stdout'))).rejects.toThrow(
      'standard output takes one report: json or csv',
    )
  })
})

describe('a file', () => {
  it('that is there keeps its mode and its link, and is replaced whole', async () => {
    mkdirSync(join(folder, 'real'))
    writeFileSync(join(folder, 'real/a.prom'), 'old')
    chmodSync(join(folder, 'real/a.prom'), 0o604)
    symlinkSync('real/a.prom', join(folder, 'a.prom'))
    const { ino } = statSync(join(folder, 'a.prom'))
    await write(to('a.prom'))
    expect(read('real/a.prom')).toBe(await renderAs('prometheus', record))
    const now = statSync(join(folder, 'a.prom'))
    expect(now.mode & 0o777).toBe(0o604)
    expect(now.ino).not.toBe(ino)
    expect(readdirSync(join(folder, 'real'))).toEqual(['a.prom'])
  })

  it('that is new has the mode that the umask leaves', async () => {
    await write(to('a.json'))
    expect(statSync(join(folder, 'a.json')).mode & 0o777).toBe(0o666 & ~process.umask())
  })

  it('that cannot be is told before anything is done, with all the others', async () => {
    mkdirSync(join(folder, 'x.csv'))
    expect(await complaints(openReports(to('no/a.json', 'x.csv', 'b.json'), io))).toEqual([
      `${folder}/no/a.json | a report cannot be written here: there is no folder ${folder}/no | mkdir -p ${folder}/no`,
      `${folder}/x.csv | a report cannot be written here: this is a folder`,
    ])
  })

  it('that cannot be written after all keeps no other from it', async () => {
    const opened = await openReports(to('csv:/dev/full', `json:${'n'.repeat(300)}`, 'a.json'), io)
    expect(await complaints(opened.finish(record))).toEqual([
      '/dev/full | the report could not be written: ENOSPC: no space left on device, write',
      expect.stringMatching(/\/n{300} \| the report could not be written: ENAMETOOLONG/),
    ])
    expect(printed).toMatch(/^HOST/)
    expect(read('a.json')).toBe(await renderAs('json', record))
    expect(readdirSync(folder)).toEqual(['a.json'])
  })
})

describe('what is no file', () => {
  it('is written straight: a named pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const reader = spawn('cat', [join(folder, 'pipe')])
    const [text] = await Promise.all([readText(reader.stdout), write(to('prometheus:pipe'))])
    expect(text).toBe(await renderAs('prometheus', record))
    expect(statSync(join(folder, 'pipe')).isFIFO()).toBe(true)
  })

  it('gets the lines of hosts as they come, and then the run', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const reader = spawn('cat', [join(folder, 'pipe')])
    const opened = await openReports({ ...to('ndjson:pipe', 'a.ndjson'), format: 'ndjson' }, io)
    for (const host of record.hosts.toReversed()) opened.onHost?.(host)
    expect(printed.split('\n').map((line) => line.slice(0, 14))).toEqual(['{"kind":"host"', '{"kind":"host"', ''])
    const [text] = await Promise.all([readText(reader.stdout), opened.finish(record)])
    expect(text).toBe(printed)
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .map(({ kind, name }) => name ?? kind),
    ).toEqual(['web2', 'web1', 'run'])
    // A file appears whole, in the order of the inventory.
    expect(read('a.ndjson')).toBe(await renderAs('ndjson', record))
  })

  it('is not waited for where nobody wants lines', async () => {
    expect((await openReports(to('a.ndjson'), io)).onHost).toBeUndefined()
  })
})

describe('fleetdx report', () => {
  it('writes a run of before in another format, and ends as that run did', async () => {
    writeFileSync(join(folder, 'run.json'), await renderAs('json', record))
    expect(await runReport({ run: 'run.json', reports: to('markdown:-', 'again.json') }, io)).toBe(1)
    expect(printed).toBe(await renderAs('markdown', record))
    expect(JSON.parse(read('again.json'))).toEqual(JSON.parse(read('run.json')))
  })

  it('is a plugin of Nagios where it prints for one, mistakes included', async () => {
    writeFileSync(join(folder, 'run.json'), await renderAs('json', record))
    expect(await runReport({ run: 'run.json', reports: { format: 'nagios' } }, io)).toBe(2)
    expect(printed).toBe(await renderAs('nagios', record))
    printed = ''
    expect(await runReport({ run: 'none.json', reports: { format: 'nagios' } }, io)).toBe(3)
    expect(printed).toBe('FLEETDX UNKNOWN - there is nothing here\n')
  })
})

it('streams a check: each host once, and the run last', async () => {
  expect(await runDemo({ format: 'ndjson' }, io)).toBe(1)
  const lines = printed
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.at(-1)).toMatchObject({ kind: 'run', counts: { healthy: 2, broken: 5, unreachable: 1 } })
  const names = lines.slice(0, -1).map(({ name }) => name)
  expect(names.toSorted()).toEqual(['web01', 'web02', 'web03', 'web04', 'web05', 'web06', 'web07', 'web08'])
  // Nobody is behind web08: it is the first to be done with, though the last in the inventory.
  expect(names[0]).toBe('web08')
  expect(told).toMatch(/^Demo: /)
})
