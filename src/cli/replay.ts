import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { formatOption } from './common-options.js'

export function addReplay(program: Command, io: CommandIo): void {
  program
    .command('replay')
    .usage('[options] <captures...> [targets...]')
    .argument(
      '<captures...>',
      "folders of 'check --save', files of one host, saved outputs of the script, or - for stdin; after them targets, as for check",
    )
    .description('judge by the rules of today what was saved, without a network')
    .option('--checks <folder>', 'the modules that took part in the check')
    .addOption(formatOption())
    .action(async (words: string[], { format, checks }: { format: 'table' | 'json'; checks?: string }) => {
      const { runReplay } = await import('../commands/replay.js')
      process.exitCode = await runReplay({ words, format, ...(checks !== undefined && { checks }) }, io)
    })
}
