import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { formatOption } from './common-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface HostsFlags extends TargetFlags {
  format: 'table' | 'json'
  verbose?: boolean
  wide?: boolean
}

export function addHosts(program: Command, io: CommandIo): void {
  addTargetOptions(program.command('hosts'))
    .description(t`show which hosts would be contacted, without contacting them`)
    .option('-v, --verbose', t`say where each setting comes from`)
    .option('--wide', t`a line for each host, whatever the width`)
    .addOption(formatOption())
    .addHelpText('after', () => examples())
    .action(async (targets: string[], { verbose, wide, format, ...flags }: HostsFlags) => {
      const { showHosts } = await import('../commands/hosts.js')
      await showHosts({ ...toChoice(targets, flags), format, ...(verbose && { verbose }), ...(wide && { wide }) }, io)
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx hosts                          every host of ./inventory.yaml
  fleetdx hosts 'web:&eu:!old'           what a target means, before it is used
  fleetdx hosts -i ansible/hosts web     the group web of an inventory of Ansible
  fleetdx hosts --ssh-config 'web*'      hosts of ~/.ssh/config, no inventory
  fleetdx hosts --verbose web03          where each of its settings comes from`
}
