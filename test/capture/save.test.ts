import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadCaptures } from '../../src/capture/load.js'
import { fileOf } from '../../src/capture/run-file.js'
import { openCaptureFolder } from '../../src/capture/save.js'
import { selectCaptures } from '../../src/capture/select-captures.js'
import { type DemoFleet, startDemoFleet } from '../../src/demo/fleet.js'
import { UserErrors } from '../../src/errors.js'
import { check, replay } from '../../src/pipeline.js'
import type { RunRecord } from '../../src/record.js'
import { loadCredentials } from '../../src/ssh/auth/credentials.js'
import { makeFolder } from '../support/sshd.js'

let fleet: DemoFleet
let folder: string
let record: RunRecord

/** Real SSH servers that play recordings back, and one that nobody answers for. */
beforeAll(async () => {
  fleet = await startDemoFleet()
  folder = join(await makeFolder(), 'runs/monday')
  const captures = await openCaptureFolder(folder)
  const hosts = fleet.hosts.map((host, index) => ({
    ...host,
    groups: index < 4 ? ['web', 'eu'] : ['web'],
    labels: { rack: `${index % 2}` },
    apps: [{ name: 'classrooom', port: 3000 }],
  }))
  record = await check({
    hosts,
    credentials: await loadCredentials(hosts, { env: {} }),
    jobs: 8,
    runMs: 60_000,
    interrupt: new AbortController().signal,
    onProgress: () => {},
    onCapture: captures.keep,
  })
  await captures.finish(record)
})
afterAll(() => fleet.stop())

describe('a saved run', () => {
  it('gives the same record when it is replayed', async () => {
    const { captures, run } = await loadCaptures([folder])
    expect(replay(captures, run)).toEqual(record)
    expect(record.counts).toMatchObject({ healthy: 2, broken: 5, unreachable: 1 })
  })

  it('is for nobody but its owner to read, a file a host, and no drafts are left', async () => {
    const mode = async (path: string) => ((await stat(join(folder, path))).mode & 0o777).toString(8)
    expect((await readdir(folder)).sort()).toEqual(['hosts', 'run.json'])
    expect((await readdir(join(folder, 'hosts'))).sort()).toEqual(record.hosts.map(({ name }) => `${name}.json`).sort())
    expect(await Promise.all(['.', 'hosts', 'run.json', 'hosts/web01.json', 'hosts/web08.json'].map(mode))).toEqual([
      '700',
      '700',
      '600',
      '600',
      '600',
    ])
  })

  it('holds nothing of keys', async () => {
    const text = await readFile(join(folder, 'hosts/web02.json'), 'utf8')
    expect(text).not.toMatch(/identityFiles|knownHosts|PRIVATE KEY/)
    expect(JSON.parse(text).host).toMatchObject({
      name: 'web02',
      address: '127.0.0.1',
      port: expect.any(Number),
      user: 'ops',
      labels: { rack: '1' },
      groups: ['web', 'eu'],
      apps: [{ name: 'classrooom', port: 3000 }],
    })
  })

  it('is replayed in part, by file or by target', async () => {
    const { captures } = await loadCaptures([join(folder, 'hosts/web03.json'), join(folder, 'hosts/web01.json')])
    expect(captures.map(({ host }) => host.name)).toEqual(['web03', 'web01'])
    const all = (await loadCaptures([folder])).captures
    const names = (...words: string[]) => selectCaptures(all, words).map(({ host }) => host.name)
    expect(names('web:&eu', '!web02')).toEqual(['web01', 'web03', 'web04'])
    expect(names('rack=1')).toEqual(['web02', 'web04', 'web06', 'web08'])
    expect(names('web0[7-8]')).toEqual(['web07', 'web08'])
    expect(() => names('db01')).toThrow("there is no host or group 'db01' among the captures")
  })
})

it('is not mixed with anything that is there', async () => {
  await expect(openCaptureFolder(folder)).rejects.toMatchObject({
    message: 'captures cannot be saved here: this folder already holds hosts',
    place: { file: folder },
    mend: 'name a new folder, or an empty one: --save runs/2026-01-31',
  })
  const file = join(await makeFolder(), 'notes.txt')
  await writeFile(file, '')
  await expect(openCaptureFolder(file)).rejects.toThrow('captures cannot be saved here: ENOTDIR')
})

it('tells that captures could not be written only once the run is over', async () => {
  const place = join(await makeFolder(), 'run')
  const captures = await openCaptureFolder(place)
  const [capture] = (await loadCaptures([folder])).captures
  if (!capture) throw new Error('there is no capture')
  await rm(join(place, 'hosts'), { recursive: true })
  await captures.keep(capture)
  await expect(captures.finish(record)).rejects.toThrow('not all captures could be saved: ENOENT')
})

