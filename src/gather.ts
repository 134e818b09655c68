import { captureVersion, type HostCapture, type Outcome } from './capture/host-capture.js'
import { redactCheck } from './checks/redact-check.js'
import { toProbe } from './checks/to-probe.js'
import { askFromHere } from './collect/ask-from-here.js'
import { collect } from './collect/collect.js'
import type { Host } from './inventory/host.js'
import type { AnyProbe } from './probes/define.js'
import { readFacts } from './probes/index.js'
import type { ReportProgress } from './progress.js'
import { connect, type SharedConnections } from './ssh/connect.js'
import { ConnectFailure } from './ssh/session.js'
import { limitTime } from './time-limit.js'
import { readVersion } from './version.js'

/** What the hosts of a run share. */
export interface GatherContext {
  shared: SharedConnections
  /** Aborting ends the gathering early, with what had arrived. */
  signal: AbortSignal
  onProgress: ReportProgress
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

async function reach(host: Host, { shared, signal, onProgress, probes }: GatherContext): Promise<Outcome> {
  if (signal.aborted) return { kind: 'not-checked' }
  onProgress({ host: host.name, phase: 'connecting' })
  const limit = limitTime(host.timeouts.hostMs, signal)
  const outcome = await look(host, { shared, signal: limit.signal, onProgress, probes })
    .catch(toFailure)
    .finally(limit.stop)
  // A host that nothing came of because the run was stopped is not at fault.
  return signal.aborted && !hasAnswered(outcome) ? { kind: 'not-checked' } : outcome
}

async function look(host: Host, { shared, signal, onProgress, probes }: GatherContext): Promise<Outcome> {
  const session = await connect(host, { shared, signal })
  try {
    onProgress({ host: host.name, phase: 'collecting' })
    const custom = [...probes, ...(host.checks ?? []).map(toProbe)]
    const capture = await collect(session, host, signal, custom)
    return { kind: 'collected', capture, fromHere: await askFromHere(host, readFacts(capture), signal) }
  } finally {
    session.close()
  }
}

function toFailure(error: unknown): Outcome {
  if (!(error instanceof ConnectFailure)) throw error
  const { reason, phase, hop, message, mend } = error
  return { kind: 'unreachable', failure: { reason, phase, hop, message, mend: mend ?? null } }
}

function hasAnswered(outcome: Outcome): boolean {
  return outcome.kind === 'collected' && Object.keys(outcome.capture.sections).length > 0
}
