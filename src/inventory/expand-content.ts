import { type SourcePlace, UserError } from '../errors.js'
import { t } from '../language/language.js'
import type { GroupNode } from './groups.js'
import { expandRanges, MOST_HOSTS } from './ranges.js'
import type { YamlFile } from './read-yaml.js'
import { type InventoryContent, isName, type Settings } from './schema.js'

/** An inventory with its ranges expanded, and what is wrong with its names. */
export interface ExpandedContent {
  /** What each host's own entry sets, in the order in which the file first names the hosts. */
  hosts: Map<string, Settings>
  groups: Map<string, GroupNode>
  mistakes: UserError[]
}

/** Expands the ranges of host names, and checks every name. */
export function expandContent({ hosts = {}, groups = {} }: InventoryContent, yaml: YamlFile): ExpandedContent {
  const expanded: ExpandedContent = { hosts: new Map(), groups: new Map(), mistakes: [] }
  const addGroups = () => {
    for (const [name, group] of Object.entries(groups)) addGroup(name, group, expanded, yaml)
  }
  // The order of hosts is that of the file, and people write either part first.
  if (isBefore('groups', 'hosts', yaml.data)) addGroups()
  const owners = new Map<string, string>()
  for (const [written, settings] of Object.entries(hosts)) addHosts(written, settings, owners, expanded, yaml)
  if (expanded.groups.size === 0) addGroups()
  for (const name of expanded.groups.keys()) refuseClash(name, expanded, yaml)
  if (expanded.hosts.size > MOST_HOSTS) expanded.mistakes.push(tooManyHosts(yaml))
  return expanded
}

type Group = NonNullable<InventoryContent['groups']>[string]

function addGroup(name: string, { hosts = [], children = [] }: Group, expanded: ExpandedContent, yaml: YamlFile): void {
  const place = yaml.placeOf(['groups', name], 'key')
  if (!isFreeName(name)) expanded.mistakes.push(oddName(name, place))
  const names = hosts.flatMap((written, index) => expand(written, ['groups', name, 'hosts', index], expanded, yaml))
  for (const host of names) if (!expanded.hosts.has(host)) expanded.hosts.set(host, {})
  expanded.groups.set(name, { hosts: names, children })
}

function addHosts(
  written: string,
  settings: Settings,
  owners: Map<string, string>,
  expanded: ExpandedContent,
  yaml: YamlFile,
): void {
  for (const host of expand(written, ['hosts', written], expanded, yaml)) {
    const owner = owners.get(host)
    if (owner !== undefined) {
      const message = t`host '${host}' is defined twice, first as '${owner}' on line ${yaml.placeOf(['hosts', owner], 'key').line}`
      const mend = t`make the ranges apart; settings shared by several hosts belong in a group`
      expanded.mistakes.push(new UserError(message, { place: yaml.placeOf(['hosts', written], 'key'), mend }))
      return
    }
    owners.set(host, written)
    expanded.hosts.set(host, settings)
  }
}

function expand(written: string, path: PropertyKey[], { mistakes }: ExpandedContent, yaml: YamlFile): string[] {
  try {
    const names = expandRanges(written)
    const odd = names.find((name) => !isFreeName(name))
    if (odd === undefined) return names
    mistakes.push(oddName(odd, yaml.placeOf(path, 'key')))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const place = yaml.placeOf(path, 'key')
    mistakes.push(new UserError(error.message, { place, ...(error.mend && { mend: error.mend }) }))
  }
  return []
}

function isFreeName(name: string): boolean {
  return isName(name) && name !== 'all'
}

function oddName(name: string, place: SourcePlace): UserError {
  if (name === 'all') {
    const mend = t`choose another name; settings for every host stand under 'defaults:'`
    return new UserError(t`'all' always means every host and cannot name anything else`, { place, mend })
  }
  const mend = t`use letters, digits, '.', '-' and '_'; 'address', 'user' and 'port' have keys of their own`
  return new UserError(t`'${name}' cannot be a name`, { place, mend })
}

function refuseClash(name: string, { hosts, mistakes }: ExpandedContent, yaml: YamlFile): void {
  if (!hosts.has(name)) return
  const place = yaml.placeOf(['groups', name], 'key')
  mistakes.push(
    new UserError(t`'${name}' names a group and a host`, { place, mend: t`rename one, so that a target is clear` }),
  )
}

function tooManyHosts(yaml: YamlFile): UserError {
  const message = t`the inventory names more than ${MOST_HOSTS.toLocaleString('en')} hosts`
  return new UserError(message, { place: yaml.placeOf([]), mend: t`split it into several files` })
}

function isBefore(one: string, other: string, data: unknown): boolean {
  const keys = Object.keys(data ?? {})
  return keys.indexOf(one) < keys.indexOf(other)
}
