import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import type { Account } from './account.js'
import { listJumps, parseEndpoint, type WrittenEndpoint } from './endpoint.js'
import type { Endpoint, LoginWays } from './host.js'
import { HostObstacle } from './host-obstacle.js'
import type { Inventory } from './load.js'
import type { Settings } from './schema.js'
import { mergeSettings } from './settings.js'
import type { SshConfig } from './ssh-config.js'

/** What servers are made with. */
export interface EndpointContext {
  /** The command line's settings. */
  overrides: Settings
  account: Account
  sshConfig: SshConfig
  /** Jump hosts are looked up in it. */
  inventory?: Inventory
}

/** A server with all that is said of it. */
export interface BuiltEndpoint {
  endpoint: Endpoint
  /** What is given, and below it what ssh_config sets. */
  settings: Settings
  /** What ssh_config sets, whether or not it counts. */
  fromSsh: Settings
  /** Of itself and the servers before it, those whose host key may be any, as ssh_config says: that is not followed. */
  trusting: string[]
}

/** A server that is to be made: the name that ssh_config is asked for, and what is known of it besides. */
interface WantedServer {
  alias: string
  given: Settings
  /** What it is called where a jump host is named; its own jump host it is not. */
  names: readonly string[]
  transport?: Settings['transport']
  /** What is given of trust is about it alone. */
  isForeign?: boolean
  /** The servers that are reached through this one, the last first: each as it is named, and what was asked of it. */
  behind: readonly { name: string; question: string }[]
}

/**
 * Makes a server of what is given and what ssh_config says, with the servers that lead to it. Throws HostObstacle when
 * they do not.
 */
export async function buildEndpoint(wanted: WantedServer, context: EndpointContext): Promise<BuiltEndpoint> {
  const { alias, given } = wanted
  const { settings: fromSsh, ways, ...said } = await context.sshConfig.lookUp(alias, given)
  if (wanted.transport === 'ssh2' && said.needsOpensshToReach !== undefined) {
    throw refuseSsh2(alias, said.needsOpensshToReach)
  }
  const settings = mergeSettings(fromSsh, given)
  const { passesOverIdentities, ...others } = ways
  const server = assemble(alias, settings, given.identityFile ? others : ways, context)
  const jump = await buildJump(settings.jump, wanted, context)
  return {
    endpoint: { ...server, ...(jump && { jump: jump.endpoint }) },
    ...{ settings, fromSsh },
    trusting: [...(jump?.trusting ?? []), ...(said.trustsAnyHostKey && given.hostKeys === undefined ? [alias] : [])],
  }
}

/** A server as it is given, without ssh_config and without anything before it. */
export function assemble(
  alias: string,
  settings: Settings,
  ways: LoginWays,
  { account, sshConfig }: Pick<EndpointContext, 'account' | 'sshConfig'>,
): Endpoint {
  return {
    address: settings.address ?? alias,
    port: settings.port ?? 22,
    user: settings.user ?? account.user(),
    identityFiles: settings.identityFile ?? account.identityFiles,
    knownHostsFiles: settings.knownHostsFile ?? account.knownHostsFiles,
    ...(settings.hostKeys && { hostKeys: settings.hostKeys }),
    ...(settings.passwordCommand !== undefined && { passwordCommand: settings.passwordCommand }),
    alias,
    ...(sshConfig.file !== undefined && { sshConfigFile: sshConfig.file }),
    ...ways,
  }
}

/**
 * The jump host that is connected to last, and before it the others, as ssh does: those that are named with it stand in
 * place of its own, and the first of them keeps its own.
 */
async function buildJump(
  written: string | undefined,
  wanted: WantedServer,
  context: EndpointContext,
): Promise<BuiltEndpoint | undefined> {
  const hops = listJumps(written)
  const itself = wanted.given.jump === undefined ? -1 : hops.findIndex((hop) => wanted.names.includes(hop))
  // A host that is one of its own jump hosts, as when the defaults name it, is reached by those before it.
  const [last, ...before] = (itself < 0 ? hops : hops.slice(0, itself)).reverse()
  if (last === undefined) return undefined
  const { alias, given } = describeJump(last, wanted, context)
  const through = before.length === 0 ? {} : { jump: before.reverse().join(',') }
  const next = { alias, names: [last, alias], given: { ...given, ...through } }
  const behind = [...wanted.behind, { name: wanted.names[0] ?? wanted.alias, question: ask(wanted) }]
  if (behind.some(({ question }) => question === ask(next)))
    throw refuseCircle([...behind.map(({ name }) => name), last])
  const { transport, isForeign = false } = wanted
  return buildEndpoint({ ...next, isForeign, ...(transport && { transport }), behind }, context)
}

/**
 * One of the inventory has its own settings. Another one gets the keys that are given for the host behind it, unless
 * ssh_config knows better.
 */
function describeJump(
  written: string,
  behind: WantedServer,
  { inventory, overrides, sshConfig }: EndpointContext,
): { alias: string; given: Settings } {
  const known = inventory?.hosts.get(written)
  if (known) return { alias: known.name, given: mergeSettings(known.settings, keysAndTrust(overrides)) }
  const { address: alias, ...login } = readJump(written)
  const { identityFile } = behind.given
  const trusted = behind.isForeign
    ? { ...(identityFile && { identityFile }), ...keysAndTrust(overrides) }
    : keysAndTrust(behind.given)
  const keys = sshConfig.names(alias) ? keysAndTrust(overrides) : trusted
  return { alias, given: { ...keys, ...login } }
}

/** Keys and trusted host keys belong to this machine: given on the command line, they hold for every server of the run. */
function keysAndTrust({ identityFile, knownHostsFile, hostKeys }: Settings): Settings {
  return {
    ...(identityFile && { identityFile }),
    ...(knownHostsFile && { knownHostsFile }),
    ...(hostKeys && { hostKeys }),
  }
}

function readJump(written: string): WrittenEndpoint {
  try {
    return parseEndpoint(written)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new HostObstacle(
      t`its jump host cannot be read: ${error.message}`,
      error.mend ?? t`write user@host:port`,
      error,
    )
  }
}

/** What tells one question of the same server from another. */
function ask({ alias, given: { user, port, jump } }: Pick<WantedServer, 'alias' | 'given'>): string {
  return JSON.stringify([alias, user, port, jump])
}

function refuseCircle(names: string[]): HostObstacle {
  return new HostObstacle(
    t`its jump hosts go round in a circle: ${names.reduce((way, name) => t`${way} through ${name}`)}`,
    t`write 'jump: none' in the inventory, or 'ProxyJump none' in ssh_config, for the one that is reached directly`,
  )
}

function refuseSsh2(alias: string, needs: string): HostObstacle {
  return new HostObstacle(
    t`ssh_config says of '${alias}' what only the system's ssh can do: ${needs}`,
    t`leave out --transport ssh2 (transport: ssh2 in the inventory), or choose openssh`,
  )
}
