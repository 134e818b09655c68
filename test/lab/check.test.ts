import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HostRecord } from '../../src/record.js'
import { checkRecord } from '../support/fleetdx.js'
import { inBatches } from './batches.js'
import type { Fault } from './faults/fault.js'
import { faults } from './faults/index.js'
import { firstBrokenOf } from './first-broken.js'
import { gradeVerdict } from './grade.js'
import type { LabHost } from './host/host.js'
import { compareSnapshots, type Snapshot, takeSnapshot } from './host/snapshot.js'
import { inventoryFile } from './inventory.js'
import { startLab, stopLab } from './lab.js'
import { type Records, users } from './matrix.js'
import { survey } from './survey.js'

/**
 * The whole way, on real hosts, as many at once as a machine carries: one run over them for each level of privilege. The lab itself proves with a request
 * from outside what every host answers; these tests compare what fleetdx says of it.
 */
/**
 * Hosts that change by themselves: the app goes on crashing; pm2 notes every minute that it has no process to measure; a
 * HAProxy opens the socket of its log at its first request.
 */
const restless = [
  'app-crash-loop',
  'pm2-online-no-pid',
  'pm2-two-daemons',
  'pm2-watch-loop',
  'two-gateways',
  'pm2-memory-loop',
  'fork-or-pid-limit',
]

/** Where a request leaves its line, fleetdx's own as any visitor's: the gateway's logs, and those of an app that logs errors. */
const requestLogs =
  /^[-+] (?:file|content \w+) (?:\/var\/log\/(?:nginx|apache2|caddy)\/\S*|\/home\/deploy\/classrooom\/logs\/pm2-(?:error|out)\.log)\b/

/** Raising a batch, base layer included, and three runs over it. */
const raiseMs = 900_000

describe.each(inBatches(faults).map((batch) => ({ name: nameBatch(batch), batch })))('$name', ({ batch }) => {
  let hosts: Map<string, LabHost>
  let records: Records
  const before = new Map<string, Snapshot>()
  const reachable = batch.filter(({ login }) => login === undefined)
  const broken = reachable.filter(({ cause }) => cause !== null)

  beforeAll(async () => {
    hosts = await startLab(
      batch.map(({ name }) => name),
      () => {},
    )
    for (const [name, host] of hosts) if (!restless.includes(name)) before.set(name, await takeSnapshot(host))
    records = await survey()
  }, raiseMs)

  afterAll(stopLab, 120_000)

  function find(user: (typeof users)[number], name: string): HostRecord {
    const host = records.get(user)?.hosts.find((each) => each.name === name)
    if (!host) throw new Error(`${user} has no record of ${name}`)
    return host
  }

  describe.each(['root', 'ops'] as const)('as %s', (user) => {
    it.each(broken)('$name: names $cause', (fault) => {
      const { causes, path, status } = find(user, fault.name)
      expect(causes[0]).toMatchObject({ id: fault.cause })
      expect(['broken', 'degraded']).toContain(status)
      if (!restless.includes(fault.name))
        expect(firstBrokenOf(fault)).toContain(path.find(({ state }) => state === 'broken')?.id)
    })

    it.each(broken)('$name: quotes evidence, and names a remedy', ({ name }) => {
      const [cause] = find(user, name).causes
      expect(cause?.evidence.length).toBeGreaterThan(0)
      expect(cause?.remedy.length).toBeGreaterThan(0)
    })

    it.each(reachable.filter(({ cause }) => cause === null))('$name: is healthy', ({ name, note }) => {
      const { status, causes, notes } = find(user, name)
      expect({ status, causes }).toEqual({ status: 'healthy', causes: [] })
      expect(notes.map(({ id }) => id)).toEqual(note === undefined ? [] : [note])
    })
  })

  it.each(reachable)('$name: guest, without sudo, is told what is true, or that it cannot be seen', (fault) => {
    expect(gradeVerdict(fault, find('guest', fault.name))).not.toBe('wrong')
  })

  it.each(batch.filter(({ login }) => login !== undefined))('$name: nobody reaches it ($login)', ({ name, login }) => {
    for (const user of users)
      expect(find(user, name)).toMatchObject({ status: 'unreachable', reason: { reason: login } })
  })

  it.each(reachable.filter(({ name }) => !restless.includes(name)))('$name: is as it was', async ({ name }) => {
    const host = hosts.get(name)
    if (!host) throw new Error(`${name} does not run`)
    const findChanges = async () => compareSnapshots(before.get(name) ?? [], await takeSnapshot(host))
    // The last session of a check may just be ending.
    await expect
      .poll(async () => (await findChanges()).filter((line) => !requestLogs.test(line)), { timeout: 20_000 })
      .toEqual([])
  })
})

function nameBatch(batch: readonly Fault[]): string {
  return `${batch[0]?.name} … ${batch.at(-1)?.name}`
}

describe('a small fleet', () => {
  beforeAll(async () => {
    await startLab(['healthy', 'next-build-missing', 'ssh-refused'], () => {})
  }, raiseMs)
  afterAll(stopLab, 120_000)

  it('gives exit code 1 where a host is broken, 0 where all is healthy, 3 where one could not be reached', async () => {
    const codeOf = async (...names: string[]) => (await checkRecord(['-i', inventoryFile, ...names])).exitCode
    expect(await codeOf()).toBe(1)
    expect(await codeOf('healthy')).toBe(0)
    expect(await codeOf('healthy', 'ssh-refused')).toBe(3)
  })

  it.each(['fishy', 'cshy', 'noisy', 'deploy'])('looks the same through the login shell of %s', async (user) => {
    const { record } = await checkRecord(['-i', inventoryFile, '--user', user, 'healthy', 'next-build-missing'])
    expect(record.hosts.map(({ status, causes }) => [status, causes[0]?.id])).toEqual([
      ['healthy', undefined],
      ['broken', 'next-build-missing'],
    ])
  })

  it('says once what guest could not see, who still sees that a healthy host is healthy', async () => {
    const { record } = await checkRecord(['-i', inventoryFile, '--user', 'guest', 'healthy'])
    const [host] = record.hosts
    expect(host).toMatchObject({ status: 'healthy', right: { user: 'guest', kind: 'refused' } })
    const blind = host?.blind.map(({ what }) => what) ?? []
    expect(blind).toContain('the apps of the pm2 daemon of deploy (/home/deploy/.pm2)')
    expect(new Set(blind).size).toBe(blind.length)
  })
})
