import type { Event } from './event.js'

/** The same thing again within this time belongs to one burst. */
const burstGapMs = 5 * 60_000

/** Puts events in order; what happens again and again becomes one event with its first time, its last, and a count. */
export function mergeBursts(events: readonly Event[]): Event[] {
  const merged: Event[] = []
  const latest = new Map<string, Event>()
  for (const event of events.toSorted((a, b) => a.atMs - b.atMs)) {
    const key = `${event.kind}\n${event.source}\n${event.text}`
    const last = latest.get(key)
    if (last && event.atMs - (last.untilMs ?? last.atMs) <= burstGapMs) {
      last.untilMs = Math.max(last.untilMs ?? last.atMs, event.untilMs ?? event.atMs)
      last.count = (last.count ?? 1) + (event.count ?? 1)
    } else {
      const next = { ...event }
      latest.set(key, next)
      merged.push(next)
    }
  }
  return merged.toSorted((a, b) => (a.untilMs ?? a.atMs) - (b.untilMs ?? b.atMs))
}
