import { type Command, Option } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import type { PlanForm } from '../commands/plan.js'
import { t } from '../language/language.js'
import { samplesOption } from './common-options.js'
import { addTargetOptions, type TargetFlags, toChoice } from './target-options.js'

interface PlanFlags extends TargetFlags, PlanForm {
  samples?: number
}

export function addPlan(program: Command, io: CommandIo): void {
  addTargetOptions(program.command('plan'))
    .description(
      t`print, without connecting, the exact bytes that a check runs on each host, and the rights it needs there`,
    )
    .option('--after <captures>', t`what 'check --save' kept of these hosts: round 2 is then printed, too`)
    .addOption(samplesOption(t`as for check, 1 to 50`))
    .addOption(new Option('--hash', t`print a SHA-256 a round in place of the bytes`).conflicts(otherForms('hash')))
    .addOption(new Option('--json', t`print the hashes as JSON`).conflicts(otherForms('json')))
    .addOption(new Option('--sudoers', t`print the narrowest lines of sudoers`).conflicts(otherForms('sudoers')))
    .addOption(new Option('--doas', t`print the narrowest lines of doas.conf`).conflicts(otherForms('doas')))
    .addOption(
      new Option(
        '--forced-command',
        t`print how to set up a key that can do nothing but a check; with --doas for a host without sudo`,
      ).conflicts(['hash', 'json', 'sudoers', 'after']),
    )
    .option('--key <file>', t`its public key, for --forced-command`)
    .addHelpText('after', () => examples())
    .action(async (targets: string[], { samples, ...flags }: PlanFlags) => {
      const { runPlan } = await import('../commands/plan.js')
      await runPlan({ ...toChoice(targets, flags, samples), ...flags }, io)
    })
}

function examples(): string {
  return t`
Examples:
  fleetdx plan web1                    the script of round 1, to the byte
  fleetdx plan web1 --after monday     and that of round 2, as it follows from what web1 answered:
                                       fleetdx check web1 --save monday
  fleetdx plan --hash                  a line a host, to compare with what was agreed
  fleetdx plan --sudoers | visudo -cf -
  fleetdx plan --forced-command --key ~/.ssh/fleetdx-audit.pub
                                       one page: a key of its own, which runs one fixed script as root and
                                       nothing else; 'fleetdx check audit@host' then works with it
                                       (--user names another user than audit)`
}

/** The other forms of a plan than this one: a plan is printed in one. */
function otherForms(own: string): string[] {
  return ['hash', 'json', 'sudoers', 'doas'].filter((form) => form !== own)
}
