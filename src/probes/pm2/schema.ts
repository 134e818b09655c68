import { z } from 'zod'
import { digestsSchema } from '../env-digests.js'

/** Epoch milliseconds; null = not known. */
const timeMs = z.number().nullable()

const releaseSchema = z.object({
  /** `/srv/web/current` */
  link: z.string(),
  /** Where that leads now. */
  leadsTo: z.string(),
  /** When the link was last changed. */
  linkedMs: timeMs,
  /** Where the app's own folder leads now; null = it is gone. */
  folder: z.string().nullable(),
})

const pm2AppSchema = z.object({
  /** pm2's own number for it, `pm_id`. */
  id: z.number(),
  name: z.string(),
  /** pm2's own word: online, stopped, errored, launching, stopping, waiting restart, one-launch-status. */
  status: z.string(),
  /** null = it could not even be spawned (pm2 gives no pid); 0 = not running. */
  pid: z.number().nullable(),
  /** All restarts since the daemon started, those by hand too. */
  restarts: z.number(),
  /** Lives that ended too soon; pm2 sets it back to 0 when it gives the app up. */
  unstableRestarts: z.number(),
  /** The last start, also of an app that has stopped since. */
  startedMs: timeMs,
  /** null once the app is errored. */
  createdMs: timeMs,
  /** Of the last life; pm2 says 0 for a death by signal too. */
  exitCode: z.number().nullable(),
  /** Absolute path of what is run. */
  script: z.string(),
  cwd: z.string(),
  args: z.array(z.string()),
  execMode: z.enum(['fork', 'cluster']),
  instances: z.number(),
  /** `node`, an absolute path, `none`, `bash`. */
  interpreter: z.string(),
  nodeVersion: z.string().nullable(),
  outLog: z.string().nullable(),
  errorLog: z.string().nullable(),
  autorestart: z.boolean(),
  watch: z.boolean(),
  maxMemoryRestartBytes: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  cpuPercent: z.number().nullable(),
  /** PORT of its environment. */
  port: z.number().nullable(),
  /** HOSTNAME or HOST of its environment: what Next.js binds to. */
  hostname: z.string().nullable(),
  nodeEnv: z.string().nullable(),
  /** Names of its environment variables; the values stay on the host. */
  envKeys: z.array(z.string()),
  /** Of the values, as env-digests.ts says. */
  envDigests: digestsSchema.optional(),
  /** A pm2 module (pm2-logrotate), no app. */
  isModule: z.boolean(),
  /** `launching` lasts until the app says that it is ready, or so long. Milliseconds; null = pm2's default of 3000. */
  waitReady: z.boolean().optional(),
  listenTimeoutMs: z.number().nullable().optional(),
  /** Exit codes after which pm2 leaves it stopped. */
  stopExitCodes: z.array(z.number()).optional(),
  /** When pm2 starts it anew by the clock; null = never. */
  cronRestart: z.string().nullable().optional(),
  /** Where it runs beside a link `current` to the release that is meant to run. */
  release: releaseSchema.optional(),
})

const savedAppSchema = z.object({
  name: z.string(),
  script: z.string(),
  cwd: z.string(),
  args: z.array(z.string()),
  port: z.number().nullable(),
  outLog: z.string().nullable(),
  errorLog: z.string().nullable(),
})

const logLineSchema = z.object({ atMs: timeMs, text: z.string() })

/**
 * How a live daemon took the question for its apps. `silent` = connected, but no answer in 2.5 seconds; `no-socket` = its
 * rpc.sock is gone, so pm2 commands would start a second daemon; `refused` = the socket is a leftover, nobody listens.
 */
export const pm2AnswerSchema = z.enum(['answered', 'silent', 'no-socket', 'refused', 'not-allowed', 'unreadable'])

const pm2DaemonSchema = z.object({
  /** PM2_HOME. */
  home: z.string(),
  uid: z.number(),
  user: z.string(),
  /** The home folder of that user. */
  userHome: z.string().nullable(),
  /** null = no daemon is alive for this home. */
  pid: z.number().nullable(),
  /** Of the daemon in memory, which may differ from the one on disk. */
  version: z.string().nullable(),
  /** How the daemon took the question for its apps; null = it was not asked. */
  answer: pm2AnswerSchema.nullable(),
  /** The live state; null = no daemon, or one that could not be asked. */
  apps: z.array(pm2AppSchema).nullable(),
  /** What `pm2 save` stored last (dump.pm2); null = nothing, or not readable. */
  saved: z.array(savedAppSchema).nullable(),
  /** The last lines of pm2.log, oldest first. */
  log: z.array(logLineSchema),
  /** Folders of its user that hold an ecosystem file: what pm2 may have forgotten. */
  projects: z.array(z.string()),
  /** The node binary that the daemon was started with; an upgrade may have removed it since. */
  nodePath: z.string().nullable(),
  /** The command as its user has to type it: `pm2` where it is in the usual PATH, else an absolute path. */
  pm2Path: z.string().nullable(),
  /** The version of that command; a daemon in memory may be older. */
  commandVersion: z.string().nullable().optional(),
  /** What of its folder (and its logs there) another user owns, so that its own user may not write it. */
  unwritable: z.array(z.object({ path: z.string(), user: z.string() })).optional(),
  /** Ecosystem files of `projects` that Node.js cannot load, and why. */
  brokenFiles: z.array(z.object({ path: z.string(), fault: z.string() })).optional(),
})

export const pm2FactsSchema = z.object({
  /** Any sign of pm2: a daemon, a home, the command. */
  installed: z.boolean(),
  daemons: z.array(pm2DaemonSchema),
})

export type Pm2App = z.infer<typeof pm2AppSchema>
export type Pm2Release = z.infer<typeof releaseSchema>
export type SavedApp = z.infer<typeof savedAppSchema>
export type Pm2LogLine = z.infer<typeof logLineSchema>
export type Pm2Daemon = z.infer<typeof pm2DaemonSchema>
export type Pm2Facts = z.infer<typeof pm2FactsSchema>
