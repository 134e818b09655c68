import type { EventKind, TimelineEntry } from './event.js'

/** The part of a timeline that is worth reading, and where in it the trouble begins. */
export interface Window {
  entries: TimelineEntry[]
  /** How many more there are. */
  left: number
}

const troubles: readonly EventKind[] = ['gateway-errors', 'gateway-failure', 'app-exit', 'oom-kill', 'disk-full']

/** With less than this between them, two troubles are one outbreak. */
const quietMs = 3_600_000
/** What happened longer before an outbreak has hardly led to it. */
const leadMs = 24 * 3_600_000
const mostBefore = 4
const mostAfter = 3

/**
 * What happened just before the last outbreak of trouble, its first sign, and what came last. Without any trouble, what
 * happened last; of what is long before, the last thing only.
 */
export function chooseWindow(timeline: readonly TimelineEntry[]): Window {
  const first = findOutbreak(timeline) ?? timeline.length
  const lead = timeline.slice(0, first).slice(-mostBefore)
  const startMs = Date.parse(timeline[first]?.at ?? lead.at(-1)?.at ?? '')
  const near = lead.filter(({ at }) => startMs - Date.parse(at) < leadMs)
  const rest = timeline.slice(first + 1).slice(-mostAfter)
  const entries = [...(near.length > 0 ? near : lead.slice(-1)), ...timeline.slice(first, first + 1), ...rest]
  return { entries, left: timeline.length - entries.length }
}

/** Where the last outbreak begins: the index of its first trouble; undefined where there is none. */
export function findOutbreak(timeline: readonly TimelineEntry[]): number | undefined {
  let first: number | undefined
  for (const [index, entry] of [...timeline.entries()].toReversed()) {
    const isNear = first === undefined || Date.parse(timeline[first]?.at ?? '') - endOf(entry) < quietMs
    if (isNear && troubles.includes(entry.kind)) first = index
  }
  return first
}

/** Whether trouble was seen within the hour before this moment, by the clock of the timeline. */
export function hasFreshTrouble(timeline: readonly TimelineEntry[], nowMs: number): boolean {
  return timeline.some((entry) => troubles.includes(entry.kind) && nowMs - endOf(entry) < quietMs)
}

function endOf({ at, until = at }: TimelineEntry): number {
  return Date.parse(until)
}
