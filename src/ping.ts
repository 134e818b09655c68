import pLimit from 'p-limit'
import { toReachFailure, toTransport } from './gather.js'
import { type Endpoint, type Host, listHops } from './inventory/host.js'
import type { ReportProgress } from './progress.js'
import type { HostTransport, ReachFailure, TakenHostKey } from './record.js'
import type { Credentials } from './ssh/auth/credentials.js'
import { type Breaker, createBreaker } from './ssh/breaker.js'
import { connect, type SharedConnections, shareConnections } from './ssh/connect.js'
import { formatHop } from './ssh/connect-failure.js'
import { createPhaseWatch, type PhaseTimes, type PhaseWatch } from './ssh/phase-watch.js'
import { limitTime } from './time-limit.js'

/** One server on the way, the last one the host itself, and what each step took there. */
export interface PingedHop {
  /** `user@address:port` */
  hop: string
  /** Milliseconds; a step that was not come to is absent. */
  phases: PhaseTimes
}

/** How far it was to one host. */
export interface PingedHost {
  name: string
  /** `not-checked`: the run ended before. */
  status: 'reached' | 'unreachable' | 'not-checked'
  failure: ReachFailure | null
  /** Null where it was not reached. */
  transport: HostTransport | null
  hops: PingedHop[]
  elapsedMs: number
}

/** A run of `ping`. Times are ISO 8601 in UTC. */
export interface PingRecord {
  startedAt: string
  elapsedMs: number
  interrupted: boolean
  hosts: PingedHost[]
  takenHostKeys: TakenHostKey[]
}

/** What a run of `ping` needs to know. */
export interface PingOptions {
  hosts: readonly Host[]
  credentials: Credentials
  /** How many hosts are worked on at once. */
  jobs: number
  /** Milliseconds until the run is given up. */
  runMs: number
  interrupt: AbortSignal
  onProgress: ReportProgress
  /** Keeps a login that is refused from being tried everywhere: `createBreaker()`, when not given; or `noBreaker`. */
  breaker?: Breaker
  /** Shows what the person at the terminal is to do, such as touch a key. */
  notify?: (message: string) => void
}

/** Logs in to every host and leaves at once: no channel is opened on it, and nothing is run. Never throws for a host. */
export async function ping(options: PingOptions): Promise<PingRecord> {
  const { hosts, credentials, breaker = createBreaker(), notify, jobs, runMs, interrupt, onProgress } = options
  const startedAt = new Date()
  const jumps = new Map<string, PhaseWatch>()
  const shared = shareConnections(credentials, {
    ...{ breaker, notify },
    onJumpPhase: (jump) => watchJump(jumps, jump).onPhase,
  })
  const { signal, stop } = limitTime(runMs, interrupt, 'run')
  const limit = pLimit(jobs)
  const pingOne = async (host: Host) => {
    onProgress({ host: host.name, phase: 'connecting' })
    const pinged = await pingHost(host, { shared, signal, jumps })
    const { status } = pinged
    if (status !== 'not-checked') onProgress({ host: host.name, phase: 'done', status })
    return pinged
  }
  const pinged = await Promise.all(hosts.map((host) => limit(pingOne, host))).finally(() => {
    stop()
    shared.close()
  })
  return {
    startedAt: startedAt.toISOString(),
    elapsedMs: Date.now() - startedAt.getTime(),
    interrupted: interrupt.aborted,
    hosts: pinged,
    takenHostKeys: shared.hostKeyVerifier.taken(),
  }
}

interface PingContext {
  shared: SharedConnections
  signal: AbortSignal
  /** A jump host is connected to once for all hosts behind it. */
  jumps: Map<string, PhaseWatch>
}

async function pingHost(host: Host, { shared, signal, jumps }: PingContext): Promise<PingedHost> {
  const began = performance.now()
  const watch = createPhaseWatch()
  const outcome = await logIn(host, watch, shared, signal)
  const via = listHops(host)
    .slice(0, -1)
    .map((jump) => toHop(jump, watchJump(jumps, jump)))
  const elapsedMs = round(performance.now() - began)
  return { name: host.name, ...outcome, hops: [...via, toHop(host, watch)], elapsedMs }
}

const notChecked = { status: 'not-checked', failure: null, transport: null } as const

async function logIn(
  host: Host,
  { onPhase }: PhaseWatch,
  shared: SharedConnections,
  signal: AbortSignal,
): Promise<Pick<PingedHost, 'status' | 'failure' | 'transport'>> {
  if (signal.aborted) return notChecked
  const limit = limitTime(host.timeouts.hostMs, signal, 'host')
  try {
    const session = await connect(host, { shared, signal: limit.signal, hostDeadline: limit, onPhase })
    session.close()
    return { status: 'reached', failure: null, transport: toTransport(session) }
  } catch (error) {
    const failure = toReachFailure(error)
    return signal.aborted ? notChecked : { status: 'unreachable', failure, transport: null }
  } finally {
    limit.stop()
  }
}

function watchJump(jumps: Map<string, PhaseWatch>, jump: Endpoint): PhaseWatch {
  const key = JSON.stringify(jump)
  const watch = jumps.get(key) ?? createPhaseWatch()
  jumps.set(key, watch)
  return watch
}

function toHop(endpoint: Endpoint, watch: PhaseWatch): PingedHop {
  const phases = Object.entries(watch.times()).map(([phase, ms]) => [phase, round(ms)])
  return { hop: formatHop(endpoint), phases: Object.fromEntries(phases) }
}

/** Milliseconds to a tenth. */
function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
