import { describe, expect, it } from 'vitest'
import { findClusters } from '../../src/compare/cluster.js'
import { shapeFor } from '../../src/compare/shape.js'
import type { HostRecord } from '../../src/record.js'
import type { TimelineEntry } from '../../src/timeline/event.js'
import { faultyHost, lostHost, numberNames } from '../support/fleet.js'
import { brokenHost, causeRecord, hostRecord } from '../support/record.js'

const brief = (hosts: readonly HostRecord[]) =>
  findClusters(hosts).map(({ status, cause, folded }) => [status, cause, folded])

/** What the error log of a host says: that requests fail since then. */
const failing = (at: string, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  ...{ at, until: '2026-11-24T14:20:00.000Z', count: 9, kind: 'gateway-errors', text: 'nginx: connect refused' },
  ...{ source: '/var/log/nginx/error.log', ...more },
})

const since = (name: string, ...timeline: TimelineEntry[]) => brokenHost({ name, timeline, clockSkewMs: 0 })
const onsetOf = (...hosts: HostRecord[]) => findClusters(hosts)[0]?.onset

describe('clusters of real hosts', () => {
  it('are made of 40 hosts by what is wrong with each, but for what is its own', async () => {
    const age = (name: string) => (text: string) =>
      text.replaceAll(/\b(pid|4 restarts) \d+/g, '$1 9').replaceAll('uname', `uname-${name}`)
    const missing = await Promise.all(
      numberNames('web', 1, 20).map((name) => faultyHost(name, 'next-build-missing', age(name))),
    )
    const mismatch = await Promise.all(
      numberNames('web', 21, 30).map((name) => faultyHost(name, 'proxy-port-mismatch')),
    )
    const down = await Promise.all(numberNames('api', 1, 5).map((name) => faultyHost(name, 'gateway-down')))
    const healthy = await Promise.all(numberNames('api', 6, 7).map((name) => faultyHost(name, 'healthy')))
    const lost = [
      lostHost('db01', {}),
      lostHost('db02', {}),
      lostHost('db03', { reason: 'jump', hop: 'ops@gate:22', message: 'jump host (refused): ops@gate:22 refused' }),
    ]
    expect(brief([...lost, ...healthy, ...down, ...mismatch, ...missing])).toEqual([
      ['broken', 'next-build-missing', 'web[01-20]'],
      ['broken', 'proxy-port-mismatch', 'web[21-30]'],
      ['broken', 'gateway-down', 'api[01-05]'],
      ['unreachable', null, 'db[01-02]'],
      ['unreachable', null, 'db03'],
    ])
  })

  it('keep the same fault of two apps apart', async () => {
    const other = (text: string) => text.replaceAll('classrooom', 'shop')
    const hosts = [
      await faultyHost('web1', 'next-build-missing'),
      await faultyHost('web2', 'next-build-missing', other),
    ]
    expect(findClusters(hosts).map(({ subject, hosts: names }) => [subject, names])).toEqual([
      ['classrooom', ['web1']],
      ['shop', ['web2']],
    ])
  })
})

describe('a cluster', () => {
  it('has hosts with other risks beside, and not those with another root cause or status', () => {
    const risk = causeRecord({ id: 'clock-skew', effect: 'risk', summary: 'the clock is wrong' })
    const both = brokenHost({ name: 'web2', causes: [causeRecord(), risk] })
    const degraded = hostRecord({ name: 'web3', status: 'degraded', causes: [risk] })
    expect(brief([degraded, brokenHost({ name: 'web1' }), both])).toEqual([
      ['broken', 'next-build-missing', 'web[1-2]'],
      ['degraded', 'clock-skew', 'web3'],
    ])
  })

  it('is made of unknown hosts by what was not seen', () => {
    const unknown = (name: string, verdict: string) => hostRecord({ name, status: 'unknown', verdict })
    const late = ['a1', 'a2'].map((name) => unknown(name, 'no answer: it took too long'))
    expect(brief([...late, unknown('a3', 'no web app and no gateway was found')])).toEqual([
      ['unknown', null, 'a[1-2]'],
      ['unknown', null, 'a3'],
    ])
  })

  it('keeps waived hosts apart from the others', () => {
    expect(brief([brokenHost({ name: 'a1' }), brokenHost({ name: 'a2', isWaived: true })])).toHaveLength(2)
  })
})

