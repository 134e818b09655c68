import { readFileSync } from 'node:fs'
import { captureVersion, type HostCapture, type Outcome } from '../../src/capture/host-capture.js'
import { collect } from '../../src/collect/collect.js'
import { replay } from '../../src/pipeline.js'
import type { RunRecord } from '../../src/record.js'
import { replaySession } from './replay.js'

/** The fleet of the golden files: real hosts, as the demo's recordings have them, one that refuses, one never come to. */
const cast: Readonly<Record<string, string | Outcome>> = {
  web01: 'healthy',
  web02: 'pm2-app-stopped',
  web03: 'next-build-missing',
  web04: 'next-build-missing',
  web05: 'proxy-port-mismatch',
  web06: 'gateway-down',
  web07: 'healthy',
  web08: {
    kind: 'unreachable',
    failure: {
      reason: 'refused',
      phase: 'connect',
      hop: 'ops@10.0.0.8:22',
      message: 'ops@10.0.0.8:22 refused the connection: nothing listens there, or a firewall rejects it',
      mend: 'ssh -v ops@10.0.0.8',
      limit: null,
    },
  },
  web09: { kind: 'not-checked' },
}

const startedAt = '2026-03-01T12:00:00.000Z'

/** The run over that fleet, the same on every machine, whatever the version. */
export async function recordFleet(): Promise<RunRecord> {
  const captures = await Promise.all(
    Object.entries(cast).map(async ([name, part], index) =>
      toCapture(name, index, typeof part === 'string' ? await play(part) : part),
    ),
  )
  const record = replay(captures, { startedAt, elapsedMs: 3214, interrupted: false })
  const waiver = { cause: 'gateway-down', subject: 'nginx', reason: 'is rebuilt', owner: 'ops', until: '2026-03-31' }
  const waived = { isWaived: true, waivers: [{ ...waiver, isExpired: false }] }
  const hosts = record.hosts.map((host) => (host.name === 'web06' ? { ...host, ...waived } : host))
  return { ...record, hosts, fleetdxVersion: '1.2.3' }
}

async function play(recording: string): Promise<Outcome> {
  const text = readFileSync(new URL(`../../src/demo/captures/${recording}.txt`, import.meta.url), 'utf8')
  const timeouts = { connectMs: 1000, commandMs: 1000, hostMs: 1000 }
  const host = { sudo: 'auto' as const, apps: [], timeouts }
  const capture = await collect(replaySession(text), host, new AbortController().signal)
  return { kind: 'collected', capture, fromHere: [] }
}

function toCapture(name: string, index: number, outcome: Outcome): HostCapture {
  return {
    captureVersion,
    fleetdxVersion: '1.2.3',
    host: {
      ...{ name, address: `10.0.0.${index + 1}`, port: 22, user: 'ops' },
      ...{ labels: { rack: `r${index % 2}` }, groups: ['web', 'all'], apps: [] },
    },
    startedAt,
    elapsedMs: outcome.kind === 'not-checked' ? 0 : 800 + index,
    outcome,
  }
}
