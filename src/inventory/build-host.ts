import { UserError } from '../errors.js'
import type { Account } from './account.js'
import type { Check } from './check-schema.js'
import { parseEndpoint } from './endpoint.js'
import type { Endpoint, Host, Timeouts } from './host.js'
import type { Inventory, InventoryHost } from './load.js'
import type { Settings } from './schema.js'
import { mergeChecks, mergeSettings } from './settings.js'

const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 10_000, commandMs: 30_000, hostMs: 60_000 }

/** What hosts are made with: the command line's settings, the account, the inventory in which jump hosts are looked up, and the checks of every host. */
export interface BuildContext {
  overrides: Settings
  account: Account
  inventory?: Inventory
  checks?: readonly Check[]
}

/** Makes the host that the pipeline works on. Throws UserError for a jump host that cannot be used. */
export function buildHost({ name, groups, settings: own }: InventoryHost, context: BuildContext): Host {
  const settings = mergeSettings(own, context.overrides)
  const jump = buildJump(name, settings, context)
  return {
    ...buildEndpoint(name, settings, context.account),
    name,
    transport: 'ssh2',
    ...(jump && { jump }),
    sudo: settings.sudo ?? 'auto',
    labels: settings.labels ?? {},
    groups,
    apps: settings.apps ?? [],
    checks: mergeChecks(context.checks, settings.checks),
    ...(settings.samples !== undefined && { samples: settings.samples }),
    timeouts: buildTimeouts(settings),
  }
}

function buildEndpoint(name: string, settings: Settings, account: Account): Endpoint {
  return {
    address: settings.address ?? name,
    port: settings.port ?? 22,
    user: settings.user ?? account.user(),
    identityFiles: settings.identityFile ?? account.identityFiles,
    knownHostsFiles: settings.knownHostsFile ?? account.knownHostsFiles,
  }
}

function buildTimeouts({ timeouts = {} }: Settings): Timeouts {
  return {
    connectMs: timeouts.connect ?? DEFAULT_TIMEOUTS.connectMs,
    commandMs: timeouts.command ?? DEFAULT_TIMEOUTS.commandMs,
    hostMs: timeouts.host ?? DEFAULT_TIMEOUTS.hostMs,
  }
}

/** A jump host is reached directly: a host whose jump is itself, as when the defaults name it, has none. */
function buildJump(name: string, settings: Settings, context: BuildContext): Endpoint | undefined {
  const { jump = 'none' } = settings
  if (jump === 'none' || jump === name) return undefined
  const host = context.inventory?.hosts.get(jump)
  if (host) return buildKnownJump(name, host, context)
  const { address, ...login } = parseEndpoint(jump)
  return buildEndpoint(address, { ...keysAndTrust(settings), ...login }, context.account)
}

function buildKnownJump(name: string, jump: InventoryHost, { overrides, account }: BuildContext): Endpoint {
  const { jump: next = 'none' } = jump.settings
  if (next !== 'none' && next !== jump.name) {
    const message = `'${name}' is reached through '${jump.name}', which is itself reached through '${next}'`
    const mend = `fleetdx passes through one jump host; write 'jump: none' for '${jump.name}' if it is reached directly`
    throw new UserError(message, { mend })
  }
  return buildEndpoint(jump.name, mergeSettings(jump.settings, keysAndTrust(overrides)), account)
}

/** Keys and trusted host keys belong to this machine: given on the command line, they hold for every server of the run. */
function keysAndTrust({ identityFile, knownHostsFile }: Settings): Settings {
  return { ...(identityFile && { identityFile }), ...(knownHostsFile && { knownHostsFile }) }
}
