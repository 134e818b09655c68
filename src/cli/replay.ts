import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { addReportOptions, colorIo, type ReportFlags, toReports } from './report-options.js'

interface ReplayFlags extends ReportFlags {
  checks?: string
  waivers?: string
}

export function addReplay(program: Command, io: CommandIo): void {
  addReportOptions(program.command('replay'))
    .usage('[options] <captures...> [targets...]')
    .argument(
      '<captures...>',
      t`folders of 'check --save', files of one host, saved outputs of the script, or - for stdin; after them targets, as for check`,
    )
    .description(t`judge by the rules of today what was saved, without a network`)
    .option('--checks <folder>', t`the modules that took part in the check`)
    .option('--waivers <file>', t`known problems that are accepted`)
    .addHelpText('after', () => examples())
    .action(async (words: string[], { checks, waivers, ...flags }: ReplayFlags) => {
      const { runReplay } = await import('../commands/replay.js')
      const files = { ...(checks !== undefined && { checks }), ...(waivers !== undefined && { waivers }) }
      process.exitCode = await runReplay({ words, reports: toReports(flags), ...files }, colorIo(io, flags))
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx replay monday                  all hosts of: fleetdx check --save monday
  fleetdx replay monday web03            one of them
  fleetdx replay monday --output monday.html
  fleetdx replay seen.txt                what the script of 'fleetdx script' printed
  ssh web03 'sudo sh look.sh' | fleetdx replay -

The exit codes are those of check.`
}
