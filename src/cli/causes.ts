import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { formatOption, jsonOption } from './common-options.js'

export function addCauses(program: Command, io: CommandIo): void {
  program
    .command('causes')
    .description(t`list every cause that can be named`)
    .addOption(formatOption())
    .addOption(jsonOption())
    .addHelpText('after', () => examples())
    .action(async ({ format }: { format: 'table' | 'json' }) => {
      const { showCauses } = await import('../commands/causes.js')
      showCauses(format, io)
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx causes                   every cause, by layer
  fleetdx causes | grep next       those about Next.js
  fleetdx causes --json | jq length`
}
