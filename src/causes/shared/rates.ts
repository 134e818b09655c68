import { knownValue } from '../../fact.js'
import type { Counters } from '../../probes/counters.js'
import type { Facts } from '../../probes/index.js'

/** What happened between the two readings of the kernel's counters, the one early and the other late in the run. */
export interface Rates {
  /** Seconds between the two. */
  seconds: number
  /** Share of the processors' time in which they worked. */
  busyPercent: number
  /** Share of it that the machine below gave to others. */
  stealPercent: number
  /** Pages read from swap a second. */
  swapInPerSecond: number
  /** Pages written to swap a second. */
  swapOutPerSecond: number
  /** Connections dropped because too many waited already. */
  listenOverflows: number
}

/** Less than this says nothing. */
const leastSeconds = 0.2

/** undefined where one of the readings is missing, or they are too near to each other. */
export function ratesOf(facts: Facts): Rates | undefined {
  const [early, late] = [knownValue(facts.host)?.counters, knownValue(facts.limits)?.counters]
  if (!early || !late) return undefined
  const seconds = late.atSeconds - early.atSeconds
  const ticks = late.cpuTicks - early.cpuTicks
  if (seconds < leastSeconds || ticks <= 0) return undefined
  const grown = (name: keyof Counters) => Math.max(0, (late[name] ?? 0) - (early[name] ?? 0))
  return {
    seconds,
    busyPercent: 100 - (100 * grown('cpuIdleTicks')) / ticks,
    stealPercent: (100 * grown('cpuStealTicks')) / ticks,
    swapInPerSecond: grown('swapInPages') / seconds,
    swapOutPerSecond: grown('swapOutPages') / seconds,
    listenOverflows: grown('listenOverflows'),
  }
}
