import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import { appEvents } from './app-events.js'
import type { Event } from './event.js'
import { gatewayEvents } from './gateway-events.js'
import { hostEvents } from './host-events.js'
import { mergeBursts } from './merge-bursts.js'

/** As many of the newest events are kept. */
const mostEvents = 60
/** A host whose clock jumped has events in the future; a little is the rounding of logs to seconds. */
const graceMs = 60_000
/** What happened longer ago explains nothing of today, but for the boot and for starts: they still last. */
const oldestMs = 30 * 24 * 3_600_000
const lasting: readonly Event['kind'][] = ['boot', 'app-start', 'gateway-start', 'gateway-reload']

/**
 * What happened on a host, oldest first: boots, starts, exits, kills, errors, changes of files, with repetitions merged.
 * Nothing is told of a host whose clock is not known.
 * `clockSkewMs` is what the host's clock is ahead of the one that the events are told by. Pure.
 */
export function buildTimeline(facts: Facts, clockSkewMs = 0): Event[] {
  const nowMs = knownValue(facts.host)?.nowMs
  if (nowMs === undefined) return []
  const events = [...hostEvents(facts), ...appEvents(facts), ...gatewayEvents(facts)].filter(
    ({ atMs, kind }) => atMs <= nowMs + graceMs && (nowMs - atMs < oldestMs || lasting.includes(kind)),
  )
  return mergeBursts(events)
    .slice(-mostEvents)
    .map(({ atMs, untilMs, ...event }) => ({
      ...event,
      atMs: atMs - clockSkewMs,
      ...(untilMs !== undefined && { untilMs: untilMs - clockSkewMs }),
    }))
}
