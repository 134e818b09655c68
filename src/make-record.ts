import type { CapturedHost } from './capture/host-capture.js'
import type { CheckedDiagnosis } from './checks/add-checks.js'
import type { Capture } from './collect/capture.js'
import { compareFleet } from './compare/fleet.js'
import type { CustomFacts } from './fact.js'
import { joinWords } from './language/join-words.js'
import { currentLanguage, t } from './language/language.js'
import { skewOf } from './path/clock-skew.js'
import type { Facts } from './probes/index.js'
import {
  type HostRecord,
  type HostTransport,
  type ReachFailure,
  type RunEnd,
  type RunRecord,
  schemaVersion,
} from './record.js'
import { buildTimeline } from './timeline/build-timeline.js'
import { readVersion } from './version.js'

/** What was found on a host that was looked at. */
interface Found {
  diagnosis: CheckedDiagnosis
  facts: Facts
  custom: CustomFacts
  capture: Capture
  /** Of the fleetdx that gathered it. */
  fleetdxVersion: string
  transport: HostTransport | null
  elapsedMs: number
}

/** The record of a host that was looked at. */
export function reached(
  host: CapturedHost,
  { diagnosis, facts, custom, capture, fleetdxVersion, transport, elapsedMs }: Found,
): HostRecord {
  const { right, trouble, clock } = capture
  const clockSkewMs = skewOf(facts, clock)
  // Where the collection itself failed, that is the verdict, and what was not seen for it follows from it.
  const [failure] = diagnosis.status === 'unknown' ? trouble : []
  return {
    ...identity(host),
    ...diagnosis,
    ...(failure !== undefined && { verdict: failure }),
    reason: null,
    timeline: buildTimeline(facts, clockSkewMs ?? 0),
    clockSkewMs,
    transport,
    right: right ? { user: right.user, kind: right.kind, detail: right.detail ?? null } : null,
    trouble: [...trouble, ...tellStandAlone(host, capture, fleetdxVersion)],
    ...(capture.standAloneVersion !== undefined && { standAloneVersion: capture.standAloneVersion }),
    facts,
    custom,
    elapsedMs,
  }
}

/** What is not as in a check because the stand-alone script answered it. */
function tellStandAlone({ checks = [] }: CapturedHost, { standAloneVersion }: Capture, own: string): string[] {
  if (standAloneVersion === undefined) return []
  const names = joinWords(checks.map(({ name }) => name))
  const other = t`the script of fleetdx ${standAloneVersion} answered, and this was ${own}: it is read as far as it goes; 'fleetdx plan --forced-command' tells how to renew it`
  const unmade = t`checks of your own were not made (${names}): the script on the host does not know them`
  return [...(standAloneVersion === own ? [] : [other]), ...(checks.length > 0 ? [unmade] : [])]
}

/** The record of a host that could not be reached, with the typed reason. */
export function unreachable(host: CapturedHost, failure: ReachFailure, elapsedMs: number): HostRecord {
  return { ...blank(host), status: 'unreachable', verdict: failure.message, reason: failure, elapsedMs }
}

/** The record of a host that the run ended before. */
export function notChecked(host: CapturedHost): HostRecord {
  return { ...blank(host), status: 'unknown', verdict: t`not checked: the run ended before` }
}

function blank(host: CapturedHost): HostRecord {
  return {
    ...identity(host),
    status: 'unknown',
    verdict: '',
    reason: null,
    causes: [],
    notes: [],
    undecided: [],
    path: [],
    paths: [],
    checks: [],
    timeline: [],
    clockSkewMs: null,
    transport: null,
    blind: [],
    right: null,
    trouble: [],
    facts: null,
    custom: {},
    elapsedMs: 0,
  }
}

/** Who it is; whether what is found on it was waived is decided later. */
function identity({ name, address, port, user, groups, labels }: CapturedHost) {
  return { name, address, port, user, groups, labels, waivers: [], isWaived: false }
}

/** The record of a run, from those of its hosts. */
export function toRunRecord(hosts: HostRecord[], { startedAt, elapsedMs, interrupted }: RunEnd): RunRecord {
  const counts = { healthy: 0, degraded: 0, broken: 0, unreachable: 0, unknown: 0 }
  for (const { status } of hosts) counts[status] += 1
  return {
    ...{ schemaVersion, fleetdxVersion: readVersion(), language: currentLanguage() },
    ...{ startedAt, elapsedMs, interrupted, hosts, counts },
    fleet: compareFleet(hosts),
  }
}
