import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ChooseOptions, Overrides } from '../inventory/choose.js'
import { DURATION_RULE, parseDurationMs } from '../inventory/duration.js'
import type { SudoMode } from '../inventory/host.js'

/** What commander reads of the options that `addTargetOptions` adds. Durations are milliseconds. */
export interface TargetFlags {
  inventory?: string
  checks?: string
  user?: string
  identity?: string[]
  knownHosts?: string
  sudo?: SudoMode
  jump?: string
  local?: boolean
  timeoutConnect?: number
  timeoutCommand?: number
  timeoutHost?: number
  timeoutRun?: number
}

/** Adds the targets and the options that say which hosts a command is about and how they are reached. */
export function addTargetOptions(command: Command): Command {
  return command
    .argument(
      '[targets...]',
      "hosts, groups, 'web[01-20]', 'db*', env=prod, 'web:&eu:!old', user@host:port, or - for stdin",
    )
    .option(
      '-i, --inventory <file>',
      'inventory file (default: $FLEETDX_INVENTORY, ./inventory.yaml, ~/.config/fleetdx/)',
    )
    .option('--checks <folder>', 'checks of your own (default: the folder checks beside the inventory)')
    .option('--user <name>', 'log in as this user')
    .option('--identity <file>', 'private key file; may be repeated', collect)
    .option('--known-hosts <file>', 'file of trusted host keys')
    .addOption(new Option('--sudo <mode>', 'when to use sudo').choices(['auto', 'always', 'never']))
    .option('--jump <host>', "reach hosts through this one: its name, user@host:port, or 'none'")
    .option('--local', 'check this machine, without SSH')
    .option('--timeout-connect <duration>', 'deadline of connecting and logging in (10s)', readDuration)
    .option('--timeout-command <duration>', 'deadline of one round of collection (30s)', readDuration)
    .option('--timeout-host <duration>', 'deadline of everything on one host (60s)', readDuration)
    .option('--timeout-run <duration>', 'deadline of the whole run (10m)', readDuration)
}

/** The part of `chooseHosts`' options that the command line decides; `samples` is an option of `check` alone. */
export function toChoice(
  targets: string[],
  flags: TargetFlags,
  samples?: number,
): Pick<ChooseOptions, 'targets' | 'inventory' | 'checks' | 'local' | 'overrides'> {
  return {
    targets,
    ...(flags.inventory !== undefined && { inventory: flags.inventory }),
    ...(flags.checks !== undefined && { checks: flags.checks }),
    ...(flags.local !== undefined && { local: flags.local }),
    overrides: { ...toOverrides(flags), ...(samples !== undefined && { samples }) },
  }
}

function toOverrides(flags: TargetFlags): Overrides {
  const { user, sudo, jump, timeoutConnect: connect, timeoutCommand: command, timeoutHost: host } = flags
  return {
    ...(user !== undefined && { user }),
    ...(sudo && { sudo }),
    ...(jump !== undefined && { jump }),
    ...(flags.identity && { identityFile: flags.identity }),
    ...(flags.knownHosts !== undefined && { knownHostsFile: [flags.knownHosts] }),
    ...(flags.timeoutRun && { runMs: flags.timeoutRun }),
    timeouts: { ...(connect && { connect }), ...(command && { command }), ...(host && { host }) },
  }
}

/** A list option would swallow the targets that follow it, so that each file has its own --identity. */
function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}

function readDuration(text: string): number {
  const ms = parseDurationMs(text)
  if (ms === undefined) throw new InvalidArgumentError(`It must be ${DURATION_RULE}.`)
  return ms
}