describe('the onset', () => {
  const early = '2026-11-24T14:02:11.000Z'

  it('is one where hosts began within five minutes', () => {
    expect(onsetOf(since('a1', failing('2026-11-24T14:05:00.000Z')), since('a2', failing(early)))).toEqual({
      ...{ from: early, to: '2026-11-24T14:05:00.000Z', isShared: true, mayBeOlder: false, known: 2 },
    })
  })

  it('is a span where they did not', () => {
    const onset = onsetOf(since('a1', failing(early)), since('a2', failing('2026-11-24T14:09:00.000Z')))
    expect(onset).toMatchObject({ from: early, to: '2026-11-24T14:09:00.000Z', isShared: false })
  })

  it('may be older where only the end of a log was read', () => {
    expect(onsetOf(since('a1', failing(early, { mayBeOlder: true })))).toMatchObject({ mayBeOlder: true })
  })

  it('is that of a stop where nobody came since', () => {
    const stop: TimelineEntry = { at: early, kind: 'app-stop', text: 'shop was stopped', source: 'pm2' }
    expect(onsetOf(since('a1', stop))).toMatchObject({ from: early })
    expect(onsetOf(since('a1', stop, { ...stop, at: '2026-11-24T14:10:00.000Z', kind: 'app-start' }))).toBeNull()
  })

  it('is not known where fewer than half of the hosts tell, or no clock was read', () => {
    expect(onsetOf(since('a1', failing(early)), since('a2'), since('a3'))).toBeNull()
    expect(onsetOf({ ...since('a1', failing(early)), clockSkewMs: null })).toBeNull()
    expect(onsetOf(since('a1', failing(early)), since('a2'))).toMatchObject({ known: 1 })
  })
})

describe('the shape of evidence', () => {
  const host = hostRecord({ name: 'web01', address: '10.0.0.1' })
  it.each([
    [
      'pm2 (deploy): shop is errored, pid 0, 16 restarts, exit code 1',
      'pm2 (deploy): shop is errored, pid #, # restarts, exit code 1',
    ],
    ['connect ECONNREFUSED 10.0.0.9:5432', 'connect ECONNREFUSED 10.0.0.9:5432'],
    ['web01.example.com web01 10.0.0.1:22 web011', 'web01.example.com <host> <host>:22 web011'],
    ['/srv/releases/20261124102631/app', '/srv/releases/#/app'],
    ['2026-11-24T10:26:31.000Z, 2026/11/24 10:26:31 +0000', '<time>, <time>'],
    ['127.0.0.1:40122 to port 3000: HTTP 502 after 12 ms', '127.0.0.1:# to port 3000: HTTP 502 after # ms'],
    ['build kX2v9QhLm3PzRt7WbYc1d of 7f6dda8c4b1e', 'build <id> of <id>'],
  ])('of %s', (text, shape) => {
    expect(shapeFor(host)(text)).toBe(shape)
  })

  it('of what nginx logs leaves out who asked, and for what', () => {
    const line =
      '2026/11/24 10:26:31 [error] 21#21: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.9, server: shop.test, request: "GET /cart HTTP/1.1", upstream: "http://127.0.0.1:3000/cart", host: "shop.test"'
    expect(shapeFor(host)(line)).toBe(
      '<time> [error] ###: *# connect() failed (#: Connection refused) while connecting to upstream,  server: shop.test,  upstream: "http://127.0.0.1:3000/cart", ',
    )
  })
})
