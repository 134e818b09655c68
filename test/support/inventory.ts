import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, makeKey } from './sshd.js'

/** What an inventory says of one server on loopback. */
export interface LoopbackHost {
  port: number
  /** Its line of known_hosts, or lines. */
  knownHosts: string
  user?: string
  identityFile?: string
  /** Durations, as the inventory has them. */
  timeouts?: { command?: string; host?: string }
}

/** Writes an inventory of servers on 127.0.0.1, with the file of their host keys, and a key for those that ask for none of their own. Returns the inventory's file. */
export async function writeInventory(hosts: Readonly<Record<string, LoopbackHost>>): Promise<string> {
  const folder = await makeFolder()
  const identityFile = await makeKey(join(folder, 'identity'))
  const all = Object.values(hosts).map(({ knownHosts }) => knownHosts)
  await writeFile(join(folder, 'known_hosts'), all.join(''))
  const settings = Object.entries(hosts).map(([name, { knownHosts: _, ...host }]) => [
    name,
    { address: '127.0.0.1', ...host },
  ])
  const defaults = { user: 'ops', identityFile, knownHostsFile: 'known_hosts' }
  const inventory = { defaults, hosts: Object.fromEntries(settings) }
  // JSON is YAML.
  await writeFile(join(folder, 'inventory.yaml'), JSON.stringify(inventory))
  return join(folder, 'inventory.yaml')
}
