import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { PasswordFlags } from '../commands/password-sources.js'
import { t } from '../language/language.js'
import { breakerOption, jobsOption, samplesOption, waiversOption } from './common-options.js'
import { addPasswordOptions } from './password-options.js'
import { addReportOptions, colorIo, type ReportFlags, toReports } from './report-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface CheckFlags extends TargetFlags, PasswordFlags, ReportFlags {
  jobs: number
  breaker: boolean
  save?: string
  waivers?: string
  samples?: number
}

export function addCheck(program: Command, io: CommandIo): void {
  addReportOptions(addPasswordOptions(addTargetOptions(program.command('check'))))
    .description(t`diagnose hosts: which broken link is the cause, and the exact remedy`)
    .addOption(jobsOption())
    .addOption(breakerOption())
    .addOption(samplesOption(t`how often each HTTP request is made, 1 to 50: finds what fails now and then`))
    .option('--save <folder>', t`keep what was gathered, for 'fleetdx replay'`)
    .addOption(waiversOption())
    .addHelpText('after', () => examples())
    .action(async (targets: string[], { jobs, breaker, save, samples, waivers, ...flags }: CheckFlags) => {
      const { runCheck } = await import('../commands/check.js')
      const files = { ...(save !== undefined && { save }), ...(waivers !== undefined && { waivers }) }
      const run = { jobs, breaker, reports: toReports(flags), passwords: flags, ...files }
      process.exitCode = await runCheck({ ...toChoice(targets, flags, samples), ...run }, colorIo(io, flags))
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx check                          every host of ./inventory.yaml
  fleetdx check web '!web03'             the group web, but not web03
  fleetdx check deploy@203.0.113.7       one host, no inventory
  fleetdx check --local                  this machine, no SSH
  fleetdx check --samples 20 web03       what fails now and then
  fleetdx check --save monday            keep it for: fleetdx replay monday
  fleetdx check --output report.html --output junit:results/fleet.xml
                                         the table, and two files besides
  fleetdx check --format ndjson          a line of JSON a host, as it is done
  fleetdx check --format nagios web03    a plugin of Nagios, with its codes

Exit codes:
  0    all hosts are healthy, or what is wrong is waived
  1    a host is degraded or broken
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    nothing broken was seen, but a host is unreachable or unknown
  130  interrupted (Ctrl-C)
With --format nagios those of a plugin.
Every format, and the endings of files: fleetdx report --help`
}
