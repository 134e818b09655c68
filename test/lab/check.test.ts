import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EdgeId } from '../../src/path/request-path.js'
import type { HostRecord, RunRecord } from '../../src/record.js'
import { checkRecord } from '../support/fleetdx.js'
import { faults } from './faults/index.js'
import type { LabHost } from './host/host.js'
import { compareSnapshots, type Snapshot, takeSnapshot } from './host/snapshot.js'
import { inventoryFile } from './inventory.js'
import { startLab, stopLab } from './lab.js'

/**
 * The whole way, on real hosts: one run over the fleet for each level of privilege. The lab itself proves with a request
 * from outside what every host answers; these tests compare what fleetdx says of it.
 */
const users = ['root', 'ops', 'guest'] as const

/** The first link that is broken, by the cause; where the cause breaks it deeper, this is where a request first meets it. */
const firstBroken: Readonly<Record<string, EdgeId | undefined>> = {
  'gateway-down': 'gateway',
  'gateway-boot-dns-race': 'gateway',
  'app-managed-elsewhere': undefined,
  'gateway-config-invalid': 'gateway',
  'gateway-config-invalid-old-running': 'site',
  'public-port-blocked': 'entrance',
  'eaddrinuse-orphan': 'process',
  'eaddrinuse-other-app': 'process',
  'app-hung': 'answer',
  'app-serves-5xx': 'answer',
  'tls-to-plain-upstream': 'answer',
  'upstream-all-marked-down': 'site',
  'site-not-enabled': undefined,
}

/** Hosts that change by themselves: the app goes on crashing; pm2 notes every minute that it has no process to measure. */
const restless = ['app-crash-loop', 'pm2-online-no-pid']

let hosts: Map<string, LabHost>
const records = new Map<string, RunRecord>()
const exitCodes = new Map<string, number>()
const before = new Map<string, Snapshot>()

beforeAll(async () => {
  hosts = await startLab([], () => {})
  for (const [name, host] of hosts) if (!restless.includes(name)) before.set(name, await takeSnapshot(host))
  for (const user of users) {
    const { exitCode, record } = await checkRecord(['-i', inventoryFile, '--user', user])
    records.set(user, record)
    exitCodes.set(user, exitCode)
  }
}, 900_000)

afterAll(stopLab, 120_000)

function find(user: string, name: string): HostRecord {
  const host = records.get(user)?.hosts.find((each) => each.name === name)
  if (!host) throw new Error(`${user} has no record of ${name}`)
  return host
}

const reachable = faults.filter(({ login }) => login === undefined)
const broken = reachable.filter(({ cause }) => cause !== null)

describe.each(['root', 'ops'])('as %s', (user) => {
  it.each(broken)('$name: names $cause', ({ name, cause }) => {
    const { causes, path, status } = find(user, name)
    expect(causes[0]).toMatchObject({ id: cause })
    expect(['broken', 'degraded']).toContain(status)
    expect(path.find(({ state }) => state === 'broken')?.id).toBe(
      cause !== null && cause in firstBroken ? firstBroken[cause] : 'target',
    )
  })

  it.each(broken)('$name: quotes evidence, and names a remedy', ({ name }) => {
    const [cause] = find(user, name).causes
    expect(cause?.evidence.length).toBeGreaterThan(0)
    expect(cause?.remedy.length).toBeGreaterThan(0)
  })

  it.each(reachable.filter(({ cause }) => cause === null))('$name: is healthy', ({ name }) => {
    const { status, causes } = find(user, name)
    expect({ status, causes }).toEqual({ status: 'healthy', causes: [] })
  })
})

describe('as guest, without sudo', () => {
  it.each(broken)('$name: names $cause or what follows from it, or says that it cannot tell', ({ name, cause }) => {
    const { status, causes } = find('guest', name)
    const known = find('root', name).causes[0]
    const allowed = [cause, ...(known?.consequences.map(({ id }) => id) ?? [])]
    // What only threatens the next boot may well be out of sight.
    if (cause !== 'app-managed-elsewhere') expect(status).not.toBe('healthy')
    if (causes[0]) expect(allowed).toContain(causes[0].id)
  })

  it.each(reachable.filter(({ cause }) => cause === null))('$name: blames nothing', ({ name }) => {
    const { status, causes } = find('guest', name)
    expect(causes).toEqual([])
    expect(['healthy', 'unknown']).toContain(status)
  })

  it('sees that a healthy host is healthy', () => {
    expect(find('guest', 'healthy').status).toBe('healthy')
  })

  it('says once what could not be seen', () => {
    const { blind, right } = find('guest', 'healthy')
    expect(right).toMatchObject({ user: 'guest', kind: 'refused' })
    expect(blind.map(({ what }) => what)).toContain('the apps of the pm2 daemon of deploy (/home/deploy/.pm2)')
    expect(new Set(blind.map(({ what }) => what)).size).toBe(blind.length)
  })
})

describe('every user', () => {
  it.each(faults.filter(({ login }) => login !== undefined))('$name: cannot be reached ($login)', ({ name, login }) => {
    for (const user of users)
      expect(find(user, name)).toMatchObject({ status: 'unreachable', reason: { reason: login } })
  })

  it('gets exit code 1, because hosts are broken', () => {
    expect([...exitCodes.values()]).toEqual([1, 1, 1])
  })

  it('gets 0 where all is healthy, and 3 where nothing broken was seen but a host is unreachable', async () => {
    const { exitCode: healthy } = await checkRecord(['-i', inventoryFile, 'healthy'])
    const { exitCode: unreachable } = await checkRecord(['-i', inventoryFile, 'healthy', 'ssh-refused'])
    expect({ healthy, unreachable }).toEqual({ healthy: 0, unreachable: 3 })
  })
})

describe('login shells', () => {
  it.each(['fishy', 'cshy', 'noisy', 'deploy'])('%s sees the same', async (user) => {
    const { record } = await checkRecord(['-i', inventoryFile, '--user', user, 'healthy', 'next-build-missing'])
    expect(record.hosts.map(({ status, causes }) => [status, causes[0]?.id])).toEqual([
      ['healthy', undefined],
      ['broken', 'next-build-missing'],
    ])
  })
})

/** Where a request leaves its line, fleetdx's own as any visitor's: the gateway's logs, and those of an app that logs errors. */
const requestLogs =
  /^[-+] (?:file|content \w+) (?:\/var\/log\/nginx\/(?:access|error)\.log|\/home\/deploy\/classrooom\/logs\/pm2-error\.log)\b/

describe('nothing is changed', () => {
  it.each(reachable.filter(({ name }) => !restless.includes(name)))('$name is as it was', async ({ name }) => {
    const host = hosts.get(name)
    if (!host) throw new Error(`${name} does not run`)
    const changes = compareSnapshots(before.get(name) ?? [], await takeSnapshot(host))
    expect(changes.filter((line) => !requestLogs.test(line))).toEqual([])
  })
})
