import { z } from 'zod'
import type { HostRecord } from '../record.js'
import { findOutbreak } from '../timeline/choose-window.js'
import { burstGapMs, type TimelineEntry } from '../timeline/event.js'

/** When the trouble of several hosts began, as far as their timelines tell. Times are ISO 8601 in UTC. */
export const onsetSchema = z.object({
  /** At the first of them. */
  from: z.string(),
  /** At the last of them. */
  to: z.string(),
  /** Whether it began at one time: as nearly as errors tell, which are seen only when somebody visits. */
  isShared: z.boolean(),
  /** Whether it may have begun before: of some log only the end was read. */
  mayBeOlder: z.boolean(),
  /** Of how many hosts it is known. */
  known: z.number(),
})

export type Onset = z.infer<typeof onsetSchema>

/**
 * When the trouble of hosts began; null where it is known of less than half of them. Onsets no further from each other than
 * what makes one burst of errors (5 minutes) are one.
 */
export function findOnset(hosts: readonly HostRecord[]): Onset | null {
  const starts = hosts.map(findStart).filter((entry) => entry !== undefined)
  const [first, ...others] = starts.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  if (!first || starts.length * 2 < hosts.length) return null
  const { at: to } = others.at(-1) ?? first
  return {
    ...{ from: first.at, to },
    isShared: Date.parse(to) - Date.parse(first.at) <= burstGapMs,
    mayBeOlder: starts.some(({ mayBeOlder }) => mayBeOlder),
    known: starts.length,
  }
}

/**
 * The first sign of what is wrong with a host now: of its last outbreak of trouble, else the moment at which its app or its
 * gateway was stopped. Times of a clock that was not read beside ours cannot be laid beside those of other hosts.
 */
export function findStart({ status, timeline, clockSkewMs }: HostRecord): TimelineEntry | undefined {
  if (status !== 'broken' || clockSkewMs === null) return undefined
  const outbreak = findOutbreak(timeline)
  return outbreak === undefined ? findStop(timeline) : timeline[outbreak]
}

function findStop(timeline: readonly TimelineEntry[]): TimelineEntry | undefined {
  const last = timeline.findLast(({ kind }) => /^(?:app|gateway)-(?:start|stop)$/.test(kind))
  return last?.kind.endsWith('-stop') ? last : undefined
}
