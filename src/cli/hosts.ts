import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { formatOption } from './common-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface HostsFlags extends TargetFlags {
  format: 'table' | 'json'
  verbose?: boolean
}

export function addHosts(program: Command, io: CommandIo): void {
  addTargetOptions(program.command('hosts'))
    .description('show which hosts would be contacted, without contacting them')
    .option('-v, --verbose', 'say where each setting comes from')
    .addOption(formatOption())
    .action(async (targets: string[], { verbose, format, ...flags }: HostsFlags) => {
      const { showHosts } = await import('../commands/hosts.js')
      await showHosts({ ...toChoice(targets, flags), format, ...(verbose && { verbose }) }, io)
    })
}
