import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Endpoint, listHops } from '../inventory/host.js'
import { quote } from '../shell.js'
import { formatHop } from './connect-failure.js'

/** The command that logs in to a server by hand, the way that fleetdx goes: `ssh -o ProxyJump=… -i … -p 22 ops@web1`. */
export function writeSsh(endpoint: Endpoint): string {
  return writeWords('ssh', endpoint, listIdentities(endpoint))
}

/** The command that lets a key of the user in there. Its `-i` would be the key to copy: of the keys, only those of the way are named. */
export function writeCopyId(endpoint: Endpoint): string {
  return writeWords('ssh-copy-id', endpoint, [])
}

function writeWords(program: string, endpoint: Endpoint, identities: string[]): string {
  const { port, user, sshConfigFile } = endpoint
  const file = sshConfigFile === undefined ? [] : ['-F', sshConfigFile]
  const way = [...writeWay(endpoint), ...identities]
  return [program, ...file, ...way, '-p', port, `${user}@${nameFor(endpoint)}`].map(quote).join(' ')
}

/** What leads to a server, as options: nothing for one to which ssh_config knows the way. */
function writeWay({ jump, proxyCommand, isAlias }: Endpoint): string[] {
  if (isAlias) return []
  if (proxyCommand !== undefined) return ['-o', `ProxyCommand=${proxyCommand.replaceAll('%', '%%')}`]
  if (jump === undefined) return []
  const every = listHops(jump)
  // An alias brings those before it along.
  const hops = every.slice(
    Math.max(
      every.findLastIndex((hop) => hop.isAlias),
      0,
    ),
  )
  const isPlain = hops.every((hop) => hop.isAlias || (listIdentities(hop).length === 0 && !hop.proxyCommand))
  if (!isPlain) return ['-o', `ProxyCommand=${writeSsh(jump).replaceAll('%', '%%')} -W %h:%p`]
  const names = hops.map((hop) => formatHop({ ...hop, address: nameFor(hop) }))
  return ['-o', `ProxyJump=${names.join(',')}`]
}

function nameFor({ alias, address, isAlias }: Endpoint): string {
  return isAlias && alias !== undefined ? alias : address
}

/** The keys that `ssh` would not find by itself. */
function listIdentities({ identityFiles, isAlias }: Endpoint): string[] {
  return isAlias ? [] : identityFiles.filter((file) => !isUsualIdentity(file)).flatMap((file) => ['-i', file])
}

/** Whether `ssh` looks for a key by itself. It goes by the system's list of users, whatever HOME says. */
export function isUsualIdentity(file: string): boolean {
  // sample: id_ed25519, id_ecdsa_sk
  return dirname(file) === join(userInfo().homedir, '.ssh') && /^id_[a-z0-9]+(_sk)?$/.test(basename(file))
}
