import { z } from 'zod'

const eventKinds = [
  'boot',
  'app-start',
  'app-exit',
  'app-stop',
  'oom-kill',
  'gateway-start',
  'gateway-reload',
  'gateway-errors',
  'configuration',
  'settings',
  'deploy',
  'build',
  'disk-full',
  'certificate',
] as const

/** Something that happened on a host, or the same thing again and again. */
const eventSchema = z.object({
  /** Epoch milliseconds by the clock of whoever ran the check: the host's own, less its skew. */
  atMs: z.number(),
  /** The last time, of what happened more than once. */
  untilMs: z.number().optional(),
  /** How often, within that time; absent where once. */
  count: z.number().optional(),
  kind: z.enum(eventKinds),
  /** What happened, without when and how often: `classrooom exited with code [1]`. */
  text: z.string(),
  /** Where it was seen. */
  source: z.string(),
})

/** The field of a host's record: oldest first. */
export const timelineSchema = z.array(eventSchema)

export type Event = z.infer<typeof eventSchema>
