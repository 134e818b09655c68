import { describe, expect, it } from 'vitest'
import { listPageCases } from '../../../src/report/html/clusters.js'
import { drawLanes } from '../../../src/report/html/lanes.js'
import { brokenHost, hostRecord, runRecord } from '../../support/record.js'
import { outage } from './fleet.js'

const lanesOf = (...hosts: Parameters<typeof runRecord>[0]) => drawLanes(listPageCases(runRecord(hosts)))

describe('the lanes of an outbreak', () => {
  it('have one for all hosts that are sick in the same way, and one mark for what came to them at once', () => {
    const hosts = [1, 2, 3].map((number) => brokenHost({ name: `web${number}`, timeline: outage() }))
    const drawn = lanesOf(...hosts, hostRecord({ name: 'web4', timeline: outage() }))
    expect(drawn?.lanes.map(({ hosts }) => hosts)).toEqual(['web[1-3]'])
    expect(drawn?.lanes[0]?.marks.map(({ kind, hosts, host, count }) => [kind, hosts, host, count])).toEqual([
      ['deploy', 3, 'web1', undefined],
      ['app-exit', 3, 'web1', 48],
      ['gateway-errors', 3, 'web1', 1236],
    ])
  })

  it('begin a little before the first sign of trouble and end after the last', () => {
    const drawn = lanesOf(brokenHost({ timeline: outage() }))
    expect([drawn?.from, drawn?.to].map((ms) => new Date(ms ?? 0).toISOString().slice(11, 19))).toEqual([
      '08:46:03',
      '10:00:44',
    ])
  })

  it('are none where nothing is known of when', () => {
    expect(lanesOf(brokenHost({ timeline: [] }))).toBeNull()
    expect(lanesOf(hostRecord({}))).toBeNull()
  })
})
