import { z } from 'zod'
import { blindReasonSchema, blindSchema } from '../fact.js'

const partSchema = z.object({ kind: z.string(), label: z.string(), text: z.string() })

/** As `Section` in probes/define.ts says. */
const sectionSchema = z.object({
  probe: z.string(),
  text: z.string(),
  parts: z.array(partSchema),
  blind: z.array(blindSchema),
  exitCode: z.number().nullable(),
  elapsedMs: z.number(),
  cut: z.enum(['deadline', 'size-limit', 'connection-lost']).exactOptional(),
  uid: z.number(),
})

/** With which rights a host was looked at: as root, by sudo or doas, or as the plain user because both were refused or not tried. */
export const rightSchema = z.object({
  user: z.string(),
  kind: z.enum(['root', 'sudo', 'doas', 'refused', 'not-tried']),
  /** Why sudo and doas refused, in their own words. */
  detail: z.string().exactOptional(),
})

/**
 * Between which moments of the clock of the machine that ran the check, in epoch milliseconds, a host told its own: after
 * it was asked, and before the section with its clock was here.
 */
const clockReadingSchema = z.object({ askedMs: z.number(), receivedMs: z.number() })

/** All that was collected from one host: the sections as they came, with what makes them readable again. */
export const captureSchema = z.object({
  /** By the name of the probe. Their text is free of terminal controls, and its secrets are masked. */
  sections: z.record(z.string(), sectionSchema),
  /** Probes whose script was sent, in the order sent. */
  asked: z.array(z.string()),
  /** Why a section that was asked for is missing. */
  absence: blindReasonSchema,
  /** Which deadline that was, in words. */
  absenceDetail: z.string().exactOptional(),
  /** null where not even that arrived. */
  right: rightSchema.nullable(),
  /** What went wrong with the collection as a whole, in words. */
  trouble: z.array(z.string()),
  /** Absent where no clock stood beside: the output of the stand-alone script, a recording that is played back. */
  clock: clockReadingSchema.exactOptional(),
  /**
   * Which run's key the digests in it were made with, as probes/env-digests.ts says: only those of the same may be
   * compared. Absent where none were made.
   */
  digestId: z.string().exactOptional(),
  /** The version of the stand-alone script that answered; absent where the probes that were sent did. */
  standAloneVersion: z.string().exactOptional(),
})

export type Right = z.infer<typeof rightSchema>
export type Capture = z.infer<typeof captureSchema>

/** A capture of which nothing has arrived yet. */
export function openCapture(): Capture {
  return { sections: {}, asked: [], absence: 'connection-lost', right: null, trouble: [] }
}
