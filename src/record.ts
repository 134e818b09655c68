import { z } from 'zod'
import { checkResultSchema } from './checks/result.js'
import { fleetSchema } from './compare/fleet.js'
import { blindSchema, factSchema } from './fact.js'
import { languages } from './language/language.js'
import { edgeSchema, evidenceSchema } from './path/request-path.js'
import { factsSchema } from './probes/index.js'
import { timelineEntrySchema } from './timeline/event.js'
import { appliedWaiverSchema } from './waivers/waiver.js'

/** Raised when a field of the record changes its meaning or goes; new fields do not raise it. */
export const schemaVersion = 1

/**
 * healthy: every path serves. degraded: serves, with a risk or a part down. broken: requests fail.
 * unreachable: no SSH session. unknown: reached, but what decides could not be seen.
 */
export const statusSchema = z.enum(['healthy', 'degraded', 'broken', 'unreachable', 'unknown'])

const remedyStepSchema = z.object({
  /** POSIX sh, to be typed on the host; null where only a person can act. */
  command: z.string().nullable(),
  note: z.string(),
  /** What the step costs or may break: `none` where it only shows something, '' where nobody has said. */
  risk: z.string().default(''),
})

const findingSchema = z.object({
  id: z.string(),
  title: z.string(),
  layer: z.string(),
  subject: z.string(),
  confidence: z.enum(['high', 'medium', 'low']),
  summary: z.string(),
  /** `outage` = requests fail by it now; `risk` = they do not, yet. */
  effect: z.enum(['outage', 'risk']),
  /** The ids of the paths that it is found on. */
  paths: z.array(z.string()),
  evidence: z.array(evidenceSchema),
  against: z.array(evidenceSchema),
  remedy: z.array(remedyStepSchema),
})

const causeSchema = findingSchema.extend({
  /** What follows from it, and is no problem of its own. */
  consequences: z.array(findingSchema),
})

const noteSchema = findingSchema.pick({ id: true, title: true, summary: true, evidence: true, remedy: true })

const undecidedSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What is missing. */
  because: z.string(),
  /** The one command or permission that would decide it; null where none is known. */
  decide: z.string().nullable().default(null),
  /** The ids of the paths that it could be the cause on. */
  paths: z.array(z.string()).default([]),
})

const pathSchema = z.object({
  id: z.string(),
  /** The app that answers, or is meant to. */
  app: z.string().nullable(),
  serverName: z.string().nullable(),
  target: z.string().nullable(),
  /** Whether requests succeed; null = nothing that decides it could be seen. */
  serves: z.boolean().nullable(),
  /**
   * HTTP status, or the word for how the request failed; `3 of 10 failed: 502` where it was made several times and failed
   * now and then. null = not asked.
   */
  directAnswer: z.string().nullable(),
  gatewayAnswer: z.string().nullable(),
  /** The same from the machine that ran the check. */
  outsideAnswer: z.string().nullable(),
  /** The name of the host of this run that the target is on; null where it is on none. */
  upstreamHost: z.string().nullable().default(null),
  /** The links in the order that a request passes them. */
  edges: z.array(edgeSchema),
})

/** Why a host could not be reached. */
export const reachFailureSchema = z.object({
  reason: z.string(),
  phase: z.string(),
  hop: z.string(),
  message: z.string(),
  mend: z.string().nullable(),
  /** The deadline that ended it: `connect`, `handshake`, `host` or `run`; null where none did. */
  limit: z.string().nullable().default(null),
})

/** What carried the session to a host. */
export const transportSchema = z.object({
  kind: z.enum(['ssh2', 'openssh', 'local']),
  /** Why it was the system's `ssh`, where nobody had asked for it. */
  because: z.string().nullable().default(null),
})

