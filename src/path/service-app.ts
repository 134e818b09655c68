import { posix } from 'node:path'
import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import type { Unit } from '../probes/services.js'
import { type AppLog, portOfArguments, type WebProcess } from './app.js'

/**
 * running: as far as its manager knows. looping: it keeps dying and is started again. failed: given up.
 * stopped: not running, and nobody says that it should.
 */
export type ServiceState = 'running' | 'starting' | 'looping' | 'failed' | 'stopped'

/** A web app that runs without pm2: as a service, or as a plain process that listens. */
export interface ServiceApp {
  /** The unit's name without `.service`; of a plain process, the name of its folder. */
  name: string
  /** null = a plain process, that nothing starts again. */
  unit: Unit | null
  state: ServiceState
  cwd: string | null
  /** The port that its settings name, else the only one that it listens on. */
  port: number | null
  user: string
  processes: WebProcess[]
  /** The unit's journal, without systemd's own words. */
  logs: AppLog[]
}

/** A life shorter than this, after restarts, is one of a loop; as for pm2. */
const shortLifeMs = 15_000
const loopRestarts = 3

/** The web apps of a host that pm2 has nothing to do with. Pure. */
export function findServiceApps(facts: Facts): ServiceApp[] {
  const units = (knownValue(facts.services)?.units ?? []).filter(
    ({ role, path }) => role === 'app' && !isTransient(path),
  )
  return [...units.map((unit) => fromUnit(unit, facts)), ...plainApps(facts, new Set(units.map(({ name }) => name)))]
}

/** A command that somebody ran by systemd-run, a build perhaps, is no service. */
function isTransient(path: string | null): boolean {
  return path?.startsWith('/run/systemd/transient/') ?? false
}

function fromUnit(unit: Unit, facts: Facts): ServiceApp {
  const processes = (knownValue(facts.processes)?.processes ?? []).filter(
    (process) => process.unit === unit.name && process.pm2App === null,
  )
  const name = unit.name.replace(/\.service$/, '')
  return {
    name,
    unit,
    state: stateOfUnit(unit, processes, knownValue(facts.host)?.nowMs),
    cwd: unit.workingDirectory ?? processes.find(({ cwd }) => cwd !== null)?.cwd ?? null,
    port: settledPort([unit.command, ...processes.map(({ args }) => args)], unit.environment.PORT, processes, facts),
    user: unit.user ?? 'root',
    processes,
    logs: journalOf(unit.name, name, facts),
  }
}

function stateOfUnit(unit: Unit, processes: readonly WebProcess[], nowMs: number | undefined): ServiceState {
  const { activeState, subState, startedMs, restarts } = unit
  if (activeState === 'failed') return 'failed'
  if (subState === 'auto-restart') return 'looping'
  if (activeState === 'inactive' || (subState === 'exited' && processes.length === 0)) return 'stopped'
  const livedMs = nowMs === undefined || startedMs === null ? Number.POSITIVE_INFINITY : nowMs - startedMs
  if ((restarts ?? 0) >= loopRestarts && livedMs < shortLifeMs) return 'looping'
  return activeState === 'activating' ? 'starting' : 'running'
}

/** What runs an app: `MainThread` is what newer versions of Node.js call theirs. */
const webPrograms = /^(?:node|next|npm|npx|yarn|pnpm|bun|deno|MainThread)/
/** Editors and their helpers, which listen too. */
const editors = /\.(?:vscode|cursor|windsurf)-server|code-server/

/** Processes that listen, and that neither pm2 nor a unit nor a container has started: from a terminal, by nohup, in screen. */
function plainApps(facts: Facts, units: ReadonlySet<string>): ServiceApp[] {
  const all = knownValue(facts.processes)?.processes ?? []
  const ancestors = (process: WebProcess): WebProcess[] => {
    const parent = all.find(({ pid }) => pid === process.ppid)
    return parent && parent.pid > 1 ? [parent, ...ancestors(parent)] : []
  }
  return all
    .filter(
      ({ name, pm2App, unit, args }) =>
        webPrograms.test(name) && pm2App === null && isLoose(unit, units) && !editors.test(args),
    )
    .filter((process) => portsOf([process], facts).length > 0)
    .filter((process) => !ancestors(process).some(({ name }) => name.startsWith('PM2 v')))
    .map((process) => ({
      name: process.cwd === null ? process.name : posix.basename(process.cwd),
      unit: null,
      state: 'running' as const,
      cwd: process.cwd,
      port: settledPort([process.args], undefined, [process], facts),
      user: process.user,
      processes: [process],
      logs: [],
    }))
}

/** In a login session, or under a user's own manager, whose units the system's does not know. */
function isLoose(unit: string | null, units: ReadonlySet<string>): boolean {
  if (unit === null || unit.endsWith('.scope')) return true
  return unit.endsWith('.service') && !units.has(unit) && !/^pm2[-@.]/.test(unit)
}

function settledPort(
  commands: readonly string[],
  variable: string | undefined,
  processes: readonly WebProcess[],
  facts: Facts,
): number | null {
  const argument = portOfArguments(commands)
  if (argument !== null) return argument
  if (variable !== undefined && /^\d{1,5}$/.test(variable)) return Number(variable)
  const ports = portsOf(processes, facts)
  return ports.length === 1 ? (ports[0] ?? null) : null
}

function portsOf(processes: readonly WebProcess[], facts: Facts): number[] {
  const own = new Set(processes.map(({ pid }) => pid))
  const listeners = knownValue(facts.listeners)?.listeners ?? []
  return [...new Set(listeners.filter(({ pids }) => pids.some((pid) => own.has(pid))).map(({ port }) => port))]
}

function journalOf(unit: string, app: string, facts: Facts): AppLog[] {
  const journal = knownValue(facts.journals)?.journals.find((each) => each.unit === unit)
  if (!journal) return []
  const lines = journal.lines.filter(({ from }) => from !== 'systemd').map(({ atMs, text }) => ({ atMs, text }))
  return [
    {
      app,
      home: null,
      stream: 'error',
      path: `journalctl -u ${unit}`,
      exists: true,
      sizeBytes: lines.reduce((sum, { text }) => sum + text.length, 0),
      modifiedMs: lines.at(-1)?.atMs ?? null,
      lines,
    },
  ]
}
