import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { PasswordFlags } from '../commands/password-sources.js'
import { breakerOption, formatOption, jobsOption } from './common-options.js'
import { addPasswordOptions } from './password-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface PingFlags extends TargetFlags, PasswordFlags {
  jobs: number
  breaker: boolean
  format: 'table' | 'json'
}

export function addPing(program: Command, io: CommandIo): void {
  addPasswordOptions(addTargetOptions(program.command('ping')))
    .description('reach hosts and log in, no more: how long each step takes, and where it fails')
    .addOption(jobsOption())
    .addOption(breakerOption())
    .addOption(formatOption())
    .addHelpText('after', exitCodes)
    .action(async (targets: string[], { jobs, breaker, format, ...flags }: PingFlags) => {
      const { runPing } = await import('../commands/ping.js')
      process.exitCode = await runPing({ ...toChoice(targets, flags), jobs, breaker, format, passwords: flags }, io)
    })
}

const exitCodes = `
Exit codes:
  0    all hosts were reached
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    a host was not reached
  130  interrupted (Ctrl-C)`
