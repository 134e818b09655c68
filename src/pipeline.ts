import pLimit from 'p-limit'
import type { HostCapture } from './capture/host-capture.js'
import { keepOneKey } from './capture/keep-one-key.js'
import { type Extensions, noExtensions } from './checks/extensions.js'
import type { SudoTurns } from './collect/sudo-talk.js'
import { type GatherContext, gather } from './gather.js'
import type { Host } from './inventory/host.js'
import { judgeAlone, judgeTogether } from './judge.js'
import { toRunRecord } from './make-record.js'
import { makeDigestKey } from './probes/env-digests.js'
import type { HostRecord, RunEnd, RunRecord } from './record.js'
import type { Credentials } from './ssh/auth/credentials.js'
import { type Breaker, createBreaker } from './ssh/breaker.js'
import { shareConnections } from './ssh/connect.js'
import { limitTime } from './time-limit.js'
import { applyWaivers, dayOf } from './waivers/apply.js'
import type { Waiver } from './waivers/waiver.js'

/** What a run needs to know. */
export interface CheckOptions extends Pick<GatherContext, 'onProgress'> {
  hosts: readonly Host[]
  credentials: Credentials
  /** How many hosts are worked on at once. */
  jobs: number
  /** Milliseconds until the run is given up; what had arrived is kept. */
  runMs: number
  /** Aborting ends the run early, with what had arrived. */
  interrupt: AbortSignal
  /** Takes what was gathered of each host, as it comes: to save it. */
  onCapture?: (capture: HostCapture) => Promise<void>
  /** Takes each host as soon as nothing more can change its verdict; those whose gateways dial other hosts come last. */
  onHost?: (record: HostRecord) => void
  /** Probes and causes of the user's own. */
  extensions?: Extensions
  /** Problems that are known and accepted. */
  waivers?: readonly Waiver[]
  /** Keeps a login that is refused from being tried everywhere: `createBreaker()`, when not given; or `noBreaker`. */
  breaker?: Breaker
  /** Shows what the person at the terminal is to do, such as touch a key. */
  notify?: (message: string) => void
}

/** The whole job, in two halves: what each host says is gathered, and then judged. Never throws for a host. */
export async function check(options: CheckOptions): Promise<RunRecord> {
  const { hosts, credentials, jobs, runMs, interrupt, notify, onProgress, onCapture, onHost } = options
  const { breaker = createBreaker(), extensions = noExtensions, waivers = [] } = options
  const startedAt = new Date()
  const waive = (host: HostRecord) => applyWaivers(host, waivers, dayOf(startedAt))
  const shared = shareConnections(credentials, { breaker, notify })
  const sudoTurns: SudoTurns = new Map()
  const digestKey = makeDigestKey()
  const { signal, stop } = limitTime(runMs, interrupt, 'run')
  const checkHost = async (host: Host) => {
    const capture = await gather(host, { shared, sudoTurns, digestKey, signal, onProgress, probes: extensions.probes })
    await onCapture?.(capture)
    const judged = judgeAlone(capture, extensions)
    const { status, verdict } = judged.record
    if (capture.outcome.kind !== 'not-checked') onProgress({ host: host.name, phase: 'done', status, verdict })
    if (!judged.again) onHost?.(waive(judged.record))
    return judged
  }
  const limit = pLimit(jobs)
  const judged = await Promise.all(hosts.map((host) => limit(checkHost, host))).finally(() => {
    stop()
    shared.close()
  })
  const elapsedMs = Date.now() - startedAt.getTime()
  const takenHostKeys = shared.hostKeyVerifier.taken()
  const end = { startedAt: startedAt.toISOString(), elapsedMs, interrupted: interrupt.aborted }
  const records = judgeTogether(judged).map(waive)
  for (const host of records.filter((_, index) => judged[index]?.again)) onHost?.(host)
  return { ...toRunRecord(records, end), ...(takenHostKeys.length > 0 && { takenHostKeys }) }
}

/** What captures are judged with. */
export interface ReplayOptions extends Pick<CheckOptions, 'extensions' | 'waivers'> {
  /** Those that the record is about, where not all: the others still say what the gateways of these lead to. */
  shown?: readonly HostCapture[]
}

/** The second half alone: judges by the rules and waivers of today what was gathered earlier, here or by someone else. */
export function replay(
  captures: readonly HostCapture[],
  run: RunEnd,
  { extensions = noExtensions, waivers = [], shown = captures }: ReplayOptions = {},
): RunRecord {
  const today = dayOf(new Date())
  const records = judgeTogether(keepOneKey(captures).map((capture) => judgeAlone(capture, extensions)))
  const isShown = captures.map((capture) => shown.includes(capture))
  const hosts = records.filter((_, index) => isShown[index]).map((host) => applyWaivers(host, waivers, today))
  return toRunRecord(hosts, run)
}
