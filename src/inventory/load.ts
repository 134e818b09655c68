import { dirname } from 'node:path'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import type { Remark } from './ansible/notes.js'
import { checkReferences } from './check-references.js'
import { type ExpandedContent, expandContent } from './expand-content.js'
import { collectMembers, orderGroups } from './groups.js'
import { InventoryError } from './inventory-error.js'
import { readContent } from './read-content.js'
import { type ForeignWays, readForeign } from './read-foreign.js'
import { readSource, sayHowToStart } from './read-source.js'
import { readYaml } from './read-yaml.js'
import type { InventoryContent, Settings } from './schema.js'
import { mergeSettings, withAbsolutePaths } from './settings.js'

/** A host of the inventory with what defaults, its groups and its own entry set. Paths are absolute. */
export interface InventoryHost {
  name: string
  /** Every group it is in, outermost first. */
  groups: string[]
  settings: Settings
  /** It is of somebody else's inventory, whose options of `ssh` are about the host alone, and not about its jump hosts. */
  isForeign?: boolean
  /** It is this machine, and needs no SSH. */
  isLocal?: boolean
  /** What of it cannot be used. */
  remarks?: readonly Remark[]
  /** What gave them, outermost first; the reader of some inventories cannot tell. */
  levels?: readonly SettingsLevel[]
}

/** What one level sets, and what it is called in front of people: `inventory.yaml (group web)`. Paths are absolute. */
export interface SettingsLevel {
  label: string
  settings: Settings
}

/** Whether a name that the inventory does not know is a server all the same: ssh_config may say so. */
export type IsKnownServer = (name: string) => boolean

/** An inventory that was read and is free of mistakes. */
export interface Inventory {
  file: string
  /** What it is, for people, when it is not fleetdx's own: `Ansible INI`. */
  kind?: string
  /** What a person should know of it: what of it cannot be used. */
  notes?: readonly string[]
  /** In the order in which the file first names them. */
  hosts: ReadonlyMap<string, InventoryHost>
  /** The names of the hosts of each group, those of its children included. */
  groups: ReadonlyMap<string, ReadonlySet<string>>
  /** The deadline of a whole run in milliseconds, if the file sets one. */
  runMs?: number
}

/** What an inventory is read with, besides what every one needs. */
export interface LoadWays extends ForeignWays {
  isServer?: IsKnownServer
}

/**
 * Reads an inventory, fleetdx's own or another's; `home` is what `~` means in its paths. Throws UserError, and InventoryError for
 * several mistakes.
 */
export async function loadInventory(file: string, home: string, ways: Partial<LoadWays> = {}): Promise<Inventory> {
  const { isServer, ...others } = ways
  const source = await readSource(file)
  const read = await readForeign(source, file, { home, cwd: dirname(file), env: {}, isNamed: true, ...others })
  if ('hosts' in read) return read
  const { text, ...kind } = read
  return { ...parseInventory(text, file, home, isServer), ...kind }
}

/** As `loadInventory`, from the text of fleetdx's own. */
export function parseInventory(text: string, file: string, home: string, isServer?: IsKnownServer): Inventory {
  const yaml = readYaml(text, file)
  if (yaml.data === null) throw new UserError(t`the inventory is empty`, { place: { file }, mend: sayHowToStart() })
  const content = readContent(yaml)
  const expanded = expandContent(content, yaml)
  const mistakes = [...expanded.mistakes, ...checkReferences(content, expanded, yaml, isServer)]
  if (mistakes.length > 0) throw new InventoryError(mistakes)
  if (expanded.hosts.size === 0) {
    throw new UserError(t`the inventory names no host`, { place: { file }, mend: sayHowToStart() })
  }
  return resolveInventory(content, expanded, file, home)
}

function resolveInventory(content: InventoryContent, expanded: ExpandedContent, file: string, home: string): Inventory {
  const toLevel = ({ hosts: _, children: __, ...settings }: Settings & { hosts?: unknown; children?: unknown }) =>
    withAbsolutePaths(settings, dirname(file), home)
  const { timeouts: { run: runMs, ...timeouts } = {}, ...others } = content.defaults ?? {}
  const defaults = toLevel({ ...others, timeouts })
  const members = collectMembers(expanded.groups)
  const name = (level: string, settings: Settings): SettingsLevel => ({ label: t`${file} (${level})`, settings })
  const levelsOf = new Map<string, { groups: string[]; levels: SettingsLevel[] }>()
  for (const host of expanded.hosts.keys()) levelsOf.set(host, { groups: [], levels: [name(t`defaults`, defaults)] })
  for (const group of orderGroups(expanded.groups)) {
    const level = name(t`group ${group}`, toLevel(content.groups?.[group] ?? {}))
    for (const host of members.get(group) ?? []) {
      levelsOf.get(host)?.groups.push(group)
      levelsOf.get(host)?.levels.push(level)
    }
  }
  const hosts = [...levelsOf].map(([host, { groups, levels: outer }]): [string, InventoryHost] => {
    const levels = [...outer, name(t`host ${host}`, toLevel(expanded.hosts.get(host) ?? {}))]
    const settings = levels.map((level) => level.settings).reduce(mergeSettings)
    return [host, { name: host, groups, settings, levels }]
  })
  return { file, hosts: new Map(hosts), groups: members, ...(runMs !== undefined && { runMs }) }
}
