import { describe, expect, it } from 'vitest'
import { findClusters } from '../../src/compare/cluster.js'
import { findCommonCauses } from '../../src/compare/common-cause.js'
import { findSharedChanges } from '../../src/compare/shared-change.js'
import type { HostRecord } from '../../src/record.js'
import type { TimelineEntry } from '../../src/timeline/event.js'
import { faultyHost, lostHost, numberNames } from '../support/fleet.js'
import { brokenHost, causeRecord, deadPath, hostRecord } from '../support/record.js'

const told = (hosts: readonly HostRecord[]) =>
  findCommonCauses(hosts).map(({ summary, folded }) => `${folded}: ${summary}`)

/** A host whose app says this as it dies. */
const saying = (name: string, text: string) =>
  brokenHost({
    name,
    address: `10.0.0.${name.replace(/\D/g, '')}`,
    causes: [causeRecord({ evidence: [{ source: 'app.log', text }] })],
  })

describe('a common cause', () => {
  it('is the database that real hosts fail to reach', async () => {
    const hosts = await Promise.all(numberNames('web', 1, 3).map((name) => faultyHost(name, 'db-unreachable-crash')))
    expect(findCommonCauses(hosts)).toEqual([
      {
        kind: 'server',
        what: '10.85.0.1:5432',
        host: null,
        summary: '3 hosts fail to reach 10.85.0.1:5432 (PostgreSQL): look there first',
        hosts: ['web01', 'web02', 'web03'],
        folded: 'web[01-03]',
        evidence: ['web01', 'web02', 'web03'].map((host) => ({
          host,
          source: '/home/deploy/classrooom/logs/pm2-error.log',
          text: 'Error: connect ECONNREFUSED 10.85.0.1:5432',
        })),
      },
    ])
  })

  it('may be of different apps, said in different words, and be a host of the run', () => {
    const hosts = [
      saying('web1', 'Error: connect ETIMEDOUT 10.0.0.9:3306'),
      saying('web2', "Can't reach database server at `10.0.0.9:3306`"),
      lostHost('db', {}),
    ].map((host) => (host.name === 'db' ? { ...host, address: '10.0.0.9' } : host))
    expect(told(hosts)).toEqual([
      'web[1-2]: 2 hosts fail to reach 10.0.0.9:3306 (MySQL): look there first (this is host db of the run: unreachable)',
    ])
  })

  it('is a name that cannot be resolved', () => {
    const words = ['getaddrinfo ENOTFOUND db.internal', 'host not found in upstream "db.internal:3000"']
    expect(told(words.map((text, index) => saying(`web${index + 1}`, text)))).toEqual([
      'web[1-2]: 2 hosts cannot resolve db.internal: look at that name, and at their name server, first',
    ])
  })

  it('is the server that gateways dial', () => {
    const dialling = (name: string) => brokenHost({ name, causes: [], paths: [deadPath({ target: '10.0.7.7:8080' })] })
    expect(told([dialling('gw1'), dialling('gw2')])).toEqual([
      'gw[1-2]: 2 hosts fail to reach 10.0.7.7:8080: look there first',
    ])
  })

  it('is the jump host, the login that was refused, and the resolver of this machine', () => {
    const gate = { reason: 'jump', hop: 'ops@gate:22', message: 'jump host (refused): ops@gate:22 refused' }
    const login = {
      reason: 'not-tried',
      phase: 'auth',
      hop: 'ops@a:22',
      message: 'not tried: the same login was refused',
    }
    const dns = { reason: 'dns', phase: 'resolve', message: 'has no address' }
    const hosts = [
      ...['a1', 'a2'].map((name) => lostHost(name, gate)),
      ...['b1', 'b2'].map((name) => lostHost(name, login)),
      ...['c1', 'c2'].map((name) => lostHost(name, dns)),
    ]
    expect(told(hosts)).toEqual([
      'a[1-2]: 2 hosts are behind ops@gate:22, which lets nothing through: look there first',
      'b[1-2]: 2 hosts were not tried, because ops@a:22 refused the same login: set it right first',
      'c[1-2]: none of the names of 2 hosts could be resolved here: look at the name server of this machine first',
    ])
  })

  it('is none where a host is alone with it, or it is on the host itself', () => {
    const text = 'Error: connect ECONNREFUSED 127.0.0.1:5432'
    expect(told([saying('web1', text), saying('web2', text)])).toEqual([])
    expect(
      told([
        saying('web1', 'connect ECONNREFUSED 10.1.1.1:5432'),
        saying('web2', 'connect ECONNREFUSED 10.1.1.2:5432'),
      ]),
    ).toEqual([])
    expect(
      told([
        saying('web1', 'connect ECONNREFUSED 10.0.0.1:5432'),
        saying('web2', 'connect ECONNREFUSED 10.0.0.1:5432'),
      ]),
    ).toEqual([])
  })

  it('is not the resolver where one name was resolved', () => {
    const dns = { reason: 'dns', phase: 'resolve', message: 'has no address' }
    const reached = hostRecord({ name: 'web', address: 'web.example.com' })
    expect(told([lostHost('c1', dns), lostHost('c2', dns), reached])).toEqual([])
  })
})

