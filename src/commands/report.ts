import { resolve } from 'node:path'
import { exitCodeOf } from '../exit-code.js'
import { findChecksFolder } from '../inventory/read-checks.js'
import type { CommandIo } from './command-io.js'
import { loadRun } from './load-run.js'
import { openReports, type Reports } from './outputs.js'
import { tellAsPlugin } from './tell-as-plugin.js'

export interface RunReportOptions {
  /** The record of a run, or captures. */
  run: string
  /** The folder of the modules that took part in the check. */
  checks?: string
  reports: Reports
}

/** `fleetdx report`: writes the reports of a run of before, returns the exit code of that run. Throws UserError. */
export function runReport({ run, checks, reports: wanted }: RunReportOptions, io: CommandIo): Promise<number> {
  return tellAsPlugin(wanted, io, async () => {
    const reports = await openReports(wanted, io)
    const { record } = await loadRun(resolve(io.cwd, run), findChecksFolder(checks, io.cwd))
    await reports.finish(record)
    return exitCodeOf(record, reports.format)
  })
}
