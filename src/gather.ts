import { captureVersion, type HostCapture, type Outcome } from './capture/host-capture.js'
import { redactCheck } from './checks/redact-check.js'
import { toProbe } from './checks/to-probe.js'
import { askFromHere } from './collect/ask-from-here.js'
import { collect } from './collect/collect.js'
import { createSudoTalk, type SudoTalk, type SudoTurns } from './collect/sudo-talk.js'
import type { Host } from './inventory/host.js'
import type { AnyProbe } from './probes/define.js'
import { readFacts } from './probes/index.js'
import type { ReportProgress } from './progress.js'
import type { HostTransport, ReachFailure } from './record.js'
import { connect, type SharedConnections } from './ssh/connect.js'
import { ConnectFailure, type Session } from './ssh/session.js'
import { limitTime, type TimeLimit } from './time-limit.js'
import { readVersion } from './version.js'

/** What the hosts of a run share. */
export interface GatherContext {
  shared: SharedConnections
  /** The hosts that a password of sudo is tried on, one at a time. */
  sudoTurns: SudoTurns
  /** Aborting ends the gathering early, with what had arrived. */
  signal: AbortSignal
  onProgress: ReportProgress
  /** The key of the run, for digests of what does not leave a host. */
  digestKey: string
  /** Probes that are not built in, checks apart. */
  probes: readonly AnyProbe[]
}

/** The first half of a check: reaches a host and collects what it says. Whatever the host does becomes data. */
export async function gather(host: Host, context: GatherContext): Promise<HostCapture> {
  const startedAt = new Date()
  const outcome = await reach(host, context)
  const { name, address, port, user, labels, groups, apps, checks = [] } = host
  return {
    captureVersion,
    fleetdxVersion: readVersion(),
    host: { name, address, port, user, labels, groups, apps, checks: checks.map(redactCheck) },
    startedAt: startedAt.toISOString(),
    elapsedMs: Date.now() - startedAt.getTime(),
    outcome,
  }
}

async function reach(host: Host, context: GatherContext): Promise<Outcome> {
  const { shared, sudoTurns, signal, onProgress } = context
  if (signal.aborted) return { kind: 'not-checked' }
  onProgress({ host: host.name, phase: 'connecting' })
  const limit = limitTime(host.timeouts.hostMs, signal, 'host')
  const { passwords } = shared.credentials
  const sudo = createSudoTalk(host, { passwords, turns: sudoTurns, hostDeadline: limit })
  const outcome = await look(host, { ...context, limit, sudo })
    .catch(toFailure)
    .finally(limit.stop)
  // A host that nothing came of because the run was stopped is not at fault.
  return signal.aborted && !hasAnswered(outcome) ? { kind: 'not-checked' } : outcome
}

interface LookContext extends Pick<GatherContext, 'shared' | 'onProgress' | 'probes' | 'digestKey'> {
  limit: TimeLimit
  sudo: SudoTalk
}

async function look(host: Host, context: LookContext): Promise<Outcome> {
  const { shared, limit, onProgress, probes, sudo, digestKey } = context
  const { signal } = limit
  const session = await connect(host, { shared, signal, hostDeadline: limit })
  try {
    onProgress({ host: host.name, phase: 'collecting' })
    const custom = [...probes, ...(host.checks ?? []).map(toProbe)]
    const capture = await collect(session, host, signal, custom, { sudo, digestKey })
    const fromHere = await askFromHere(host, readFacts(capture), signal)
    return { kind: 'collected', capture, fromHere, transport: toTransport(session) }
  } finally {
    session.close()
  }
}

/** How a host was reached, as the record has it. */
export function toTransport({ transport: { kind, because } }: Session): HostTransport {
  return { kind, because: because ?? null }
}

function toFailure(error: unknown): Outcome {
  return { kind: 'unreachable', failure: toReachFailure(error) }
}

/** Why a host could not be reached, as the record has it. Throws what is no such failure. */
export function toReachFailure(error: unknown): ReachFailure {
  if (!(error instanceof ConnectFailure)) throw error
  const { reason, phase, hop, message, mend = null, limit = null } = error
  return { reason, phase, hop, message, mend, limit }
}

function hasAnswered(outcome: Outcome): boolean {
  return outcome.kind === 'collected' && Object.keys(outcome.capture.sections).length > 0
}
