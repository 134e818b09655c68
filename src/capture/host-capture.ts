import { z } from 'zod'
import { captureSchema } from '../collect/capture.js'
import { savedCheckSchema } from '../inventory/check-schema.js'
import { httpAnswerSchema } from '../probes/http/facts.js'
import { reachFailureSchema, transportSchema } from '../record.js'

/** Raised when captures of before can no longer be read as they are. */
export const captureVersion = 1

const appHintSchema = z.object({
  name: z.string(),
  port: z.number().exactOptional(),
  cwd: z.string().exactOptional(),
  serverName: z.string().exactOptional(),
  healthPath: z.string().exactOptional(),
  url: z.string().exactOptional(),
})

/** What a capture remembers of its host: who it was, and what the inventory said of it; nothing of keys. */
const capturedHostSchema = z.object({
  name: z.string().min(1),
  address: z.string(),
  port: z.number(),
  user: z.string(),
  labels: z.record(z.string(), z.string()),
  groups: z.array(z.string()),
  apps: z.array(appHintSchema),
  checks: z.array(savedCheckSchema).exactOptional(),
})

/** How it went: the host answered, could not be reached, or was not come to before the run ended. */
const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('collected'),
    capture: captureSchema,
    /** What its web sites answered to the machine that ran the check. */
    fromHere: z.array(httpAnswerSchema),
    transport: transportSchema.exactOptional(),
  }),
  z.object({ kind: z.literal('unreachable'), failure: reachFailureSchema }),
  z.object({ kind: z.literal('not-checked') }),
])

/**
 * All that a run learnt of one host, before anything judged it: what is saved, and what is replayed. Today's rules give
 * the same record of it on every machine.
 */
export const hostCaptureSchema = z.object({
  captureVersion: z.literal(captureVersion),
  fleetdxVersion: z.string(),
  host: capturedHostSchema,
  /** By the clock of the machine that ran the check, ISO 8601 in UTC. */
  startedAt: z.iso.datetime(),
  elapsedMs: z.number(),
  outcome: outcomeSchema,
})

export type CapturedHost = z.infer<typeof capturedHostSchema>
export type Outcome = z.infer<typeof outcomeSchema>
export type HostCapture = z.infer<typeof hostCaptureSchema>
