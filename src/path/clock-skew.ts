import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'

/** Between which moments of this machine's clock, in epoch milliseconds, a host told its own. */
export interface ClockReading {
  askedMs: number
  receivedMs: number
}

/** Beyond the years that a date has room for (ECMAScript: 8.64e15), a host or a file may claim anything. */
const mostMs = 8e15

/** Whether this is a moment since 1970 that can be told as a date. */
export function isMoment(ms: number): boolean {
  return ms >= 0 && ms <= mostMs
}

/**
 * What the host's clock is ahead of this machine's, in milliseconds; null where the two did not stand beside each other, or
 * one of them tells no moment.
 */
export function skewOf(facts: Facts, clock: ClockReading | undefined): number | null {
  const host = knownValue(facts.host)
  if (!host || !clock || ![host.nowMs, clock.askedMs, clock.receivedMs].every(isMoment)) return null
  return measureSkew(host.nowMs, clock)
}

/**
 * What a clock that said `nowMs`, rounded down to a second, is ahead of the one of the reading, to a second: the middle of
 * what is possible, or 0 where no difference at all is possible too. A slow connection makes it less precise, never wrong.
 */
function measureSkew(nowMs: number, { askedMs, receivedMs }: ClockReading): number {
  const [least, most] = [nowMs - receivedMs, nowMs + 1000 - askedMs]
  if (least <= 0 && most >= 0) return 0
  return Math.round((least + most) / 2000) * 1000
}
