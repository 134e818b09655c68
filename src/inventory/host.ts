import type { Check } from './check-schema.js'
import type { ChosenAlgorithms } from './ssh-algorithms.js'

/** When to use sudo on a host: `auto` = if `sudo -n` works without asking, `always` = its refusal is said, `never` = not tried. */
export type SudoMode = 'auto' | 'always' | 'never'

/**
 * What is done about a host key that is not known: `strict` refuses it, `accept-new` stores it for a host of which no key
 * is known, `off` trusts such a host unseen and stores nothing. A key that changed or is revoked is always refused.
 */
export type HostKeyPolicy = 'strict' | 'accept-new' | 'off'

/**
 * How a host is reached: by the SSH of fleetdx itself (`ssh2`), by the system's `ssh` (`openssh`), or by the first unless
 * its configuration needs the second (`auto`).
 */
export type Transport = 'auto' | 'ssh2' | 'openssh'

/** What stands in the way of reaching a host before anything is tried, and what to do about it. */
export interface Obstacle {
  message: string
  mend: string
}

/** A way to log in, by its name in SSH (RFC 4252 and 4256). */
export type LoginMethod = 'publickey' | 'keyboard-interactive' | 'password'

/** How a login differs from the usual one: ssh_config alone says so. */
export interface LoginWays {
  /** The name that its host key is known under, in place of its address and port. */
  hostKeyAlias?: string
  /** Of the agent's keys, only those that `identityFiles` name are offered. */
  identitiesOnly?: boolean
  /** Identity files that cannot be used are passed over, as `ssh` does, and are no mistake. */
  passesOverIdentities?: boolean
  /** The agent's socket, null for no agent; the one of `SSH_AUTH_SOCK`, when not given. */
  agentSocket?: string | null
  /** A command of this machine whose standard input and output are the connection. */
  proxyCommand?: string
  /** Certificates that the system's `ssh` shows beside its keys. Absolute paths. */
  certificateFiles?: string[]
  /** What ssh_config says that only the system's `ssh` can do, in its words: `ProxyUseFdpass`. */
  needsOpenssh?: string
  /** The algorithms that ssh_config chooses, as far as ssh2 has them; its own choice, when not given. */
  algorithms?: ChosenAlgorithms
  /** What may be used to log in, in this order, and the lines of ssh_config that say so; every method, when not given. */
  loginMethods?: { allowed: LoginMethod[]; says: string }
  /** Names are hashed where a new host key is stored. */
  hashKnownHosts?: boolean
  /** ssh_config has the alias, and the way to it: the system's `ssh` goes there by that name alone. */
  isAlias?: boolean
  /** Only addresses of this version of IP are connected to. */
  addressFamily?: 4 | 6
}

/** A server that speaks SSH: what is needed to reach it and log in. */
export interface Endpoint extends LoginWays {
  address: string
  port: number
  user: string
  /** Private key files, tried in this order after the agent's keys. Absolute paths. */
  identityFiles: string[]
  /** Files of host keys that are trusted. Absolute paths; a missing file counts as empty. */
  knownHostsFiles: string[]
  /** `strict`, when not given. */
  hostKeys?: HostKeyPolicy
  /** A command of this machine that prints the password, to be asked when the server wants one. */
  passwordCommand?: string
  /** The name that ssh_config was asked for, and that the system's `ssh` is given; `address`, when not given. */
  alias?: string
  /** The ssh_config that the system's `ssh` reads in place of its usual ones: a path, or `none`. */
  sshConfigFile?: string
  /** The server that is connected to first, and from which this one is reached; it may have one of its own. */
  jump?: Endpoint
}

/** What the inventory says of an app; each thing that is not given is discovered on the host. */
export interface AppHint {
  name: string
  /** The TCP port that the app should listen on. */
  port?: number
  /** The folder that the app runs in. */
  cwd?: string
  /** The name that a request asks the gateway for. */
  serverName?: string
  /** The path that answers when the app is well; `/` when not given. */
  healthPath?: string
  /** The public address, as a visitor types it. */
  url?: string
}

/** The deadlines of a host, in milliseconds. */
export interface Timeouts {
  /** From the first packet to the server's SSH banner. */
  connectMs: number
  /** From there to the end of the login, without the time that a person takes; as long as `connectMs`, when not given. */
  handshakeMs?: number
  /** One round of collection. */
  commandMs: number
  /** Everything on one host, connecting included. */
  hostMs: number
}

/** A host of the fleet with all that groups and defaults gave it: what the pipeline works on. */
export interface Host extends Endpoint {
  /** The name that the inventory uses, and the row of every report. Unique in a run. */
  name: string
  transport: Transport | 'local'
  /** What its settings ask for that cannot be done: it is reported alone, as unreachable. */
  obstacle?: Obstacle
  sudo: SudoMode
  /** A command of this machine that prints the password of sudo, to be given where sudo wants one. */
  sudoPasswordCommand?: string
  labels: Record<string, string>
  /** Every group it is in, outermost first. */
  groups: string[]
  apps: AppHint[]
  /** What the inventory and the folder of checks want to know besides. */
  checks?: Check[]
  /** How often a request is made that one answer does not settle, 1 to 50: once, when not given. */
  samples?: number
  timeouts: Timeouts
}

/** The servers on the way to one, in the order in which they are connected to; the last is itself. */
export function listHops(endpoint: Endpoint): Endpoint[] {
  return [...(endpoint.jump ? listHops(endpoint.jump) : []), endpoint]
}
