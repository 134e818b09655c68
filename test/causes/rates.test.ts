import { expect, it } from 'vitest'
import { ratesOf } from '../../src/causes/shared/rates.js'
import { counters, hostFacts, limitsFacts, makeFacts } from '../support/facts.js'

const between = (late: ReturnType<typeof counters>) =>
  ratesOf(makeFacts({ host: hostFacts({ counters: counters(0) }), limits: limitsFacts({ counters: late }) }))

it('tells what happened between two readings', () => {
  const late = counters(2, { cpuIdleTicks: 100, cpuStealTicks: 40, swapInPages: 512, listenOverflows: 7 })
  expect(between(late)).toEqual({
    seconds: 2,
    busyPercent: 75,
    stealPercent: 10,
    swapInPerSecond: 256,
    swapOutPerSecond: 0,
    listenOverflows: 7,
  })
})

it('tells nothing by readings that are too near to each other, or of a counter that started anew', () => {
  expect(between(counters(0.1))).toBeUndefined()
  expect(ratesOf(makeFacts({ limits: limitsFacts({ counters: counters(2) }) }))).toBeUndefined()
  const restarted = ratesOf(
    makeFacts({
      host: hostFacts({ counters: counters(0, { swapInPages: 9000 }) }),
      limits: limitsFacts({ counters: counters(2) }),
    }),
  )
  expect(restarted?.swapInPerSecond).toBe(0)
})
