import { type Fact, knownValue } from '../fact.js'
import type { HostFacts } from '../probes/host.js'
import type { Facts } from '../probes/index.js'
import type { Pm2App } from '../probes/pm2/schema.js'
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

/** The state of an app under pm2; undefined for an app that pm2 does not run. */
export function pm2StateOf(app: App, facts: Facts): Pm2State | undefined {
  if (!app.daemon) return undefined
  if (app.daemon.pid === null) return 'no-daemon'
  if (app.daemon.apps === null) return 'unseen'
  if (app.instances.length === 0) return 'not-listed'
  const states = app.instances.map((instance) => stateOfInstance(instance, app, facts.host))
  return states.includes('online') ? 'online' : states[0]
}

function stateOfInstance(instance: Pm2App, app: App, host: Fact<HostFacts>): Pm2State {
  const { status, pid } = instance
  if (status === 'errored') return 'errored'
  if (status === 'waiting restart') return 'looping'
  if (status === 'stopped' && !pid) return instance.exitCode && !instance.autorestart ? 'exited' : 'stopped'
  if (status === 'online' && pid === null) return 'never-spawned'
  const nowMs = knownValue(host)?.nowMs
  if (nowMs === undefined) return 'online'
  const livedMs = nowMs - (instance.startedMs ?? nowMs)
  if (recentExits(app, nowMs) >= loopExits || (instance.restarts >= loopExits && livedMs < shortLifeMs))
    return 'looping'
  if (status === 'stopped') return 'looping'
  return livedMs < startTimeMs && instance.restarts === 0 ? 'starting' : 'online'
}

/** How often pm2.log says that the app ended, in the last two minutes. */
function recentExits(app: App, nowMs: number): number {
  // sample: App [classrooom:0] exited with code [1] via signal [SIGINT]
  return exitLines(app).filter(({ atMs }) => atMs !== null && nowMs - atMs < loopWindowMs).length
}

/** The lines of pm2.log that say how the app ended, oldest first. */
export function exitLines(app: App): { atMs: number | null; text: string }[] {
  return (app.daemon?.log ?? []).filter(({ text }) => text.includes(`[${app.name}:`) && /exited with code/.test(text))
}

/** `pm2 (deploy): classrooom is errored, 16 restarts, exit code 1` */
export function pm2Evidence(app: App): Evidence[] {
  const source = `pm2 (${app.daemon?.user ?? '?'})`
  return app.instances.slice(0, 2).map((instance) => {
    const parts = [
      `${instance.name} is ${instance.status}`,
      instance.pid ? `pid ${instance.pid}` : instance.pid === 0 ? 'pid 0' : 'no pid',
      `${instance.restarts} restarts`,
      ...(instance.exitCode === null ? [] : [`exit code ${instance.exitCode}`]),
    ]
    return { source, text: parts.join(', ') }
  })
}
