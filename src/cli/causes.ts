import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { formatOption, jsonOption } from './common-options.js'

export function addCauses(program: Command, io: CommandIo): void {
  program
    .command('causes')
    .description('list every cause that can be named')
    .addOption(formatOption())
    .addOption(jsonOption())
    .action(async ({ format }: { format: 'table' | 'json' }) => {
      const { showCauses } = await import('../commands/causes.js')
      showCauses(format, io)
    })
}
