import { expect, it } from 'vitest'
import { chooseWindow, hasFreshTrouble } from '../../src/timeline/choose-window.js'
import type { EventKind, TimelineEntry } from '../../src/timeline/event.js'

const start = Date.UTC(2026, 10, 24)
const minute = (minutes: number) => start + minutes * 60_000
const entry = (minutes: number, kind: EventKind = 'app-start', until?: number): TimelineEntry => ({
  at: new Date(minute(minutes)).toISOString(),
  ...(until !== undefined && { until: new Date(minute(until)).toISOString() }),
  kind,
  text: `${minutes}`,
  source: 's',
})
const choose = (...timeline: TimelineEntry[]) => chooseWindow(timeline).entries.map(({ text }) => Number(text))

it('shows four things before the first trouble, it, and the last three after it', () => {
  const before = [1, 2, 3, 4, 5].map((minutes) => entry(minutes))
  const after = [7, 8, 9, 10].map((minutes) => entry(minutes, 'gateway-errors'))
  const timeline = [...before, entry(6, 'app-exit'), ...after]
  expect(choose(...timeline)).toEqual([2, 3, 4, 5, 6, 8, 9, 10])
  expect(chooseWindow(timeline).left).toBe(2)
})

it('begins with the last outbreak: an hour of quiet parts two', () => {
  expect(choose(entry(0, 'app-exit'), entry(500), entry(501, 'gateway-errors'))).toEqual([0, 500, 501])
  const errors = Array.from({ length: 9 }, (_, index) => entry(index * 100, 'gateway-errors'))
  expect(choose(...errors)).toEqual([400, 500, 600, 700, 800])
})

it('takes a trouble that lasted into the outbreak for its beginning', () => {
  const timeline = [entry(0), entry(1, 'gateway-errors', 595), entry(300, 'app-exit', 301), entry(600, 'app-exit')]
  expect(choose(...timeline)).toEqual([0, 1, 300, 600])
})

it('of what was more than a day before, shows the last thing only', () => {
  expect(choose(entry(0), entry(10), entry(5000, 'app-exit'))).toEqual([10, 5000])
  expect(choose(entry(0), entry(4000), entry(5000, 'app-exit'))).toEqual([4000, 5000])
})

it('shows what happened last where there was no trouble, and nothing of nothing', () => {
  expect(choose(entry(0), entry(1), entry(2), entry(3), entry(4))).toEqual([1, 2, 3, 4])
  expect(choose()).toEqual([])
})

it('trouble is fresh for an hour after its end', () => {
  expect(hasFreshTrouble([entry(0, 'app-exit', 30)], minute(89))).toBe(true)
  expect(hasFreshTrouble([entry(0, 'app-exit', 30)], minute(90))).toBe(false)
  expect(hasFreshTrouble([entry(80)], minute(89))).toBe(false)
})
