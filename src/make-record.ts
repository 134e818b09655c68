import type { Capture } from './collect/collect.js'
import type { Diagnosis } from './diagnose/diagnose.js'
import type { Host } from './inventory/host.js'
import type { Facts } from './probes/index.js'
import { type HostRecord, type RunRecord, schemaVersion } from './record.js'
import type { ConnectFailure } from './ssh/session.js'
import { readVersion } from './version.js'

/** The record of a host that was looked at. */
export function reached(host: Host, diagnosis: Diagnosis, facts: Facts, { right, trouble }: Capture): HostRecord {
  return {
    ...identity(host),
    ...diagnosis,
    reason: null,
    right: right ? { user: right.user, kind: right.kind, detail: right.detail ?? null } : null,
    trouble,
    facts,
    elapsedMs: 0,
  }
}

/** The record of a host that could not be reached, with the typed reason. */
export function unreachable(host: Host, failure: ConnectFailure): HostRecord {
  const { reason, phase, hop, message, mend } = failure
  return {
    ...blank(host),
    status: 'unreachable',
    verdict: message,
    reason: { reason, phase, hop, message, mend: mend ?? null },
  }
}

/** The record of a host that the run ended before. */
export function notChecked(host: Host): HostRecord {
  return { ...blank(host), status: 'unknown', verdict: 'not checked: the run ended before' }
}

function blank(host: Host): HostRecord {
  return {
    ...identity(host),
    status: 'unknown',
    verdict: '',
    reason: null,
    causes: [],
    undecided: [],
    path: [],
    paths: [],
    blind: [],
    right: null,
    trouble: [],
    facts: null,
    elapsedMs: 0,
  }
}

function identity({ name, address, port, user, groups, labels }: Host) {
  return { name, address, port, user, groups, labels }
}

/** The record of a run, from those of its hosts. */
export function toRunRecord(hosts: HostRecord[], run: { startedAt: Date; interrupted: boolean }): RunRecord {
  const counts = { healthy: 0, degraded: 0, broken: 0, unreachable: 0, unknown: 0 }
  for (const { status } of hosts) counts[status] += 1
  return {
    schemaVersion,
    fleetdxVersion: readVersion(),
    startedAt: run.startedAt.toISOString(),
    elapsedMs: Date.now() - run.startedAt.getTime(),
    interrupted: run.interrupted,
    hosts,
    counts,
  }
}
