import type { Check } from './check-schema.js'

/** When to use sudo on a host: `auto` = if `sudo -n` works without asking, `always` = its refusal is said, `never` = not tried. */
export type SudoMode = 'auto' | 'always' | 'never'

/** A server that speaks SSH: what is needed to reach it and log in. */
export interface Endpoint {
  address: string
  port: number
  user: string
  /** Private key files, tried in this order after the agent's keys. Absolute paths. */
  identityFiles: string[]
  /** Files of host keys that are trusted. Absolute paths; a missing file counts as empty. */
  knownHostsFiles: string[]
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
  /** From the first packet to the end of the handshake and login. */
  connectMs: number
  /** One round of collection. */
  commandMs: number
  /** Everything on one host, connecting included. */
  hostMs: number
}

/** A host of the fleet with all that groups and defaults gave it: what the pipeline works on. */
export interface Host extends Endpoint {
  /** The name that the inventory uses, and the row of every report. Unique in a run. */
  name: string
  /** How it is reached. */
  transport: 'ssh2' | 'local'
  /** The host that is connected to first, and from which this one is reached. */
  jump?: Endpoint
  sudo: SudoMode
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
