import { posix } from 'node:path'
import { type Fact, knownValue } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import type { AppFilesFacts } from '../probes/app-files.js'
import type { AppLogsFacts } from '../probes/app-logs.js'
import type { BuildsFacts } from '../probes/builds.js'
import type { Facts } from '../probes/index.js'
import type { Pm2App, Pm2Daemon, SavedApp } from '../probes/pm2/schema.js'
import type { ProcessesFacts } from '../probes/processes.js'
import { findServiceApps, type ServiceApp } from './service-app.js'
import type { Listener } from './target.js'

export type WebProcess = ProcessesFacts['processes'][number]
export type Build = BuildsFacts['builds'][number]
export type AppLog = AppLogsFacts['logs'][number]
type AppFiles = AppFilesFacts['apps'][number]

/** One app of a host: what pm2, its last save, the inventory, the process list and its folder say of it, joined. */
export interface App {
  name: string
  cwd: string | null
  /** The port that its settings name: the inventory, PORT, or a `-p` argument. */
  port: number | null
  /** The service, or the plain process, that it is; null for an app that runs under pm2, or not at all. */
  service: ServiceApp | null
  /** The pm2 home that it belongs to, alive or not; null for an app without pm2. */
  daemon: Pm2Daemon | null
  /** Live entries of the pm2 list; several in cluster mode; empty when it is not in a list that could be read. */
  instances: Pm2App[]
  saved: SavedApp | null
  /** Known by its ecosystem file only: pm2 neither lists it nor has it saved. */
  isForgotten: boolean
  hint: AppHint | null
  /** Its living processes: what pm2 started and all that descends from it. */
  processes: WebProcess[]
  build: Build | null
  files: AppFiles | null
  logs: AppLog[]
}

/** Joins the apps of a host, by name within a pm2 home, then with what runs without pm2 and with the inventory's, by name, folder or port. */
export function joinApps(facts: Facts, hints: readonly AppHint[]): App[] {
  const daemons = knownValue(facts.pm2)?.daemons ?? []
  const named = daemons.flatMap((daemon) => [...liveApps(daemon), ...lostApps(daemon)])
  const apps = [...named, ...daemons.flatMap((daemon) => forgottenApps(daemon, named))]
  apps.push(...findServiceApps(facts).flatMap((service) => takeService(apps, service)))
  apps.push(...hints.flatMap((hint) => takeHint(apps, hint)))
  return apps.map((app) => addWhatIsSeen(app, facts))
}

function liveApps(daemon: Pm2Daemon): App[] {
  const entries = (daemon.apps ?? []).filter((app) => !app.isModule)
  const names = [...new Set(entries.map((entry) => entry.name))]
  return names
    .map((name) => ({ name, instances: entries.filter((entry) => entry.name === name) }))
    .map(({ name, instances }) => ({
      ...emptyApp(name),
      cwd: instances[0]?.cwd ?? null,
      port: settledPort(instances[0]),
      daemon,
      instances,
      saved: daemon.saved?.find((saved) => saved.name === name) ?? null,
    }))
}

/** Apps that pm2 had saved and does not run now: its daemon is gone, or they were deleted from its list. */
function lostApps(daemon: Pm2Daemon): App[] {
  if (daemon.apps === null && daemon.pid !== null) return []
  const live = new Set(daemon.apps?.map((app) => app.name))
  return (daemon.saved ?? [])
    .filter((saved) => !live.has(saved.name))
    .map((saved) => ({ ...emptyApp(saved.name), cwd: saved.cwd, port: settledPort(saved), daemon, saved }))
}

/** Projects that pm2 knows nothing of: it matters only if a gateway leads to one that nothing else can be. */
function forgottenApps(daemon: Pm2Daemon, named: readonly App[]): App[] {
  if (daemon.apps === null && daemon.pid !== null) return []
  return daemon.projects
    .filter((cwd) => !named.some((app) => app.cwd === cwd))
    .map((cwd) => ({ ...emptyApp(posix.basename(cwd)), cwd, daemon, isForgotten: true }))
}

function emptyApp(name: string): App {
  return {
    name,
    cwd: null,
    port: null,
    service: null,
    daemon: null,
    instances: [],
    saved: null,
    isForgotten: false,
    hint: null,
    processes: [],
    build: null,
    files: null,
    logs: [],
  }
}

