import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { PasswordFlags } from '../commands/password-sources.js'
import { breakerOption, formatOption, jobsOption, samplesOption } from './common-options.js'
import { addPasswordOptions } from './password-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface CheckFlags extends TargetFlags, PasswordFlags {
  jobs: number
  breaker: boolean
  format: 'table' | 'json'
  save?: string
  samples?: number
}

export function addCheck(program: Command, io: CommandIo): void {
  addPasswordOptions(addTargetOptions(program.command('check')))
    .description('diagnose hosts: which broken link is the cause, and the exact remedy')
    .addOption(jobsOption())
    .addOption(breakerOption())
    .addOption(formatOption())
    .addOption(samplesOption('how often each HTTP request is made, 1 to 50: finds what fails now and then'))
    .option('--save <folder>', "keep what was gathered, for 'fleetdx replay'")
    .addHelpText('after', examples)
    .action(async (targets: string[], { jobs, breaker, format, save, samples, ...flags }: CheckFlags) => {
      const { runCheck } = await import('../commands/check.js')
      const run = { jobs, breaker, format, passwords: flags, ...(save !== undefined && { save }) }
      process.exitCode = await runCheck({ ...toChoice(targets, flags, samples), ...run }, io)
    })
}

const examples = `
Examples:
  fleetdx check                          every host of ./inventory.yaml
  fleetdx check web '!web03'             the group web, but not web03
  fleetdx check deploy@203.0.113.7       one host, no inventory
  fleetdx check --local                  this machine, no SSH
  fleetdx check --samples 20 web03       what fails now and then
  fleetdx check --save monday            keep it for: fleetdx replay monday

Exit codes:
  0    all hosts are healthy
  1    a host is degraded or broken
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    nothing broken was seen, but a host is unreachable or unknown
  130  interrupted (Ctrl-C)`
