import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { PasswordFlags } from '../commands/password-sources.js'
import { t } from '../language/language.js'
import { breakerOption, formatOption, jsonOption, pagerOption } from './common-options.js'
import { addPasswordOptions } from './password-options.js'
import { colorIo } from './report-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface DiffFlags extends TargetFlags, PasswordFlags {
  from?: string
  breaker: boolean
  format: 'table' | 'json'
  pager: boolean
  color?: boolean
}

export function addDiff(program: Command, io: CommandIo): void {
  addPasswordOptions(addTargetOptions(program.command('diff')))
    .usage('[options] <host> <other host>')
    .description(t`two hosts side by side: facts, environment, and the gateway configuration as a unified diff`)
    .option('--from <path>', t`a run of before: a folder of 'check --save', or what '--format json' printed`)
    .addOption(breakerOption())
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(pagerOption())
    .option('--color', t`colour, even where it is no terminal`)
    .option('--no-color', t`no colour`)
    .addHelpText('after', () => examples())
    .action(async (targets: string[], { from, breaker, format, pager, color, ...flags }: DiffFlags) => {
      const { runDiff } = await import('../commands/diff.js')
      process.exitCode = await runDiff(
        { ...toChoice(targets, flags), breaker, format, pager, passwords: flags, ...(from !== undefined && { from }) },
        colorIo(io, color === undefined ? {} : { color }),
      )
    })
}

function examples(): string {
  return t`
Secrets in files are masked on the host. Of environment variables the names are told, and which values differ, never a
value: hosts make digests for that, with a key that is random and forgotten with the run.

Examples:
  fleetdx diff web01 web02                 as they are now
  fleetdx diff --local web02               this machine and another
  fleetdx diff --from monday web01 web02   as they were when 'check --save monday' saw them

Exit codes:
  0  nothing that was seen on both differs
  1  they differ
  2  a mistake in the command line, the inventory or a key, or a host that could not be looked at`
}
