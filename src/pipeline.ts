import pLimit from 'p-limit'
import { askFromHere } from './collect/ask-from-here.js'
import { collect } from './collect/collect.js'
import { diagnose } from './diagnose/diagnose.js'
import type { Host } from './inventory/host.js'
import { notChecked, reached, toRunRecord, unreachable } from './make-record.js'
import { readFacts } from './probes/index.js'
import type { ReportProgress } from './progress.js'
import type { HostRecord, RunRecord } from './record.js'
import { connect, type SharedConnections, shareConnections } from './ssh/connect.js'
import type { Credentials } from './ssh/credentials.js'
import { ConnectFailure } from './ssh/session.js'

/** What a run needs to know. */
export interface CheckOptions {
  hosts: readonly Host[]
  credentials: Credentials
  /** How many hosts are worked on at once. */
  jobs: number
  /** Milliseconds until the run is given up; what had arrived is kept. */
  runMs: number
  /** Aborting ends the run early, with what had arrived. */
  interrupt: AbortSignal
  onProgress: ReportProgress
}

/** The whole job: reaches every host, collects, diagnoses, and puts what was found into one record. Never throws for a host. */
export async function check({
  hosts,
  credentials,
  jobs,
  runMs,
  interrupt,
  onProgress,
}: CheckOptions): Promise<RunRecord> {
  const startedAt = new Date()
  const shared = shareConnections(credentials)
  const signal = AbortSignal.any([interrupt, AbortSignal.timeout(runMs)])
  const limit = pLimit(jobs)
  const work = hosts.map((host) => limit(() => checkHost(host, { shared, signal, onProgress })))
  const records = await Promise.all(work).finally(() => shared.close())
  return toRunRecord(records, { startedAt, interrupted: interrupt.aborted })
}

interface RunContext {
  shared: SharedConnections
  signal: AbortSignal
  onProgress: ReportProgress
}

/** One host, from its address to its verdict. Whatever the host does becomes data. */
async function checkHost(host: Host, { shared, signal, onProgress }: RunContext): Promise<HostRecord> {
  if (signal.aborted) return notChecked(host)
  const startedMs = Date.now()
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(host.timeouts.hostMs)])
  onProgress({ host: host.name, phase: 'connecting' })
  const record = await look(host, { shared, signal: deadline, onProgress }).catch((error: unknown) => {
    if (error instanceof ConnectFailure) return unreachable(host, error)
    throw error
  })
  onProgress({ host: host.name, phase: 'done', status: record.status })
  return { ...record, elapsedMs: Date.now() - startedMs }
}

async function look(host: Host, { shared, signal, onProgress }: RunContext): Promise<HostRecord> {
  const session = await connect(host, { shared, signal })
  try {
    onProgress({ host: host.name, phase: 'collecting' })
    const capture = await collect(session, host, signal)
    const facts = readFacts(capture)
    const fromHere = await askFromHere(host, facts, signal)
    const diagnosis = diagnose({ facts, apps: host.apps, login: capture.right?.user ?? host.user, fromHere })
    return reached(host, diagnosis, facts, capture)
  } finally {
    session.close()
  }
}
