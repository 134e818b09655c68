import { expect, it } from 'vitest'
import { skewOf } from '../../src/path/clock-skew.js'
import { hostFacts, makeFacts, nowMs, unseen } from '../support/facts.js'

/** The skew of a host that said `nowMs`, asked and answered at these milliseconds after it by our clock. */
const measure = (askedMs: number, receivedMs: number) =>
  skewOf(makeFacts({ host: hostFacts() }), { askedMs: nowMs + askedMs, receivedMs: nowMs + receivedMs })

it('is 0 where both clocks may be the same', () => {
  expect(measure(0, 200)).toBe(0)
  expect(measure(900, 1100)).toBe(0)
  expect(measure(-300, 0)).toBe(0)
  // A slow connection: asked long before, or answered long after.
  expect(measure(-9000, 9000)).toBe(0)
})

it('is told to a second: what the host is ahead is positive', () => {
  expect(measure(-90_300, -90_100)).toBe(91_000)
  expect(measure(120_000, 120_400)).toBe(-120_000)
  expect(measure(1200, 1300)).toBe(-1000)
})

it('is not known without either clock', () => {
  expect(skewOf(makeFacts(), undefined)).toBeNull()
  const reading = { askedMs: nowMs, receivedMs: nowMs }
  expect(skewOf(makeFacts({ host: hostFacts({ nowMs: 1e20 }) }), reading)).toBeNull()
  expect(skewOf(makeFacts(), { ...reading, askedMs: -1e300 })).toBeNull()
  expect(skewOf(makeFacts({ host: unseen() }), { askedMs: nowMs, receivedMs: nowMs })).toBeNull()
})
