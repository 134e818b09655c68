import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { addReportOptions, colorIo, type ReportFlags, toReports } from './report-options.js'

export function addDemo(program: Command, io: CommandIo): void {
  addReportOptions(program.command('demo'))
    .description(t`check a small fleet of recorded broken hosts on this machine: no server needed`)
    .addHelpText('after', () => examples())
    .action(async (flags: ReportFlags) => {
      const { runDemo } = await import('../commands/demo.js')
      process.exitCode = await runDemo(toReports(flags), colorIo(io, flags))
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx demo                          eight hosts, five of them broken
  fleetdx demo --all                    with a row for each
  fleetdx demo --output report.html     and a page for the browser`
}
