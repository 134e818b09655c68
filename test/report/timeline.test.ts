import { describe, expect, it } from 'vitest'
import { createStyle } from '../../src/report/style.js'
import { drawTimeline } from '../../src/report/timeline.js'
import type { Event } from '../../src/timeline/event.js'

const day = Date.UTC(2026, 10, 24)
const at = (hours: number, minutes: number, seconds: number) => day + ((hours * 60 + minutes) * 60 + seconds) * 1000

const events: Event[] = [
  { atMs: day - 5 * 86_400_000, kind: 'build', text: 'the app was built', source: '.next/BUILD_ID' },
  { atMs: at(14, 2, 9), kind: 'app-exit', text: 'classrooom exited with code 1', source: 'pm2.log' },
  {
    atMs: at(14, 2, 11),
    untilMs: at(14, 3, 40),
    count: 34,
    kind: 'gateway-errors',
    text: 'nginx: connect refused',
    source: 'error.log',
  },
]

describe('drawTimeline', () => {
  it('draws a line an event, with the date of what is older than a day', () => {
    expect(drawTimeline(events, style(), 80)).toEqual([
      '2026-11-19        the app was built',
      '14:02:09          classrooom exited with code 1',
      '14:02:11–14:03:40 nginx: 34× connect refused',
    ])
  })

  it('keeps to ASCII and to the width', () => {
    expect(drawTimeline(events.slice(2), style({ unicode: false }), 36)).toEqual([
      '14:02:11-14:03:40 nginx: 34x connec~',
    ])
  })

  it('counts what is no error behind its name', () => {
    const starts: Event[] = [{ atMs: day, untilMs: day, count: 3, kind: 'app-start', text: 'web started', source: 's' }]
    expect(drawTimeline(starts, style(), 80)).toEqual(['00:00:00 web started, 3×'])
  })

  it('draws nothing of nothing', () => {
    expect(drawTimeline([], style(), 80)).toEqual([])
  })
})

function style(options: { unicode?: boolean } = {}) {
  return createStyle({ width: 80, color: false, unicode: true, ...options })
}