it.each([
  ['web-01.example.com', 'hosts/web-01.example.com.json'],
  ['run', 'hosts/run.json'],
  ['Web01', 'hosts/Web01-HASH.json'],
  ['root@[::1]:2222', 'hosts/root_1_2222-HASH.json'],
  ['../../etc/passwd', 'hosts/etc_passwd-HASH.json'],
  ['..', 'hosts/-HASH.json'],
  ['a'.repeat(300), `hosts/${'a'.repeat(90)}-HASH.json`],
])('the file of host %s is %s', (name, file) => {
  expect(fileOf(name).replace(/-[0-9a-f]{8}\.json$/, '-HASH.json')).toBe(file)
})

it('two hosts never have one file, not even where case does not count', () => {
  const names = ['web01', 'Web01', 'WEB01', 'web_01', 'web/01', 'web:01', '..', '.', '']
  expect(new Set(names.map((name) => fileOf(name).toLowerCase())).size).toBe(names.length)
})

describe('what is no capture is told by name:', () => {
  let place: string
  beforeEach(async () => {
    place = await makeFolder()
    await mkdir(join(place, 'hosts'))
    for (const name of ['web01', 'web02'])
      await writeFile(join(place, `hosts/${name}.json`), await readFile(join(folder, `hosts/${name}.json`)))
    await writeFile(join(place, 'run.json'), await readFile(join(folder, 'run.json')))
  })

  const mistakesOf = async (...sources: string[]) => {
    const error: unknown = await loadCaptures(sources).catch((thrown: unknown) => thrown)
    if (!(error instanceof UserErrors)) throw error
    return error.mistakes.map(
      ({ message, place }) => `${place?.file.replace(/^.*?(hosts|run|other)/, '$1')}: ${message}`,
    )
  }
  const change = async (file: string, edit: (data: Record<string, unknown>) => unknown) => {
    const path = join(place, file)
    await writeFile(path, JSON.stringify(edit(JSON.parse(await readFile(path, 'utf8')))))
  }

  it('every file that a run names and that is gone', async () => {
    expect(await mistakesOf(place)).toEqual(
      [3, 4, 5, 6, 7, 8].map((number) => `hosts/web0${number}.json: there is nothing here`),
    )
  })

  it('a capture of another time, and one that was damaged', async () => {
    const [web01, web02] = [join(place, 'hosts/web01.json'), join(place, 'hosts/web02.json')]
    await change('hosts/web01.json', (data) => ({ ...data, captureVersion: 2 }))
    await change('hosts/web02.json', (data) => ({ ...data, elapsedMs: 'long' }))
    expect(await mistakesOf(web01, web02)).toEqual([
      'hosts/web01.json: this was saved by a newer fleetdx',
      'hosts/web02.json: this capture is damaged at elapsedMs: Invalid input: expected number, received string',
    ])
    await change('hosts/web01.json', (data) => ({ ...data, captureVersion: 0 }))
    expect(await mistakesOf(web01)).toEqual([
      'hosts/web01.json: this was saved in an older form (0) that is no longer read',
    ])
  })

  it('foreign JSON, half a file, an empty one', async () => {
    const path = join(place, 'hosts/web01.json')
    for (const text of ['{"name":"web01"}', '[]', '{"captureVersion":1', '']) {
      await writeFile(path, text)
      expect(await mistakesOf(path)).toEqual(['hosts/web01.json: this is no capture of fleetdx'])
    }
  })

  it('a run file that leads elsewhere', async () => {
    await change('run.json', (data) => ({ ...data, hosts: [{ name: 'web01', file: '../../etc/passwd' }] }))
    expect(await mistakesOf(place)).toEqual([
      expect.stringMatching(/^run\.json: this capture is damaged at hosts\.0\.file/),
    ])
  })

  it('a folder without captures', async () => {
    await expect(loadCaptures([await makeFolder()])).rejects.toThrow('there is no capture in this folder')
  })

  it('but a run that was killed before its end is read as far as it got', async () => {
    await rm(join(place, 'run.json'))
    await writeFile(join(place, 'hosts/.4711-1-x'), '{"half')
    const { captures, run } = await loadCaptures([place])
    expect(captures.map(({ host }) => host.name)).toEqual(['web01', 'web02'])
    expect(run.interrupted).toBe(false)
  })

  it('and what would harm a screen is taken out of what someone else wrote', async () => {
    await change('hosts/web01.json', (data) => ({ ...data, fleetdxVersion: '\u001b]0;gotcha\u0007\u202e1' }))
    const { captures } = await loadCaptures([join(place, 'hosts/web01.json')])
    expect(captures[0]?.fleetdxVersion).toBe('1')
  })
})
