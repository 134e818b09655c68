import { describe, expect, it } from 'vitest'
import { readLogTime, readUtcOffset } from '../../src/probes/log-time.js'

describe('readLogTime', () => {
  it.each([
    ['2026-11-24T04:17:01: text', '2026-11-24T02:17:01.000Z'],
    ['[2026-11-24 04:17:01.5] text', '2026-11-24T02:17:01.500Z'],
    ['2026-11-24 04:17 +05:30: text', '2026-11-23T22:47:00.000Z'],
    ['2026-11-24T04:17:01.123456Z text', '2026-11-24T04:17:01.123Z'],
    ['2026-11-24T04:17:01,250-0300 text', '2026-11-24T07:17:01.250Z'],
    ['{"level":50,"time":1764000000000,"msg":"x"}', '2025-11-24T16:00:00.000Z'],
  ])('%s was written at %s', (line, time) => {
    expect(new Date(readLogTime(line, 120) ?? 0).toISOString()).toBe(time)
  })

  it.each(['Error: boom', '', 'at 2026-11-24T04:17:01', '12:00:00 text'])('finds no time in "%s"', (line) => {
    expect(readLogTime(line, 0)).toBeNull()
  })

  it('reads offsets of zones', () => {
    expect(['+0530', '-03:00', 'Z', ''].map(readUtcOffset)).toEqual([330, -180, 0, 0])
  })
})
