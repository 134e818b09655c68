import { join } from 'node:path'
import { collectMembers, type GroupNode, measureDepths } from '../groups.js'
import { type HostTree, refuseLoops, type TreeGroup, type Variables } from './tree.js'
import { openVarsFolder } from './vars-folder.js'

/** A host with its groups, outermost first, and its variables, those of its groups included. */
interface ResolvedHost {
  groups: string[]
  variables: Variables
}

/** The hosts and groups of a tree with all that is inherited. */
export interface ResolvedTree {
  hosts: Map<string, ResolvedHost>
  /** The hosts of each group but `all`, those of its children included. */
  groups: Map<string, Set<string>>
}

/**
 * Gives every host what it inherits, as Ansible does: `all`, then the other groups, parents before children, by
 * `ansible_group_priority` and then by name where equally deep, then the host. What the files of `group_vars` in the folder `base`
 * set, if one is given, wins over what the inventory itself sets for any group, and those of `host_vars` over all. Throws UserError for groups that
 * contain each other, and for a file that cannot be read.
 */
export async function resolveVariables(tree: HostTree, base: string | undefined): Promise<ResolvedTree> {
  refuseLoops(tree)
  const groups = settleGroups(tree)
  const order = orderGroups(groups)
  const members = collectMembers(groups)
  const groupFiles = await readAll(['all', ...order], base && join(base, 'group_vars'), tree.notes)
  const hostFiles = await readAll([...tree.hosts.keys()], base && join(base, 'host_vars'), tree.notes)
  const groupsOf = new Map([...tree.hosts.keys()].map((name): [string, string[]] => [name, []]))
  for (const group of order) for (const host of members.get(group) ?? []) groupsOf.get(host)?.push(group)
  const hosts = [...tree.hosts].map(([name, { variables }]): [string, ResolvedHost] => {
    const own = groupsOf.get(name) ?? []
    const inherited = ['all', ...own].map((group) => tree.groups.get(group)?.variables)
    const fromFiles = ['all', ...own].map((group) => groupFiles.get(group))
    return [name, { groups: own, variables: joinLevels([...inherited, ...fromFiles, variables, hostFiles.get(name)]) }]
  })
  return { hosts: new Map(hosts), groups: members }
}

/** The groups but `all`, which everything is in anyway. In `ungrouped` are the hosts that no other group names. */
function settleGroups(tree: HostTree): Map<string, GroupNode & { priority: number }> {
  const groups = [...tree.groups].filter(([name]) => name !== 'all')
  const grouped = new Set(groups.flatMap(([name, { hosts }]) => (name === 'ungrouped' ? [] : [...hosts])))
  const rest = [...tree.hosts.keys()].filter((name) => !grouped.has(name))
  return new Map(
    groups.map(([name, group]) => [name, { ...toNode(group), ...(name === 'ungrouped' && { hosts: rest }) }]),
  )
}

function toNode({ hosts, children, priority }: TreeGroup): GroupNode & { priority: number } {
  return { hosts: [...hosts], children: [...children.keys()], priority }
}

/** Outermost first; of those equally deep the ones that win come last. */
function orderGroups(groups: ReadonlyMap<string, { priority: number } & GroupNode>): string[] {
  const depths = measureDepths(groups)
  const rank = (name: string) => [depths.get(name) ?? 0, groups.get(name)?.priority ?? 1]
  const compare = (one: string, other: string) => {
    const [depth = 0, priority = 0] = rank(one)
    const [otherDepth = 0, otherPriority = 0] = rank(other)
    return depth - otherDepth || priority - otherPriority || (one < other ? -1 : 1)
  }
  return [...groups.keys()].sort(compare)
}

async function readAll(
  names: readonly string[],
  folder: string | undefined,
  notes: string[],
): Promise<Map<string, Variables>> {
  if (folder === undefined) return new Map()
  const read = await openVarsFolder(folder, notes)
  const found = new Map<string, Variables>()
  // One after the other, so that notes keep their order.
  for (const name of names) found.set(name, await read(name))
  return found
}

function joinLevels(levels: readonly (Variables | undefined)[]): Variables {
  return new Map(levels.flatMap((level) => [...(level ?? [])]))
}
