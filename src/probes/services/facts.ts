import { z } from 'zod'
import { digestsSchema } from '../env-digests.js'

/** Epoch milliseconds; null = never, or not known. */
const timeMs = z.number().nullable()

const unitSchema = z.object({
  /** `pm2-deploy.service`; of OpenRC the bare name. */
  name: z.string(),
  description: z.string(),
  /**
   * Why it is here. `pm2` = it starts a pm2 daemon; `app` = a program of Node.js, Bun or Deno; `other` = something else
   * that has failed.
   */
  role: z.enum(['pm2', 'app', 'gateway', 'database', 'other']),
  /** loaded, not-found, masked, bad-setting, error. */
  loadState: z.string(),
  /** active, activating, deactivating, reloading, inactive, failed. */
  activeState: z.string(),
  /** running, exited, dead, failed, auto-restart, start. */
  subState: z.string(),
  /** How its last run ended: success, exit-code, signal, core-dump, oom-kill, timeout, protocol, resources, start-limit-hit. */
  result: z.string(),
  /** simple, forking, notify, oneshot. */
  type: z.string(),
  /** null = root, as nothing else is said. */
  user: z.string().nullable(),
  workingDirectory: z.string().nullable(),
  /** Absolute path of what its ExecStart runs. */
  program: z.string().nullable(),
  /** The words of its ExecStart, joined by spaces: their quotes are lost. */
  command: z.string(),
  /** PORT, HOST, HOSTNAME, NODE_ENV, PM2_HOME and PATH of its environment, its environment files included. */
  environment: z.record(z.string(), z.string()),
  /** Names of its other variables, environment files included; the values stay on the host. */
  envKeys: z.array(z.string()),
  /** Of the values of all its variables, as env-digests.ts says. */
  envDigests: digestsSchema.optional(),
  /** What it names and is surely not there: its program, its folder, an environment file that it needs, folders of its PATH. */
  gone: z.array(z.string()),
  /** Whether a folder of its PATH has an executable `node`; null where it sets no PATH. */
  hasNode: z.boolean().nullable(),
  /** enabled, enabled-runtime, disabled, static, masked, generated, transient; '' = not known. */
  enabled: z.string(),
  /** The unit's file. */
  path: z.string().nullable(),
  /** Its file was changed since systemd read it. */
  needsReload: z.boolean(),
  /** no, on-failure, always … */
  restart: z.string(),
  /** Restarts by systemd itself since its last start by hand; null before systemd 235. */
  restarts: z.number().nullable(),
  /** null = no process. */
  mainPid: z.number().nullable(),
  /** How its main process ended last; null = it runs, or has never run. */
  exit: z.object({ how: z.enum(['exited', 'killed', 'dumped']), status: z.number() }).nullable(),
  /** Its main process began and ended. */
  startedMs: timeMs,
  exitedMs: timeMs,
  /** It last became active (so a start after it has failed), became inactive, and left inactive: the last try to start it. */
  activeMs: timeMs,
  inactiveMs: timeMs,
  triedMs: timeMs,
  changedMs: timeMs,
  /** null = no limit. */
  memoryMaxBytes: z.number().nullable(),
  /** stop, continue, kill; null before systemd 243. */
  oomPolicy: z.string().nullable(),
})

const bootHookSchema = z.object({
  kind: z.enum(['unit', 'user-unit', 'init.d', 'crontab', 'rc.local']),
  /** null = something runs at boot that does not name pm2, so may or may not start it. */
  isEnabled: z.boolean().nullable(),
  /** Whose pm2 it starts; null = not said. */
  user: z.string().nullable(),
  /** PM2_HOME, where it is said. */
  home: z.string().nullable(),
  /** The unit, or the file. */
  name: z.string(),
})

export const servicesFactsSchema = z.object({
  /** What starts services here; `none` in a container without either. */
  manager: z.enum(['systemd', 'openrc', 'none']),
  /** null = there is a service manager, and it could not be asked. */
  units: z.array(unitSchema).nullable(),
  /** What starts pm2 at boot, enabled or not. */
  bootHooks: z.array(bootHookSchema),
})

export type Unit = z.infer<typeof unitSchema>
export type BootHook = z.infer<typeof bootHookSchema>
export type ServicesFacts = z.infer<typeof servicesFactsSchema>
