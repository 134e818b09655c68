import { z } from 'zod'

const eventKinds = [
  'boot',
  'app-start',
  'app-exit',
  'app-stop',
  'oom-kill',
  'disk-full',
  'gateway-start',
  'gateway-reload',
  'gateway-stop',
  'gateway-failure',
  'gateway-errors',
  'configuration',
  'settings',
  'deploy',
  'build',
] as const

export type EventKind = (typeof eventKinds)[number]

/** Something that happened on a host, or the same thing again and again. */
export interface Event {
  /** Epoch milliseconds by the host's own clock. */
  atMs: number
  /** The last time, of what happened more than once. */
  untilMs?: number
  /** How often, within that time; absent where once. */
  count?: number
  /** What was read of its log begins about then: if it is one of many, it need not be the first. */
  isAtLogStart?: boolean
  kind: EventKind
  /** What happened, without when and how often: `classrooom exited with code 1`. */
  text: string
  /** Where it was seen: a file, or a command that shows it. */
  source: string
}

/** A line of a record's timeline. */
export const timelineEntrySchema = z.object({
  /** By the clock of the machine that ran the check; by the host's own where its skew is not known. */
  at: z.string(),
  /** The last time, of what happened more than once. */
  until: z.string().exactOptional(),
  /** How often, from `at` to `until`; absent where once. As often as the logs that were read tell. */
  count: z.number().exactOptional(),
  /** Whether it may have begun before `at`, and been more often: only the end of its log was read. */
  mayBeOlder: z.literal(true).exactOptional(),
  kind: z.enum(eventKinds),
  text: z.string(),
  source: z.string(),
})

export type TimelineEntry = z.infer<typeof timelineEntrySchema>

/** The same thing again within this time belongs to one burst. */
export const burstGapMs = 5 * 60_000

/** When an event was over. */
export function endOf({ atMs, untilMs = atMs }: Pick<Event, 'atMs' | 'untilMs'>): number {
  return untilMs
}
