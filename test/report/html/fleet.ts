import { compareFleet } from '../../../src/compare/fleet.js'
import type { HostRecord, RunRecord } from '../../../src/record.js'
import type { TimelineEntry } from '../../../src/timeline/event.js'
import { brokenHost, causeRecord, deadPath, hostRecord, runRecord, unreachableHost } from '../../support/record.js'

const startMs = Date.parse('2026-03-01T10:00:00.000Z')

/** A fleet of many hosts in three groups: of every status some, with timelines. Names are `web0001`, `api0002`, `db0003`… */
export function manyHosts(count: number): RunRecord {
  const hosts = Array.from({ length: count }, (_, index) => makeHost(index))
  return { ...runRecord(hosts), startedAt: new Date(startMs).toISOString(), fleet: compareFleet(hosts) }
}

function makeHost(index: number): HostRecord {
  const group = ['web', 'api', 'db'][index % 3] ?? ''
  const name = `${group}${String(index + 1).padStart(4, '0')}`
  const host = { name, address: `10.0.${index >> 8}.${index & 255}`, groups: [group], elapsedMs: 500 + (index % 700) }
  if (index % 50 === 3) return brokenHost({ ...host, timeline: outage(index) })
  if (index % 97 === 5) return unreachableHost(host)
  if (index % 61 === 7) return degraded(host)
  if (index % 211 === 9) return hostRecord({ ...host, status: 'unknown', verdict: 'no right to see the processes' })
  return hostRecord({ ...host, timeline: outage(index).slice(0, 3) })
}

function degraded(host: Partial<HostRecord>): HostRecord {
  const full = causeRecord({
    id: 'disk-full',
    title: 'a file system is full',
    summary: '/var is 97 % full',
    effect: 'risk',
    confidence: 'medium',
  })
  return hostRecord({ ...host, status: 'degraded', verdict: full.summary, causes: [full] })
}

/** A deploy, and what followed from it; a little apart from host to host. */
export function outage(index = 0): TimelineEntry[] {
  const at = (seconds: number) => new Date(startMs - 3_600_000 + (seconds + (index % 90)) * 1000).toISOString()
  return [
    { at: at(-86_400), kind: 'boot', text: 'the host started', source: 'uptime' },
    { at: at(-7200), kind: 'app-start', text: 'classrooom started', source: '/home/deploy/.pm2/pm2.log' },
    { at: at(0), kind: 'deploy', text: 'package.json of classrooom was changed', source: '/home/deploy/classrooom' },
    {
      ...{ at: at(31), until: at(94), count: 16 },
      ...{ kind: 'app-exit', text: 'classrooom exited with code 1', source: '/home/deploy/.pm2/pm2.log' },
    },
    {
      ...{ at: at(33), until: at(3500), count: 412, mayBeOlder: true },
      ...{
        kind: 'gateway-errors',
        text: 'nginx: connect refused (127.0.0.1:3000)',
        source: '/var/log/nginx/error.log',
      },
    },
  ]
}

/** Hosts whose every text tries to be more than text. */
export function hostileFleet(payload: string): RunRecord {
  const cause = causeRecord({
    ...{ title: payload, summary: payload },
    evidence: [{ source: payload, text: payload }],
    against: [{ source: payload, text: payload }],
    remedy: [{ command: payload, note: payload, risk: payload }],
  })
  const path = deadPath()
  const edges = path.edges.map((edge) => ({ ...edge, label: payload, detail: payload }))
  const host = brokenHost({
    ...{
      name: `web1${payload}`,
      groups: [payload],
      labels: { [payload]: payload },
      verdict: payload,
      trouble: [payload],
    },
    ...{ user: payload, address: payload, causes: [cause, { ...cause, id: 'second' }] },
    notes: [{ ...cause, id: 'note' }],
    undecided: [{ id: 'rival', title: payload, because: payload, decide: payload, paths: [] }],
    paths: [{ ...path, id: payload, edges, directAnswer: payload }],
    blind: [{ what: payload, reason: 'permission', detail: payload }],
    timeline: outage().map((entry) => ({ ...entry, text: payload, source: payload })),
  })
  const away = unreachableHost({ name: `web2${payload}`, verdict: payload })
  return runRecord([host, away, hostRecord({ name: 'web3', groups: ['web'] })])
}
