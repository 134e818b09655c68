import { type Fact, knownValue } from '../fact.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { HostFacts } from '../probes/host.js'
import type { Facts } from '../probes/index.js'
import type { Pm2App, Pm2Daemon, Pm2LogLine } from '../probes/pm2/schema.js'
import type { App } from './app.js'
import type { Evidence } from './request-path.js'

/**
 * What pm2's own word means. Its "online" only says that a process was spawned, its "stopped" may be a pause between
 * two crashes (then the pid is not 0), so the pid, the restarts and the times are read with it.
 */
export type Pm2State =
  | 'online'
  | 'starting'
  | 'looping'
  | 'stopped'
  | 'exited'
  | 'errored'
  | 'never-spawned'
  | 'not-listed'
  | 'no-daemon'
  | 'unseen'

/** A life shorter than this, after restarts, is one of a crash loop. */
const shortLifeMs = 15_000
/** A process that has lived no longer than this may still be starting. */
const startTimeMs = 30_000
/** As many exits in this time are a loop, whatever the status says at the moment. */
const loopExits = 3
const loopWindowMs = 120_000

/** Of several instances the one that is worst off tells: the others may hide it from visitors. */
const worstFirst: readonly Pm2State[] = ['errored', 'looping', 'exited', 'never-spawned', 'stopped', 'starting']

/** The state of an app under pm2; undefined for an app that pm2 does not run. */
export function pm2StateOf(app: App, facts: Facts): Pm2State | undefined {
  if (!app.daemon) return undefined
  if (app.daemon.pid === null) return isDaemonHidden(app.daemon, facts) ? 'unseen' : 'no-daemon'
  if (app.daemon.apps === null) return 'unseen'
  if (app.instances.length === 0) return 'not-listed'
  const states = app.instances.map((instance) => stateOfInstance(instance, app, facts.host))
  return worstFirst.find((state) => states.includes(state)) ?? 'online'
}

/**
 * Whether a daemon that was not found among the processes may live all the same: where those of others are hidden, its
 * socket, which everyone can see, tells.
 */
export function isDaemonHidden({ home, pid }: Pm2Daemon, { listeners, processes }: Facts): boolean {
  if (pid !== null) return false
  if (listeners.known) return listeners.value.unixSockets.some(({ path }) => path === `${home}/rpc.sock`)
  return processes.known && processes.value.hidesOthers
}

function stateOfInstance(instance: Pm2App, app: App, host: Fact<HostFacts>): Pm2State {
  const { status, pid } = instance
  if (status === 'errored') return 'errored'
  // Between two lives pm2 shows the former pid; 0 is what it never starts again, whatever its word.
  if (status === 'waiting restart' && pid !== 0) return 'looping'
  if (status === 'waiting restart') return instance.createdMs === null ? 'errored' : 'exited'
  if (status === 'stopped' && !pid) return isLeftAsEnded(instance, app) ? 'exited' : 'stopped'
  if (status === 'stopped') return 'looping'
  if (status === 'online' && pid === null) return 'never-spawned'
  const nowMs = knownValue(host)?.nowMs
  if (nowMs === undefined) return 'online'
  const livedMs = nowMs - (instance.startedMs ?? nowMs)
  const isShortLived = instance.restarts >= loopExits && livedMs < shortLifeMs
  if (recentExits(app, instance, nowMs) >= loopExits || (isShortLived && !wasEndAsked(app))) return 'looping'
  const isFirstLife = instance.restarts === 0 || wasEndAsked(app)
  return livedMs < startTimeMs && isFirstLife ? 'starting' : 'online'
}

/** How often pm2.log says that the app ended of itself, in the last two minutes. */
function recentExits(app: App, { id }: Pm2App, nowMs: number): number {
  const own = exitLines(app).filter(({ text }) => text.includes(`[${app.name}:${id}]`))
  return own.filter(({ atMs }) => atMs !== null && nowMs - atMs < loopWindowMs).length
}

/** Whether it ended by itself, and pm2 is told to leave it so. That it ended with 0 may be a stop by hand, too: then pm2.log decides. */
function isLeftAsEnded({ autorestart, exitCode, stopExitCodes = [] }: Pm2App, app: App): boolean {
  if (exitCode === null || (autorestart && !stopExitCodes.includes(exitCode))) return false
  const isAsked = lastEnd(app)?.isAsked
  return isAsked === false || (isAsked === undefined && exitCode !== 0)
}

/** Whether the last end of the app that pm2.log tells of was a stop, restart or reload by hand. */
function wasEndAsked(app: App): boolean {
  return lastEnd(app)?.isAsked ?? false
}

/** The last end of the app that pm2.log tells of, and whether it was asked for: by hand, by a watched file, by the clock. */
export function lastEnd(app: App): { line: Pm2LogLine; isAsked: boolean } | undefined {
  return readEnds(app).at(-1)
}

/** The lines of pm2.log that say how the app ended of itself, oldest first. */
export function exitLines(app: App): Pm2LogLine[] {
  return readEnds(app)
    .filter(({ isAsked }) => !isAsked)
    .map(({ line }) => line)
}

/** Every end of the app in pm2.log. Before one that was asked for, pm2 says that it stops that instance. */
function readEnds(app: App): { line: Pm2LogLine; isAsked: boolean }[] {
  const asked = new Set<string>()
  return (app.daemon?.log ?? []).flatMap((line) => {
    // sample: Stopping app:classrooom id:0
    const stopping = line.text.split(`Stopping app:${app.name} id:`)[1]
    if (stopping !== undefined) asked.add(stopping)
    // sample: App [classrooom:0] exited with code [1] via signal [SIGINT]
    const [id, end] = line.text.split(`[${app.name}:`)[1]?.split('] exited with code') ?? []
    return id === undefined || end === undefined ? [] : [{ line, isAsked: asked.delete(id) }]
  })
}

/** `pm2 (deploy): classrooom is errored, 16 restarts, exit code 1` */
export function pm2Evidence(app: App): Evidence[] {
  const source = `pm2 (${app.daemon?.user ?? '?'})`
  // Of a cluster, those that are not up come first.
  const byNeed = app.instances.toSorted((a, b) => Number(a.status === 'online') - Number(b.status === 'online'))
  return byNeed.slice(0, 2).map((instance) => {
    const { id, name, status, pid, restarts, exitCode } = instance
    const parts = [
      app.instances.length > 1 ? t`${name} (id ${id}) is ${status}` : t`${name} is ${status}`,
      pid === null ? t`no pid` : `pid ${pid}`,
      t`${restarts} restarts`,
      ...(exitCode === null ? [] : [t`exit code ${exitCode}`]),
    ]
    return { source, text: joinWords(parts) }
  })
}
