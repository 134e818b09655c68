import { knownValue } from '../fact.js'
import { isMoment } from '../path/clock-skew.js'
import type { Facts } from '../probes/index.js'
import { type Event, type EventKind, endOf, type TimelineEntry } from './event.js'
import { fileEvents } from './file-events.js'
import { gatewayEvents } from './gateway-events.js'
import { hostEvents } from './host-events.js'
import { mergeBursts } from './merge-bursts.js'
import { pm2Events } from './pm2-events.js'
import { unitEvents } from './unit-events.js'

/** As many events are kept: those that were over last. */
const mostEvents = 60
/** A host whose clock jumped has events in the future; a little is the rounding of logs to seconds. */
const graceMs = 60_000
/** What happened longer ago explains nothing of today, but for the boot and for starts: they still last. */
const oldestMs = 30 * 24 * 3_600_000
const lasting: readonly EventKind[] = ['boot', 'app-start', 'gateway-start', 'gateway-reload']
const tellers = [hostEvents, pm2Events, unitEvents, fileEvents, gatewayEvents]

/**
 * What happened on a host, oldest first: boots, starts, exits, kills, errors, changes of files, with repetitions merged.
 * Nothing is told of a host whose clock is not known. It is as whole as what could be seen, and no longer than its logs.
 * `clockSkewMs` is what the host's clock is ahead of the one that the events are told by. Pure, and never throws for what a host says.
 */
export function buildTimeline(facts: Facts, clockSkewMs: number): TimelineEntry[] {
  const nowMs = knownValue(facts.host)?.nowMs
  if (nowMs === undefined || !isMoment(nowMs)) return []
  const events = tellers
    .flatMap((tell) => tell(facts))
    .filter((event) => isMoment(event.atMs) && endOf(event) <= nowMs + graceMs)
    .filter(({ atMs, kind }) => nowMs - atMs < oldestMs || lasting.includes(kind))
  return keepNewest(mergeBursts(events)).map((event) => toEntry(event, clockSkewMs))
}

function keepNewest(events: readonly Event[]): Event[] {
  const kept = new Set(events.toSorted((a, b) => endOf(b) - endOf(a)).slice(0, mostEvents))
  return events.filter((event) => kept.has(event))
}

function toEntry(
  { atMs, untilMs, count, isAtLogStart, kind, text, source }: Event,
  clockSkewMs: number,
): TimelineEntry {
  const tell = (ms: number) => new Date(ms - clockSkewMs).toISOString()
  return {
    at: tell(atMs),
    ...(untilMs !== undefined && { until: tell(untilMs) }),
    ...(count !== undefined && { count }),
    ...(count !== undefined && isAtLogStart && { mayBeOlder: true as const }),
    kind,
    text,
    source,
  }
}
