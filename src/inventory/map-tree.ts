import { formatPlace, UserError } from '../errors.js'
import { joinClauses } from '../language/join-words.js'
import { t } from '../language/language.js'
import { sanitizeLine } from '../sanitize.js'
import { joinNames, type Remark } from './ansible/notes.js'
import { readConnection } from './ansible/read-connection.js'
import type { ResolvedTree } from './ansible/resolve-variables.js'
import type { HostTree } from './ansible/tree.js'
import { isEndpoint, parseEndpoint } from './endpoint.js'
import type { Inventory, InventoryHost, SettingsLevel } from './load.js'
import { MOST_HOSTS } from './ranges.js'
import { mergeSettings, withAbsolutePaths } from './settings.js'

/** Where an inventory of others stands. */
export interface TreeContext {
  file: string
  /** What it is, for people: `Ansible INI`. */
  kind: string
  /** What relative paths start at: Ansible takes them from where it is run. */
  cwd: string
  home: string
}

// web-1.example.com, Old printer (2nd floor); a name is printed on terminals, and no path
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}/]{1,253}$/u

/**
 * Makes the inventory of a tree whose variables are resolved: each host's connection variables become settings. Hosts that are
 * reached by neither SSH nor this machine are left out, and said so. Throws UserError for a name that cannot be used.
 */
export function mapTree(tree: HostTree, resolved: ResolvedTree, { file, kind, cwd, home }: TreeContext): Inventory {
  checkNames(tree, file)
  const ways = new Map<string, string[]>()
  const hosts = new Map<string, InventoryHost>()
  for (const [name, { groups, variables }] of resolved.hosts) {
    const remarks: Remark[] = []
    const { levels: said, isLocal, otherWay } = readConnection(variables, (remark) => remarks.push(remark))
    if (otherWay !== undefined) {
      ways.set(otherWay, [...(ways.get(otherWay) ?? []), name])
      continue
    }
    const levels = [nameLevel(name, tree), ...said].map(({ label, settings }) => {
      return { label, settings: withAbsolutePaths(settings, cwd, home) }
    })
    const settings = levels.map((level) => level.settings).reduce(mergeSettings)
    hosts.set(name, { name, groups, settings, levels, remarks, isForeign: true, ...(isLocal && { isLocal }) })
  }
  const leftOut = [...ways].map(([way, names]) =>
    names.length === 1
      ? t`${file}: ${joinNames(names)} is reached by '${way}' (ansible_connection), not by SSH: left out`
      : t`${file}: ${joinNames(names)} are reached by '${way}' (ansible_connection), not by SSH: left out`,
  )
  refuseEmpty(hosts, [...tree.notes, ...leftOut], file)
  const groups = [...resolved.groups].map(([name, members]): [string, Set<string>] => [
    name,
    new Set([...members].filter((host) => hosts.has(host))),
  ])
  const notes = [...tree.notes, ...tellClashes(tree, resolved), ...leftOut]
  return { file, kind, hosts, groups: new Map(groups), notes: notes.map(sanitizeLine) }
}

/** A name may say who logs in, as `ssh` takes it: deploy@web01. Labels belong to the host itself, too. */
function nameLevel(name: string, { hosts }: HostTree): SettingsLevel {
  const { place, labels = {} } = hosts.get(name) ?? {}
  const settings = { ...(isEndpoint(name) && parseEndpoint(name)), labels, timeouts: {} }
  return { label: place ? formatPlace(place) : name, settings }
}

function checkNames({ hosts, groups }: HostTree, file: string): void {
  const refuse = (name: string, place = { file }) => {
    if (name === 'all') throw new UserError(t`'all' always means every host, and cannot name one`, { place })
    const mend = t`use letters, digits, '.', '-' and '_'; its address and port have variables of their own`
    throw new UserError(t`${JSON.stringify(name.slice(0, 80))} cannot be the name of a host`, { place, mend })
  }
  for (const [name, { place }] of hosts) {
    if (name === 'all' || !PRINTABLE.test(name) || !isWhole(name)) refuse(name, place)
  }
  for (const name of groups.keys()) if (!PRINTABLE.test(name)) refuse(name)
  if (hosts.size > MOST_HOSTS) {
    const message = t`the inventory names more than ${MOST_HOSTS.toLocaleString('en')} hosts`
    throw new UserError(message, { place: { file }, mend: t`split it into several files` })
  }
}

function isWhole(name: string): boolean {
  if (!isEndpoint(name)) return true
  try {
    parseEndpoint(name)
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

/** In a target such a name means the group. A group that holds only the host of its own name is no matter. */
function tellClashes(tree: HostTree, { groups }: ResolvedTree): string[] {
  return [...tree.hosts].flatMap(([name, { place }]) => {
    const members = groups.get(name)
    if (members === undefined || (members.size === 1 && members.has(name))) return []
    return [t`${formatPlace(place)}: '${name}' names a group and a host; as a target it means the group`]
  })
}

function refuseEmpty(hosts: ReadonlyMap<string, unknown>, notes: readonly string[], file: string): void {
  if (hosts.size > 0) return
  const mend = notes.length > 0 ? sanitizeLine(joinClauses(notes)) : t`name a host, or give another inventory with -i`
  throw new UserError(t`the inventory names no host`, { place: { file }, mend })
}
