import { formatPlace } from '../errors.js'
import { t } from '../language/language.js'
import { assemble, type BuiltEndpoint, buildEndpoint, type EndpointContext } from './build-endpoint.js'
import type { Check } from './check-schema.js'
import type { WrittenEndpoint } from './endpoint.js'
import type { Host, Obstacle, Timeouts } from './host.js'
import { HostObstacle } from './host-obstacle.js'
import type { InventoryHost } from './load.js'
import { type Origins, traceOrigins } from './origins.js'
import type { Settings } from './schema.js'
import { mergeChecks, mergeSettings } from './settings.js'

const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 10_000, commandMs: 30_000, hostMs: 60_000 }

/** What hosts are made with. */
export interface BuildContext extends EndpointContext {
  /** Those of every host. */
  checks?: readonly Check[]
}

/** A host that was chosen; `written` is what the target itself says of it, which wins over all else. */
export interface ChosenHost extends InventoryHost {
  written?: WrittenEndpoint
}

/** The host that the pipeline works on, and where its settings come from. */
export interface BuiltHost extends Pick<BuiltEndpoint, 'trusting'> {
  host: Host
  origins: Origins
}

/** Makes a host of what the command line, the inventory and ssh_config say; what cannot be done is its `obstacle`. */
export async function buildHost(chosen: ChosenHost, context: BuildContext): Promise<BuiltHost> {
  const { name, groups, written: { address: alias = name, ...login } = {} } = chosen
  const commandLine = mergeSettings(context.overrides, login)
  const given = mergeSettings(chosen.settings, commandLine)
  const isForeign = chosen.isForeign ?? false
  const reached = await reach({ name, alias, given, isForeign }, context)
  const { endpoint, settings, fromSsh, trusting } = reached
  const obstacle = reached.obstacle ?? findHidden(chosen, commandLine)
  const host: Host = {
    ...endpoint,
    name,
    transport: settings.transport ?? 'auto',
    ...(obstacle && { obstacle }),
    sudo: settings.sudo ?? 'auto',
    ...(settings.sudoPasswordCommand !== undefined && { sudoPasswordCommand: settings.sudoPasswordCommand }),
    labels: settings.labels ?? {},
    groups,
    apps: settings.apps ?? [],
    checks: mergeChecks(context.checks, settings.checks),
    ...(settings.samples !== undefined && { samples: settings.samples }),
    timeouts: buildTimeouts(settings),
  }
  const levels = [
    { label: t`command line`, settings: commandLine },
    ...listInventoryLevels(chosen, context),
    { label: context.sshConfig.label, settings: fromSsh },
  ]
  return { host, origins: traceOrigins(levels), trusting }
}

type Reached = BuiltEndpoint & { obstacle?: Obstacle }

/** What must not be guessed, as the inventory says something of it that cannot be read, and nothing else does. */
function findHidden({ remarks = [] }: InventoryHost, commandLine: Settings): Obstacle | undefined {
  const remark = remarks.find(({ hides }) => hides !== undefined && commandLine[hides] === undefined)
  return remark && { message: t`${formatPlace(remark.place)}: '${remark.name}' ${remark.what}`, mend: remark.mend }
}

interface Wanted {
  name: string
  alias: string
  given: Settings
  isForeign: boolean
}

async function reach({ name, alias, given, isForeign }: Wanted, context: BuildContext): Promise<Reached> {
  const names = [...new Set([name, alias])]
  const transport = given.transport && { transport: given.transport }
  try {
    return await buildEndpoint({ alias, given, names, isForeign, behind: [], ...transport }, context)
  } catch (error) {
    if (!(error instanceof HostObstacle)) throw error
    const { message, mend } = error
    return {
      ...{ endpoint: assemble(alias, given, {}, context), settings: given, fromSsh: {}, trusting: [] },
      obstacle: { message, mend },
    }
  }
}

/** Innermost first; readers that do not tell their levels apart are one. */
function listInventoryLevels({ settings, levels }: ChosenHost, { inventory }: BuildContext) {
  return levels?.toReversed() ?? [{ label: inventory?.file ?? t`inventory`, settings }]
}

function buildTimeouts({ timeouts = {} }: Settings): Timeouts {
  return {
    connectMs: timeouts.connect ?? DEFAULT_TIMEOUTS.connectMs,
    ...(timeouts.handshake !== undefined && { handshakeMs: timeouts.handshake }),
    commandMs: timeouts.command ?? DEFAULT_TIMEOUTS.commandMs,
    hostMs: timeouts.host ?? DEFAULT_TIMEOUTS.hostMs,
  }
}