const hostRecordSchema = z.object({
  name: z.string(),
  address: z.string(),
  port: z.number(),
  user: z.string(),
  groups: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  status: statusSchema,
  /** The verdict in one line. */
  verdict: z.string(),
  /** Set when it is unreachable; else null. */
  reason: reachFailureSchema.nullable(),
  /** The first is the root cause of what is wrong; the others are independent of it. */
  causes: z.array(causeSchema),
  /** What is no problem, but worth knowing. */
  notes: z.array(noteSchema).default([]),
  /** Causes that could hold, but what decides was not seen. */
  undecided: z.array(undecidedSchema),
  /** The links of the path that matters most: the first that is broken, else the first. */
  path: z.array(edgeSchema),
  paths: z.array(pathSchema),
  /** The waivers that its problems fall under, in the order of the problems. */
  waivers: z.array(appliedWaiverSchema).default([]),
  /** Whether each of its problems is waived: it then does not make the run fail. */
  isWaived: z.boolean().default(false),
  /** How the checks of the user's own went, in the order of the inventory. */
  checks: z.array(checkResultSchema).default([]),
  /** What happened on it, by logs and by the times of files, oldest first; as whole as what could be seen. */
  timeline: z.array(timelineEntrySchema).default([]),
  /**
   * What its clock is ahead of that of the machine that ran the check, in milliseconds; null where that is not known. The
   * times of `timeline` are corrected by it, those in `facts` are the host's own.
   */
  clockSkewMs: z.number().nullable().default(null),
  /** What could not be seen. */
  blind: z.array(blindSchema),
  /** How it was reached; null where it was not, or where that was not kept. */
  transport: transportSchema.nullable().default(null),
  /** With which right the host was looked at. */
  right: z.object({ user: z.string(), kind: z.string(), detail: z.string().nullable() }).nullable(),
  /** What went wrong with the collection as a whole. */
  trouble: z.array(z.string()),
  /** The version of the stand-alone script that answered; absent where the probes that were sent did. */
  standAloneVersion: z.string().exactOptional(),
  /** null when it is unreachable. */
  facts: factsSchema.nullable(),
  /** The facts of probes that are not built in, by the name of the probe. */
  custom: z.record(z.string(), factSchema(z.unknown())).default({}),
  elapsedMs: z.number(),
})

/** A host key that was trusted although it was not known before, as the run was told to. */
const takenHostKeySchema = z.object({
  /** As known_hosts has it: `host`, or `[host]:port` off port 22. */
  name: z.string(),
  type: z.string(),
  /** `SHA256:…` */
  fingerprint: z.string(),
  /** The known_hosts file that holds it now; null where it was neither verified nor stored. */
  file: z.string().nullable(),
})

/** A whole run: what is printed, stored, replayed and compared. Times are ISO 8601 in UTC. */
export const runRecordSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  fleetdxVersion: z.string(),
  /** In which its messages are. */
  language: z.enum(languages).default('en'),
  startedAt: z.string(),
  elapsedMs: z.number(),
  /** Whether somebody stopped it before its end (Ctrl-C, SIGTERM); hosts that the run's deadline cut off are `unknown`. */
  interrupted: z.boolean(),
  /** In the order of the inventory. */
  hosts: z.array(hostRecordSchema),
  counts: z.record(statusSchema, z.number()),
  /** What is true of several hosts together. */
  fleet: fleetSchema.default({ clusters: [], commonCauses: [], comparisons: [], contrasts: [] }),
  /** Absent where every host key was known. */
  takenHostKeys: z.array(takenHostKeySchema).exactOptional(),
})

export type ReachFailure = z.infer<typeof reachFailureSchema>
export type HostTransport = z.infer<typeof transportSchema>
export type Status = z.infer<typeof statusSchema>
export type TakenHostKey = z.infer<typeof takenHostKeySchema>
export type Finding = z.infer<typeof findingSchema>
export type Note = z.infer<typeof noteSchema>
export type CauseRecord = z.infer<typeof causeSchema>
export type PathRecord = z.infer<typeof pathSchema>
export type HostRecord = z.infer<typeof hostRecordSchema>
export type RunRecord = z.infer<typeof runRecordSchema>
/** When a run was, and how it ended. */
export type RunEnd = Pick<RunRecord, 'startedAt' | 'elapsedMs' | 'interrupted'>
