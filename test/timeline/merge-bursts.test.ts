import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/timeline/event.js'
import { mergeBursts } from '../../src/timeline/merge-bursts.js'

const event = (seconds: number, overrides: Partial<Event> = {}): Event => ({
  atMs: seconds * 1000,
  kind: 'app-exit',
  text: 'x',
  source: 's',
  ...overrides,
})

describe('bursts', () => {
  it('end with five quiet minutes', () => {
    expect(mergeBursts([event(700), event(0), event(300)])).toMatchObject([
      { atMs: 0, untilMs: 300_000, count: 2 },
      { atMs: 700_000 },
    ])
  })

  it('merge only what is the same, and stand where they begin', () => {
    expect(mergeBursts([event(0), event(1, { text: 'y' }), event(2)])).toMatchObject([
      { text: 'x', count: 2, untilMs: 2000 },
      { text: 'y' },
    ])
  })

  it('add up', () => {
    const burst = event(0, { untilMs: 9000, count: 5 })
    expect(mergeBursts([burst, event(3)])).toMatchObject([{ untilMs: 9000, count: 6 }])
  })
})

it('within a second, what may be the cause stands before what may follow', () => {
  const errors = event(5, { kind: 'gateway-errors', text: 'errors' })
  const reload = event(5.1, { kind: 'gateway-reload', text: 'reload' })
  const change = event(5.9, { kind: 'configuration', text: 'change' })
  const later = event(6, { kind: 'configuration', text: 'later' })
  expect(mergeBursts([errors, reload, change, later]).map(({ text }) => text)).toEqual([
    'change',
    'reload',
    'errors',
    'later',
  ])
})
