import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { formatOption, jsonOption } from './common-options.js'

export function addExplain(program: Command, io: CommandIo): void {
  program
    .command('explain')
    .argument('<id>', t`the id of a cause, as check and causes tell it`)
    .description(t`tell one cause as a runbook does: how it is seen, what looks like it, how it is mended`)
    .addOption(formatOption())
    .addOption(jsonOption())
    .addHelpText('after', () => examples())
    .action(async (id: string, { format }: { format: 'table' | 'json' }) => {
      const { explainCause } = await import('../commands/explain.js')
      explainCause(id, format, io)
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx explain pm2-crash-loop           a cause that a check has named
  fleetdx explain gateway-down --json      for programs`
}