describe('a change that hosts share', () => {
  const at = (minute: number) => `2026-11-24T14:${String(minute).padStart(2, '0')}:00.000Z`
  const deployed = (minute: number): TimelineEntry => ({
    ...{ at: at(minute), kind: 'deploy', text: 'shop was deployed', source: '/srv/shop/current' },
  })
  const failing = (minute: number): TimelineEntry => ({
    ...{ at: at(minute), kind: 'gateway-errors', text: 'nginx: connect refused', source: 'error.log' },
  })
  const host = (name: string, deploy: number, fail: number) =>
    brokenHost({ name, clockSkewMs: 0, timeline: [deployed(deploy), failing(fail)] })

  it('soon before they broke is to be looked at first', () => {
    expect(findSharedChanges([host('a1', 1, 2), host('a2', 3, 9), hostRecord({ name: 'a3' })])).toEqual([
      {
        kind: 'change',
        what: 'shop was deployed',
        host: null,
        summary:
          '2 hosts broke within half an hour of the same change: shop was deployed (2026-11-24 14:01 UTC); see whether it was that',
        hosts: ['a1', 'a2'],
        folded: 'a[1-2]',
        evidence: [
          { host: 'a1', source: '/srv/shop/current', text: '2026-11-24T14:01:00.000Z shop was deployed' },
          { host: 'a2', source: '/srv/shop/current', text: '2026-11-24T14:03:00.000Z shop was deployed' },
        ],
      },
    ])
  })

  it.each([
    ['was made at other times', [host('a1', 1, 2), host('a2', 20, 21)]],
    ['was long before', [host('a1', 1, 50), host('a2', 1, 50)]],
    ['came after', [host('a1', 9, 2), host('a2', 9, 2)]],
    ['was made on one alone', [host('a1', 1, 2)]],
    [
      'was made on a healthy host, too',
      [host('a1', 1, 2), host('a2', 1, 2), hostRecord({ name: 'a3', timeline: [deployed(2)] })],
    ],
  ])('is none where it %s', (_, hosts) => {
    expect(findSharedChanges(hosts)).toEqual([])
  })
})

it('reads no further into a text that was made to be long', () => {
  const texts = ['x'.repeat(1_000_000), 'while connecting to upstream,'.repeat(40_000), 'a-'.repeat(500_000)]
  const evidence = texts.map((text) => ({ source: 'log', text }))
  const host = brokenHost({ causes: [causeRecord({ summary: texts[0] ?? '', evidence })] })
  expect(findCommonCauses([host, { ...host, name: 'web2' }])).toEqual([])
  expect(findClusters([host, { ...host, name: 'web2' }])).toHaveLength(1)
})
