import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { PasswordFlags } from '../commands/password-sources.js'
import { t } from '../language/language.js'
import { breakerOption, formatOption, jobsOption } from './common-options.js'
import { addPasswordOptions } from './password-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface PingFlags extends TargetFlags, PasswordFlags {
  jobs: number
  breaker: boolean
  format: 'table' | 'json'
  wide?: boolean
}

export function addPing(program: Command, io: CommandIo): void {
  addPasswordOptions(addTargetOptions(program.command('ping')))
    .description(t`reach hosts and log in, no more: how long each step takes, and where it fails`)
    .addOption(jobsOption())
    .addOption(breakerOption())
    .option('--wide', t`every step, whatever the width`)
    .addOption(formatOption())
    .addHelpText('after', () => examples())
    .action(async (targets: string[], { jobs, breaker, format, wide, ...flags }: PingFlags) => {
      const { runPing } = await import('../commands/ping.js')
      process.exitCode = await runPing(
        { ...toChoice(targets, flags), jobs, breaker, format, passwords: flags, ...(wide && { wide }) },
        io,
      )
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx ping                           every host of ./inventory.yaml
  fleetdx ping deploy@203.0.113.7        one host, no inventory
  fleetdx ping web --wide                every step of the way
  fleetdx ping --ask-pass web            with a password, typed here

Exit codes:
  0    all hosts were reached
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    a host was not reached
  130  interrupted (Ctrl-C)`
}
