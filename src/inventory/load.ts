import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../errors.js'
import { checkReferences } from './check-references.js'
import { type ExpandedContent, expandContent } from './expand-content.js'
import { collectMembers, orderGroups } from './groups.js'
import { InventoryError } from './inventory-error.js'
import { readContent } from './read-content.js'
import { readYaml } from './read-yaml.js'
import type { InventoryContent, Settings } from './schema.js'
import { mergeSettings, withAbsolutePaths } from './settings.js'

/** A host of the inventory with what defaults, its groups and its own entry set. Paths are absolute. */
export interface InventoryHost {
  name: string
  /** Every group it is in, outermost first. */
  groups: string[]
  settings: Settings
}

/** An inventory that was read and is free of mistakes. */
export interface Inventory {
  file: string
  /** In the order in which the file first names them. */
  hosts: ReadonlyMap<string, InventoryHost>
  /** The names of the hosts of each group, those of its children included. */
  groups: ReadonlyMap<string, ReadonlySet<string>>
  /** The deadline of a whole run in milliseconds, if the file sets one. */
  runMs?: number
}

const HOW_TO_START = "write at least the two lines 'hosts:' and '  web01:', or name a host: fleetdx check user@host"

/** Reads an inventory file; `home` is what `~` means in its paths. Throws UserError, and InventoryError for several mistakes. */
export async function loadInventory(file: string, home: string): Promise<Inventory> {
  return parseInventory(await readText(file), file, home)
}

/** As `loadInventory`, from the text of the file. */
export function parseInventory(text: string, file: string, home: string): Inventory {
  const yaml = readYaml(text, file)
  if (yaml.data === null) throw new UserError('the inventory is empty', { place: { file }, mend: HOW_TO_START })
  const content = readContent(yaml)
  const expanded = expandContent(content, yaml)
  const mistakes = [...expanded.mistakes, ...checkReferences(content, expanded, yaml)]
  if (mistakes.length > 0) throw new InventoryError(mistakes)
  if (expanded.hosts.size === 0) {
    throw new UserError('the inventory names no host', { place: { file }, mend: HOW_TO_START })
  }
  return resolveInventory(content, expanded, file, home)
}

function resolveInventory(content: InventoryContent, expanded: ExpandedContent, file: string, home: string): Inventory {
  const toLevel = ({ hosts: _, children: __, ...settings }: Settings & { hosts?: unknown; children?: unknown }) =>
    withAbsolutePaths(settings, dirname(file), home)
  const { timeouts: { run: runMs, ...timeouts } = {}, ...others } = content.defaults ?? {}
  const defaults = toLevel({ ...others, timeouts })
  const members = collectMembers(expanded.groups)
  const levelsOf = new Map<string, { groups: string[]; levels: Settings[] }>()
  for (const name of expanded.hosts.keys()) levelsOf.set(name, { groups: [], levels: [defaults] })
  for (const group of orderGroups(expanded.groups)) {
    const level = toLevel(content.groups?.[group] ?? {})
    for (const host of members.get(group) ?? []) {
      levelsOf.get(host)?.groups.push(group)
      levelsOf.get(host)?.levels.push(level)
    }
  }
  const hosts = [...levelsOf].map(([name, { groups, levels }]): [string, InventoryHost] => {
    const settings = [...levels, toLevel(expanded.hosts.get(name) ?? {})].reduce(mergeSettings)
    return [name, { name, groups, settings }]
  })
  return { file, hosts: new Map(hosts), groups: members, ...(runMs !== undefined && { runMs }) }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT') {
      throw new UserError('there is no inventory file here', { place: { file }, mend: HOW_TO_START, cause })
    }
    const reason = code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'permission denied' : String(cause)
    throw new UserError(`the inventory cannot be read: ${reason}`, { place: { file }, cause })
  }
}
