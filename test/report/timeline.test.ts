import { describe, expect, it } from 'vitest'
import type { HostRecord } from '../../src/record.js'
import { createStyle } from '../../src/report/style.js'
import { renderReport } from '../../src/report/text.js'
import { drawTimeline } from '../../src/report/timeline.js'
import type { TimelineEntry } from '../../src/timeline/event.js'
import { hostFacts } from '../support/facts.js'
import { brokenHost, facts, hostRecord, runRecord } from '../support/record.js'

const timeline: TimelineEntry[] = [
  { at: '2026-11-23T22:05:09.000Z', kind: 'build', text: 'classrooom was built', source: '.next/BUILD_ID' },
  { at: '2026-11-24T14:02:09.400Z', kind: 'app-exit', text: 'classrooom exited with code 1', source: 'pm2.log' },
  {
    at: '2026-11-24T14:02:11.000Z',
    until: '2026-11-24T14:03:40.000Z',
    count: 34,
    kind: 'gateway-errors',
    text: 'nginx: connect refused',
    source: 'error.log',
  },
]

const draw = (host: Partial<HostRecord>, { width = 72, unicode = true } = {}) =>
  drawTimeline(
    brokenHost({ timeline, clockSkewMs: 0, ...host }),
    createStyle({ width: 80, color: false, unicode }),
    width,
  )

describe('drawTimeline', () => {
  it('says the day and the zone once, and draws a line an event', () => {
    expect(draw({})).toEqual([
      '2026-11-24 UTC',
      '11-23 22:05 classrooom was built',
      '14:02:09    classrooom exited with code 1',
      '14:02:11    34× nginx: connect refused, until 14:03:40',
    ])
  })

  it("says whose clock it is where that is not the operator's, and how wrong the host's is", () => {
    const clock = (clockSkewMs: number | null) => draw({ clockSkewMs })[0]
    expect(clock(null)).toBe("2026-11-24 UTC by the host's clock")
    expect(clock(90_000)).toBe('2026-11-24 UTC, its clock, 90 s fast, set right')
    expect(clock(-3_600_000)).toBe('2026-11-24 UTC, its clock, 60 min slow, set right')
    expect(clock(-200_000_000)).toBe('2026-11-24 UTC, its clock, 2 days slow, set right')
  })

  it('marks what may be older, and says how much more there is', () => {
    const [build, exit, errors] = timeline
    if (!build || !exit || !errors) throw new Error('three entries')
    const older = { ...errors, mayBeOlder: true as const }
    const many = [exit, exit, exit, exit, older]
    expect(draw({ timeline: [build, build, ...many] })).toEqual([
      '2026-11-24 UTC; < = or before; 1 more: see --format json',
      ' 11-23 22:05 classrooom was built',
      ' 11-23 22:05 classrooom was built',
      ' 14:02:09    classrooom exited with code 1',
      ' 14:02:09    classrooom exited with code 1',
      ' 14:02:09    classrooom exited with code 1',
      '<14:02:11    34× nginx: connect refused, until 14:03:40',
    ])
  })

  it('keeps to ASCII and to the width', () => {
    expect(draw({ timeline: timeline.slice(2) }, { unicode: false, width: 36 })).toEqual([
      '2026-11-24 UTC',
      '14:02:11 34x nginx: connect refused~',
    ])
  })

  it('draws nothing of nothing', () => {
    expect(draw({ timeline: [] })).toEqual([])
  })

  it('of a host that is not broken, is for trouble of the last hour', () => {
    const host = (minutes: number) =>
      hostRecord({
        status: 'degraded',
        timeline,
        clockSkewMs: 60_000,
        facts: facts({ host: hostFacts({ nowMs: Date.UTC(2026, 10, 24, 14, 3 + minutes) }) }),
      })
    const style = createStyle({ width: 80, color: false, unicode: true })
    expect(drawTimeline(host(61), style, 72)).toHaveLength(4)
    expect(drawTimeline(host(62), style, 72)).toEqual([])
  })
})

describe('in the report', () => {
  const render = (...hosts: HostRecord[]) => renderReport(runRecord(hosts), { width: 80, color: false, unicode: true })
  const broken = (name: string, minute: number) => {
    const at = `2026-11-24T14:0${minute}:00.000Z`
    const text = 'classrooom exited with code 1'
    return brokenHost({ name, clockSkewMs: 0, timeline: [{ at, kind: 'app-exit', text, source: 'pm2.log' }] })
  }

  it('stands in the block of the host', () => {
    expect(render(broken('web1', 1))).toContain(
      '\n  when  2026-11-24 UTC\n        14:01:00 classrooom exited with code 1\n',
    )
  })

  it('keeps no hosts apart of which there is the same to say, and is left out of their block', () => {
    const report = render(broken('web1', 1), broken('web2', 2))
    expect(report).toContain('✖ 2 hosts web[1-2]: ')
    expect(report.match(/ {2}when {2}.*/g)).toEqual(['  when  since 11-24 14:01 UTC'])
  })
})
