import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { App, WebProcess } from '../../path/app.js'
import type { Evidence } from '../../path/request-path.js'
import type { Facts } from '../../probes/index.js'
import type { Pm2Daemon } from '../../probes/pm2.js'
import type { Scene } from '../define.js'
import { crashBy } from './scene.js'

export interface PortHolder {
  app: App
  port: number
  /** Pid 0 where the holder may not be seen. */
  holder: WebProcess
  evidence: Evidence[]
}

/** Who holds the port that the path's app crashes on (EADDRINUSE); undefined when nobody holds it now. */
export function portHolder(scene: Scene): PortHolder | undefined {
  const found = crashBy(scene, 'eaddrinuse')
  if (!found) return undefined
  const { app, crash } = found
  const port = Number(crash.name)
  const listener = knownValue(scene.facts.listeners)?.listeners.find((listener) => listener.port === port)
  if (!listener) return undefined
  const holder = knownValue(scene.facts.processes)?.processes.find(({ pid }) => listener.pids.includes(pid))
  return {
    app,
    port,
    holder: holder ?? unseen(listener.processName),
    evidence: [...crash.evidence, { source: 'ss -ltnp', text: describeHolder(`${listener.address}:${port}`, holder) }],
  }
}

function describeHolder(socket: string, holder: WebProcess | undefined): string {
  if (!holder) return t`${socket} its owner could not be seen`
  const { name, pid, user, args } = holder
  return args === '' ? t`${socket} ${name} pid ${pid} of ${user}` : t`${socket} ${name} pid ${pid} of ${user}: ${args}`
}

/** A process that pm2 once started for this very app, and that no pm2 has below it any more. */
export function isOrphanOf({ app, holder }: PortHolder, facts: Facts): boolean {
  return holder.pm2App === app.name && managerOf(holder, facts) === undefined
}

/** The pm2 daemon that a process descends from. */
export function managerOf(holder: WebProcess, facts: Facts): Pm2Daemon | undefined {
  const daemons = knownValue(facts.pm2)?.daemons ?? []
  const all = knownValue(facts.processes)?.processes ?? []
  const ancestors = new Set([holder.pid])
  for (const pid of ancestors) for (const process of all) if (process.pid === pid) ancestors.add(process.ppid)
  return daemons.find(({ pid }) => pid !== null && ancestors.has(pid))
}

export function isGateway({ name }: WebProcess): boolean {
  return /^(?:nginx|caddy|apache2|httpd|haproxy)/.test(name)
}

function unseen(name: string | null): WebProcess {
  return {
    pid: 0,
    ppid: 0,
    uid: -1,
    user: '?',
    state: '?',
    sessionId: 0,
    startedMs: null,
    rssBytes: 0,
    cpuPercent: null,
    name: name ?? t`another program`,
    args: '',
    cwd: null,
    unit: null,
    pm2App: null,
    networkNamespace: null,
  }
}
