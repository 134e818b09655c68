import { burstGapMs, type Event, type EventKind, endOf } from './event.js'

/** Puts events in order; what happens again and again becomes one event with its first time, its last, and a count. */
export function mergeBursts(events: readonly Event[]): Event[] {
  const merged: Event[] = []
  const latest = new Map<string, Event>()
  for (const event of events.toSorted(compareEvents)) {
    const key = `${event.kind}\n${event.source}\n${event.text}`
    const last = latest.get(key)
    if (last && event.atMs - endOf(last) <= burstGapMs) {
      last.untilMs = Math.max(endOf(last), endOf(event))
      last.count = (last.count ?? 1) + (event.count ?? 1)
    } else {
      const next = { ...event }
      if (event.kind === 'app-stop') endBursts(latest, event.source)
      latest.set(key, next)
      merged.push(next)
    }
  }
  return merged
}

/** What comes after a stop is told apart from what was before it; in a loop of stops, only after the first one. */
function endBursts(latest: Map<string, Event>, source: string): void {
  for (const [key, event] of latest) if (event.source === source) latest.delete(key)
}

const triggers: readonly EventKind[] = ['boot', 'oom-kill', 'disk-full', 'configuration', 'settings', 'deploy', 'build']
const effects: readonly EventKind[] = ['gateway-errors']

/** Logs and files tell the second only: within one, what may have caused something stands before what may follow from it. */
function compareEvents(a: Event, b: Event): number {
  return Math.floor(a.atMs / 1000) - Math.floor(b.atMs / 1000) || rankOf(a) - rankOf(b) || a.atMs - b.atMs
}

function rankOf({ kind }: Event): number {
  if (triggers.includes(kind)) return 0
  return effects.includes(kind) ? 2 : 1
}
