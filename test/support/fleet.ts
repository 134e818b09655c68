import { collect } from '../../src/collect/collect.js'
import { diagnose } from '../../src/diagnose/diagnose.js'
import { reached, toRunRecord, unreachable } from '../../src/make-record.js'
import { readFacts } from '../../src/probes/index.js'
import type { HostRecord, ReachFailure, RunRecord } from '../../src/record.js'
import { readRecording } from './recordings.js'
import { replaySession } from './replay.js'

const timeouts = { connectMs: 1000, commandMs: 1000, hostMs: 1000 }
const endpointOf = (name: string) => ({ name, address: `${name}.example.com`, port: 22, user: 'ops' })
const host = (name: string) => ({ ...endpointOf(name), groups: [], labels: {}, apps: [], checks: [] })

/** The record of a host that shows a fault of the lab, as `ops` sees it; `edit` changes what it says. Its clock is right. */
export async function faultyHost(name: string, fault: string, edit = (text: string) => text): Promise<HostRecord> {
  const session = replaySession(edit(readRecording('ops', fault)))
  const capture = await collect(session, { sudo: 'auto', apps: [], timeouts }, new AbortController().signal)
  const facts = readFacts(capture)
  const diagnosis = { ...diagnose({ facts, apps: [], login: 'ops', fromHere: [] }), checks: [] }
  const found = { diagnosis, facts, custom: {}, capture, fleetdxVersion: '0.1.0', transport: null, elapsedMs: 800 }
  return { ...reached(host(name), found), clockSkewMs: 0 }
}

/** The record of a host that could not be reached. */
export function lostHost(name: string, failure: Partial<ReachFailure>): HostRecord {
  const hop = `ops@${name}.example.com:22`
  const timeout = {
    reason: 'timeout',
    phase: 'connect',
    hop,
    message: `${hop} does not answer`,
    mend: null,
    limit: null,
  }
  return unreachable(host(name), { ...timeout, ...failure }, 10_000)
}

/** A run over hosts. */
export function fleetRun(hosts: HostRecord[], startedAt = '2026-11-24T14:30:00.000Z'): RunRecord {
  return toRunRecord(hosts, { startedAt, elapsedMs: 3000, interrupted: false })
}

/** `web01`, `web02`, … */
export function numberNames(prefix: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${prefix}${String(from + index).padStart(2, '0')}`)
}
