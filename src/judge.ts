import type { HostCapture } from './capture/host-capture.js'
import { addChecks } from './checks/add-checks.js'
import { type Extensions, readCustomFacts } from './checks/extensions.js'
import { judgeChecks } from './checks/judge.js'
import { diagnose } from './diagnose/diagnose.js'
import { notChecked, reached, unreachable } from './make-record.js'
import { skewOf } from './path/clock-skew.js'
import { dropDigests } from './probes/drop-digests.js'
import { readFacts } from './probes/index.js'
import type { HostRecord } from './record.js'

/** A host judged by what it said itself; `again` is there where its gateway dials another host: with what those said. */
export interface Judged {
  record: HostRecord
  again?: (fleet: readonly HostRecord[]) => HostRecord
}

/** The second half of a check, for one host: what it said becomes its record. Pure. */
export function judgeAlone(capture: HostCapture, extensions: Extensions): Judged {
  const record = judge(capture, extensions)
  if (record.paths.every(({ target }) => isOnHostItself(target))) return { record }
  return { record, again: (fleet) => judge(capture, extensions, fleet) }
}

/** As many gateways may stand before each other: every pass follows a request one host further. */
const mostHops = 3

/** The same over all hosts of a run: requests that leave one are followed to where they go, if that is one of them. Pure. */
export function judgeTogether(judged: readonly Judged[]): HostRecord[] {
  let records = judged.map(({ record }) => record)
  if (judged.some(({ again }) => again))
    for (let hop = 0; hop < mostHops; hop += 1) records = judged.map(({ record, again }) => again?.(records) ?? record)
  return records
}

function isOnHostItself(target: string | null): boolean {
  // sample: 127.0.0.1:3000, localhost:3000, ::1:3000, unix:/run/app.sock
  return target === null || /^(?:127\.|localhost\b|\[?::1\b|unix:)/.test(target)
}

/** What a host said, to its verdict: sections to facts, facts to request paths, causes, and their ranking. */
function judge(
  { host, outcome, elapsedMs, fleetdxVersion }: HostCapture,
  { probes, causes }: Extensions,
  fleet: readonly HostRecord[] = [],
): HostRecord {
  if (outcome.kind === 'unreachable') return unreachable(host, outcome.failure, elapsedMs)
  if (outcome.kind === 'not-checked') return notChecked(host)
  const { capture, fromHere, transport = null } = outcome
  const read = readFacts(capture)
  const facts = capture.digestId === undefined ? dropDigests(read) : read
  const custom = readCustomFacts(probes, capture)
  const login = capture.right?.user ?? host.user
  const diagnosis = diagnose({
    ...{ facts, apps: host.apps, login, fromHere },
    clockSkewMs: skewOf(facts, capture.clock),
    fleet: { self: host.name, peers: fleet },
    custom: { facts: custom, causes },
  })
  const checked = addChecks(diagnosis, judgeChecks(host.checks ?? [], capture))
  return reached(host, { diagnosis: checked, facts, custom, capture, fleetdxVersion, transport, elapsedMs })
}
