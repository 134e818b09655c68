import { isIPv6 } from 'node:net'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { isName, isUserName } from './schema.js'

/** A server as it is written on a command line or as a jump host. */
export interface WrittenEndpoint {
  user?: string
  address: string
  port?: number
}

// ssh://deploy@[2001:db8::1]:2222/
const ENDPOINT = /^(?:ssh:\/\/)?(?:(?<user>.*)@)?(?<address>\[[^[\]]*\]|[^:/[\]]*)(?::(?<port>[^:/]*))?\/?$/s

// deploy@2001:db8::1
const BARE_IPV6 = /^(?:(?<user>.*)@)?(?<address>[\da-f:.]+)$/is

/** Whether a text can only mean a server, never a name of the inventory: it has a user or is an address with `ssh://`. */
export function isEndpoint(text: string): boolean {
  return text.includes('@') || text.startsWith('ssh://')
}

/** Reads `host`, `host:port`, `user@host:port`, `ssh://user@host:port`, with IPv6 as `[::1]:22`. Throws UserError. */
export function parseEndpoint(text: string): WrittenEndpoint {
  const bare = BARE_IPV6.exec(text)?.groups
  const { user, address = '', port } = (isIPv6(bare?.address ?? '') ? bare : ENDPOINT.exec(text)?.groups) ?? {}
  return {
    ...(user !== undefined && { user: readUser(user, text) }),
    address: readAddress(address, text),
    ...(port !== undefined && { port: readPort(port, text) }),
  }
}

/** Reads `outer,gate@10.0.0.1:2222`, in the order in which they are connected to; `none` and nothing are no jump hosts. */
export function listJumps(jump = 'none'): string[] {
  const hops = jump.split(',').map((hop) => hop.trim())
  return hops.length === 1 && /^(none)?$/i.test(jump.trim()) ? [] : hops
}

function readUser(user: string, text: string): string {
  if (isUserName(user)) return user
  if (user.includes(':')) {
    const mend = t`leave the password out: fleetdx logs in with an SSH agent or a key file`
    throw new UserError(t`'${user.slice(0, user.indexOf(':'))}:***@…' holds a password`, { mend })
  }
  throw new UserError(t`'${text}' has no user name before the '@'`, { mend: t`write user@host, such as deploy@web01` })
}

function readAddress(address: string, text: string): string {
  const bare = address.replace(/^\[(.*)\]$/, '$1')
  if (isIPv6(bare) || (bare === address && isName(address))) return bare
  const mend = t`write host, user@host:port or ssh://user@host:port, and IPv6 as [2001:db8::1]:22`
  throw new UserError(t`'${text}' is not the address of a host`, { mend })
}

function readPort(port: string, text: string): number {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0
  if (number >= 1 && number <= 65535) return number
  throw new UserError(t`the port in '${text}' must be a whole number from 1 to 65535, not '${port}'`)
}
