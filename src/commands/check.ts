import { resolve } from 'node:path'
import { type CaptureFolder, openCaptureFolder } from '../capture/save.js'
import { loadExtensions } from '../checks/load.js'
import { exitCodeOf } from '../exit-code.js'
import type { Check } from '../inventory/check-schema.js'
import type { Choice, Targeting } from '../inventory/choose.js'
import { checkTableOptions } from '../report/table-options.js'
import { checkChosen, type Work } from './check-chosen.js'
import { chooseAndTell } from './choose-and-tell.js'
import { chooseWaivers } from './choose-waivers.js'
import type { CommandIo } from './command-io.js'
import { type OpenReports, openReports, type Reports } from './outputs.js'
import { tellAsPlugin } from './tell-as-plugin.js'

/** How to check, and what becomes of what was found. */
interface RunOptions extends Omit<Work, 'onCapture' | 'onHost'> {
  reports: OpenReports
  /** Where what was gathered is kept. */
  captures?: CaptureFolder
}

/** Which hosts to check, and how. */
export type CheckCommandOptions = Targeting &
  Omit<RunOptions, 'captures' | 'extensions' | 'reports' | 'waivers'> & {
    reports: Reports
    /** A folder for `replay`. */
    save?: string
    /** The file named by --waivers. */
    waivers?: string
  }

/** `fleetdx check`: checks the chosen hosts, prints the report, returns the exit code. Throws UserError. */
export function runCheck(options: CheckCommandOptions, io: CommandIo): Promise<number> {
  return tellAsPlugin(options.reports, io, () => chooseAndCheck(options, io))
}

async function chooseAndCheck(options: CheckCommandOptions, io: CommandIo): Promise<number> {
  const { jobs, breaker, reports: wanted, passwords, save, waivers: named, ...which } = options
  const choice = await chooseAndTell(which, io)
  checkTableOptions(
    wanted.look ?? {},
    checksOf(choice.hosts).map(({ name }) => name),
  )
  const reports = await openReports(wanted, io)
  const extensions = await loadExtensions(choice.checksFolder)
  const waivers = chooseWaivers({ named, cwd: io.cwd, ...choice }, { extensions, checks: checksOf(choice.hosts) })
  const captures = save === undefined ? undefined : await openCaptureFolder(resolve(io.cwd, save))
  return checkHosts(
    choice,
    { jobs, breaker, reports, extensions, waivers, ...(passwords && { passwords }), ...(captures && { captures }) },
    io,
  )
}

/** Checks hosts that are already chosen, and writes the reports. */
export async function checkHosts(
  choice: Pick<Choice, 'hosts' | 'runMs'>,
  { reports, captures, ...work }: RunOptions,
  io: CommandIo,
): Promise<number> {
  const { onHost } = reports
  const streams = { ...(captures && { onCapture: captures.keep }), ...(onHost && { onHost }) }
  const record = await checkChosen(choice, { ...work, ...streams }, io)
  const ends = await Promise.allSettled([captures?.finish(record), reports.finish(record)])
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return exitCodeOf(record, reports.format)
}

function checksOf(hosts: Choice['hosts']): Check[] {
  return hosts.flatMap(({ checks = [] }) => checks)
}
