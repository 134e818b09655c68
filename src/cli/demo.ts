import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { formatOption } from './common-options.js'

export function addDemo(program: Command, io: CommandIo): void {
  program
    .command('demo')
    .description('check a small fleet of recorded broken hosts on this machine: no server needed')
    .addOption(formatOption())
    .action(async (flags: { format: 'table' | 'json' }) => {
      const { runDemo } = await import('../commands/demo.js')
      process.exitCode = await runDemo(flags, io)
    })
}
