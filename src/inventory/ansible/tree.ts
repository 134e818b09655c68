import type { SourcePlace } from '../../errors.js'
import { UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { findCycle } from '../groups.js'

/** What a source gives a host or a group, and where it stands. */
export interface SourceValue {
  value: unknown
  place: SourcePlace
}

/** By their names in Ansible. */
export type Variables = Map<string, SourceValue>

/** A host as its sources name it. */
export interface TreeHost {
  /** Where it is first named. */
  place: SourcePlace
  variables: Variables
  labels: Record<string, string>
}

/** A group as its sources have it; the hosts of its children are not among its own. */
export interface TreeGroup {
  hosts: Set<string>
  /** And where each is made one. */
  children: Map<string, SourcePlace>
  variables: Variables
  /** Of groups equally deep the greater one wins: `ansible_group_priority`. */
  priority: number
}

/** The neutral shape that every reader of other people's inventories fills: nothing is inherited yet. */
export interface HostTree {
  hosts: Map<string, TreeHost>
  groups: Map<string, TreeGroup>
  /** What a person should know of the sources. */
  notes: string[]
}

/** A tree with the groups that it has from the start. */
export function createTree(...groups: string[]): HostTree {
  const tree: HostTree = { hosts: new Map(), groups: new Map(), notes: [] }
  for (const name of groups) addGroup(tree, name)
  return tree
}

/** The group of that name, which is made if need be. */
export function addGroup({ groups }: HostTree, name: string): TreeGroup {
  const group = groups.get(name) ?? { hosts: new Set(), children: new Map(), variables: new Map(), priority: 1 }
  groups.set(name, group)
  return group
}

/** The host of that name, which is made if need be, and put into a group if one is given. */
export function addHost(tree: HostTree, name: string, place: SourcePlace, group?: TreeGroup): TreeHost {
  const host = tree.hosts.get(name) ?? { place, variables: new Map(), labels: {} }
  tree.hosts.set(name, host)
  group?.hosts.add(name)
  return host
}

/** Sets a variable of a group; its priority is one to Ansible. Throws UserError for a priority that is no whole number. */
export function setGroupVariable(group: TreeGroup, name: string, given: SourceValue): void {
  if (name !== 'ansible_group_priority') {
    group.variables.set(name, given)
    return
  }
  const text = String(given.value).trim()
  if (!/^[+-]?\d+$/.test(text)) {
    throw new UserError(t`'ansible_group_priority' must be a whole number, not '${text}'`, { place: given.place })
  }
  group.priority = Number(text)
}

/** Throws UserError for groups that contain each other, as every group is in `all`: inheritance would have no end. */
export function refuseLoops({ groups }: HostTree): void {
  const everything = [...groups.keys()].filter((name) => name !== 'all')
  const isInItself = groups.get('all')?.children.has('all') === true
  const nodes = new Map([['all', { hosts: [], children: isInItself ? ['all'] : everything }]])
  for (const [name, { children }] of groups) {
    if (name !== 'all') nodes.set(name, { hosts: [], children: [...children.keys()] })
  }
  const cycle = findCycle(nodes)
  const [parent = '', child = ''] = cycle?.slice(-2) ?? []
  if (cycle === undefined) return
  const place = groups.get(parent)?.children.get(child)
  const mend = t`take '${child}' out of the children of '${parent}'`
  throw new UserError(t`the groups contain each other: ${cycle.join(' > ')}`, { ...(place && { place }), mend })
}
