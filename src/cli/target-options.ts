import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Overrides, Targeting } from '../inventory/choose.js'
import { parseDurationMs, sayDurationRule } from '../inventory/duration.js'
import type { HostKeyPolicy, SudoMode, Transport } from '../inventory/host.js'
import { t } from '../language/language.js'

/** What commander reads of the options that `addTargetOptions` adds. Durations are milliseconds. */
export interface TargetFlags {
  inventory?: string
  failedFrom?: string
  checks?: string
  user?: string
  identity?: string[]
  knownHosts?: string
  hostKeys?: HostKeyPolicy
  sudo?: SudoMode
  jump?: string
  sshConfig?: string[]
  sshConfigFile?: string
  transport?: Transport
  local?: boolean
  timeoutConnect?: number
  timeoutHandshake?: number
  timeoutCommand?: number
  timeoutHost?: number
  timeoutRun?: number
}

/** Adds the targets and the options that say which hosts a command is about and how they are reached. */
export function addTargetOptions(command: Command): Command {
  const choice = (flags: string, description: string, choices: readonly string[]) =>
    new Option(flags, description).choices(choices)
  command.argument(
    '[targets...]',
    t`hosts, groups, 'web[01-20]', 'db*', env=prod, 'web:&eu:!old', user@host:port, or - for stdin`,
  )
  command
    .optionsGroup(t`Which hosts:`)
    .option(
      '-i, --inventory <file>',
      t`inventory: fleetdx's own, Ansible's (a file, folder or program), or a list of hosts (default: $FLEETDX_INVENTORY, ./inventory.yaml, ~/.config/fleetdx/)`,
    )
    .option('--ssh-config <glob>', t`the hosts of ~/.ssh/config with such names, as 'web*'; may be repeated`, collect)
    .option('--failed-from <file>', t`only those that were not healthy in a run of before: its run.json`)
    .option('--local', t`check this machine, without SSH`)
    .option('--checks <folder>', t`checks of your own (default: the folder checks beside the inventory)`)
  command
    .optionsGroup(t`How they are reached, where the inventory and ~/.ssh/config do not say it:`)
    .option('--user <name>', t`log in as this user`)
    .option('--identity <file>', t`private key file; may be repeated`, collect)
    .option('--jump <hosts>', t`through this host, or several with commas: names, user@host:port; or 'none'`)
    .option('-F, --ssh-config-file <file>', t`a file in place of ~/.ssh/config, or 'none'`)
    .option('--known-hosts <file>', t`file of trusted host keys`)
    .addOption(
      choice('--host-keys <policy>', t`an unknown host key is refused, stored, or trusted unseen`, [
        ...['strict', 'accept-new', 'off'],
      ]),
    )
    .addOption(
      choice('--transport <way>', t`fleetdx's own SSH, or the system's ssh; auto: as each host needs it`, [
        ...['auto', 'ssh2', 'openssh'],
      ]),
    )
    .addOption(choice('--sudo <mode>', t`when to use sudo or doas`, ['auto', 'always', 'never']))
  command
    .optionsGroup(t`Deadlines, such as 5s or 2m:`)
    .option('--timeout-connect <duration>', t`from connecting to the SSH banner (10s)`, readDuration)
    .option('--timeout-handshake <duration>', t`of logging in after that (as long)`, readDuration)
    .option('--timeout-command <duration>', t`of one round of collection (30s)`, readDuration)
    .option('--timeout-host <duration>', t`of everything on one host (60s)`, readDuration)
    .option('--timeout-run <duration>', t`of the whole run (10m)`, readDuration)
  return command.optionsGroup('Options:')
}

/** The part of `chooseHosts`' options that the command line decides; `samples` is an option of `check` alone. */
export function toChoice(targets: string[], flags: TargetFlags, samples?: number): Targeting {
  return {
    targets,
    ...(flags.inventory !== undefined && { inventory: flags.inventory }),
    ...(flags.failedFrom !== undefined && { failedFrom: flags.failedFrom }),
    ...(flags.checks !== undefined && { checks: flags.checks }),
    ...(flags.sshConfig && { sshConfig: flags.sshConfig }),
    ...(flags.sshConfigFile !== undefined && { sshConfigFile: flags.sshConfigFile }),
    ...(flags.local !== undefined && { local: flags.local }),
    overrides: { ...toOverrides(flags), ...(samples !== undefined && { samples }) },
  }
}

function toOverrides(flags: TargetFlags): Overrides {
  const { user, sudo, jump, timeoutConnect: connect, timeoutCommand: command, timeoutHost: host } = flags
  const handshake = flags.timeoutHandshake
  return {
    ...(user !== undefined && { user }),
    ...(sudo && { sudo }),
    ...(flags.transport && { transport: flags.transport }),
    ...(jump !== undefined && { jump }),
    ...(flags.identity && { identityFile: flags.identity }),
    ...(flags.knownHosts !== undefined && { knownHostsFile: [flags.knownHosts] }),
    ...(flags.hostKeys && { hostKeys: flags.hostKeys }),
    ...(flags.timeoutRun && { runMs: flags.timeoutRun }),
    timeouts: {
      ...(connect && { connect }),
      ...(handshake && { handshake }),
      ...(command && { command }),
      ...(host && { host }),
    },
  }
}

/** A list option would swallow the targets that follow it, so that each file has its own --identity. */
function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}

function readDuration(text: string): number {
  const ms = parseDurationMs(text)
  if (ms === undefined) throw new InvalidArgumentError(t`It must be ${sayDurationRule()}.`)
  return ms
}
