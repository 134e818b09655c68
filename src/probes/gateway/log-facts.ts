import { z } from 'zod'

const errorKindSchema = z.enum([
  'connect-refused',
  'connect-timeout',
  'connect-unreachable',
  'connect-denied',
  'connect-no-socket',
  'connect-failed',
  'response-timeout',
  'closed-early',
  'reset',
  'header-too-big',
  'invalid-response',
  'no-live-upstreams',
  'no-resolver',
  'name-not-resolved',
  'tls',
  'worker-connections',
  'open-files',
  'disk',
  /** A health check that the app answers otherwise than the gateway wants. */
  'health-check',
  /** Apache has no module for the scheme of the target. */
  'no-handler',
  /** A limit of requests or connections that the gateway itself keeps. */
  'limited',
  /** A request or an answer too large for memory, and a folder for it that may not be written. */
  'temp-file',
  /** A worker of the gateway died of a signal. */
  'worker-crash',
  'other',
])

export type ErrorKind = z.infer<typeof errorKindSchema>

const timeMs = z.number().nullable()

export const logFactsSchema = z.object({
  /** Names that its configuration sends to, as the host resolves them now; no address = nothing. The first few only. */
  names: z.array(z.object({ name: z.string(), addresses: z.array(z.string()) })).optional(),
  /** SELinux, where there is one: whether it is enforced, and lets web servers connect (`httpd_can_network_connect`). */
  selinux: z.object({ isEnforcing: z.boolean(), mayConnect: z.boolean().nullable() }).optional(),
  /** Logs; of a journal `path` is the command that shows it. */
  files: z.array(z.object({ path: z.string(), exists: z.boolean(), sizeBytes: z.number(), modifiedMs: timeMs })),
  /** Lines that say the same: of one kind, level, errno, phase, upstream and site. The newest kind is last. */
  kinds: z.array(
    z.object({
      kind: errorKindSchema,
      /** warn, error, crit, alert, as the gateway calls it. */
      level: z.string(),
      errno: z.number().nullable(),
      /** What the gateway was doing, in nginx's words: `while connecting to upstream`. */
      phase: z.string().nullable(),
      /** Scheme and address, without the path: `http://127.0.0.1:3000`, `http://unix:/run/app.sock`. */
      upstream: z.string().nullable(),
      /** The site: the first name of its `server_name`; of the others the host that was asked for, if the line tells. */
      server: z.string().nullable(),
      /** In the part of the log that was read: its last 256 KiB. */
      count: z.number(),
      /** Of those, within the hour before the host's clock. */
      countLastHour: z.number(),
      firstMs: timeMs,
      lastMs: timeMs,
      /** The newest line, as written. */
      sample: z.string(),
      /** Its lines in runs with less than five minutes between two of them; the newest are last, at most 20 are kept. */
      bursts: z.array(z.object({ firstMs: z.number(), lastMs: z.number(), count: z.number() })).optional(),
    }),
  ),
  /** What kept it from starting or from taking a configuration over (`[emerg]` of nginx), newest last. `file` and `line` where they name a place of the configuration. */
  emergencies: z.array(
    z.object({ atMs: timeMs, text: z.string(), file: z.string().nullable(), line: z.number().nullable() }),
  ),
})

export type LogFacts = z.infer<typeof logFactsSchema>