/** Gives a service to the app that pm2 has in its files and does not run; another becomes an app of its own. */
function takeService(apps: readonly App[], service: ServiceApp): App[] {
  const idle = apps.filter(({ instances, service }) => instances.length === 0 && service === null)
  const known =
    idle.find(({ cwd }) => cwd !== null && cwd === service.cwd) ??
    idle.find(({ name, isForgotten }) => name === service.name && !isForgotten)
  if (!known) return [{ ...emptyApp(service.name), cwd: service.cwd, port: service.port, service }]
  known.service = service
  known.isForgotten = false
  known.port = service.port ?? known.port
  return []
}

/** Gives a hint to the app that it is about; an app that nothing else knows becomes one of its own. */
function takeHint(apps: readonly App[], hint: AppHint): App[] {
  const known =
    apps.find((app) => app.name === hint.name) ??
    apps.find((app) => app.cwd !== null && app.cwd === hint.cwd) ??
    apps.find((app) => app.port !== null && app.port === hint.port)
  if (!known) return [{ ...emptyApp(hint.name), cwd: hint.cwd ?? null, port: hint.port ?? null, hint }]
  known.hint = hint
  known.port ??= hint.port ?? null
  known.cwd ??= hint.cwd ?? null
  return []
}

function addWhatIsSeen(app: App, facts: Facts): App {
  const processes = knownValue(facts.processes)?.processes ?? []
  const inFolder = <T extends { cwd: string }>(list: readonly T[] | undefined) =>
    list?.find((entry) => entry.cwd === app.cwd) ?? null
  return {
    ...app,
    processes: familyOf(
      [
        ...app.instances.flatMap(({ pid }) => (pid !== null && pid > 0 ? [pid] : [])),
        ...(app.service?.processes ?? []).map(({ pid }) => pid),
      ],
      processes,
    ),
    build: inFolder(knownValue(facts.builds)?.builds),
    files: inFolder(knownValue(facts['app-files'])?.apps),
    logs: [...logsOf(app, facts['app-logs']), ...(app.service?.logs ?? [])],
  }
}

function logsOf(app: App, fact: Fact<AppLogsFacts>): AppLog[] {
  const home = app.daemon?.home ?? null
  // Two daemons may write to one file: then it stands under the first of them.
  const own = new Set(app.instances.flatMap(({ errorLog, outLog }) => [errorLog, outLog]))
  const isOwn = (log: AppLog) => (log.home ?? home) === home || own.has(log.path)
  return knownValue(fact)?.logs.filter((log) => log.app === app.name && isOwn(log)) ?? []
}

/** The processes with these ids and all that descends from them. */
function familyOf(pids: readonly number[], processes: readonly WebProcess[]): WebProcess[] {
  const family = new Set(pids)
  for (let size = 0; size !== family.size; ) {
    size = family.size
    for (const { pid, ppid } of processes) if (family.has(ppid)) family.add(pid)
  }
  return processes.filter(({ pid }) => family.has(pid))
}

/** The port that an entry's settings name: an argument wins over PORT, as it does for `next start`. */
function settledPort(entry: Pick<Pm2App, 'args' | 'port'> | undefined): number | null {
  if (!entry) return null
  return portOfArguments(entry.args) ?? entry.port
}

/** The port in a command line's words: `-p 3001`, `--port 3001`, `--port=3001`, `-p3001`. */
export function portOfArguments(args: readonly string[]): number | null {
  // sample: start -- -p 3001
  const match = /(?:^|\s)(?:-p|--port)[\s=]?(\d{2,5})(?:\s|$)/.exec(args.join(' '))
  return match ? Number(match[1]) : null
}

/** Where an app listens: sockets of its processes, and, in cluster mode, those that pm2 itself holds for it. */
export function listenersOf(app: App, facts: Facts): Listener[] {
  const family = new Set(app.processes.map(({ pid }) => pid))
  const daemonPid = app.daemon?.pid ?? null
  const isCluster = app.instances.some(({ execMode }) => execMode === 'cluster')
  return (knownValue(facts.listeners)?.listeners ?? []).filter(
    ({ pids, port }) =>
      pids.some((pid) => family.has(pid)) ||
      (isCluster && daemonPid !== null && pids.includes(daemonPid) && (app.port === null || app.port === port)),
  )
}
