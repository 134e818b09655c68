/** A group as the inventory writes it, with the ranges of its host names expanded. */
export interface GroupNode {
  hosts: string[]
  children: string[]
}

/**
 * A path of groups that ends where it began, if there is one: `['web', 'eu', 'web']`. Children that do not exist are passed over.
 */
export function findCycle(groups: ReadonlyMap<string, GroupNode>): string[] | undefined {
  const done = new Set<string>()
  const walk = (name: string, trail: string[]): string[] | undefined => {
    const start = trail.indexOf(name)
    if (start >= 0) return [...trail.slice(start), name]
    if (done.has(name)) return undefined
    for (const child of groups.get(name)?.children ?? []) {
      const cycle = walk(child, [...trail, name])
      if (cycle) return cycle
    }
    done.add(name)
    return undefined
  }
  return firstOf(groups.keys(), (name) => walk(name, []))
}

/**
 * The groups from outermost to innermost: parents before their children, and those of one depth in file order. The depth is that
 * of the longest way down to a group, as in Ansible. The groups must be free of cycles.
 */
export function orderGroups(groups: ReadonlyMap<string, GroupNode>): string[] {
  const depths = measureDepths(groups)
  return [...groups.keys()].sort((one, other) => (depths.get(one) ?? 0) - (depths.get(other) ?? 0))
}

/** How deep each group lies below the outermost ones, by the longest way down. The groups must be free of cycles. */
export function measureDepths(groups: ReadonlyMap<string, GroupNode>): Map<string, number> {
  const depths = new Map([...groups.keys()].map((name) => [name, 0]))
  const sink = (name: string, depth: number): void => {
    if (depth > 0 && depth <= (depths.get(name) ?? 0)) return
    depths.set(name, depth)
    for (const child of groups.get(name)?.children ?? []) sink(child, depth + 1)
  }
  for (const name of groups.keys()) sink(name, depths.get(name) ?? 0)
  return depths
}

/** The hosts of each group, those of its children included. The groups must be free of cycles. */
export function collectMembers(groups: ReadonlyMap<string, GroupNode>): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>()
  const collect = (name: string): Set<string> => {
    const known = members.get(name)
    if (known) return known
    const { hosts, children } = groups.get(name) ?? { hosts: [], children: [] }
    const all = new Set([...hosts, ...children.flatMap((child) => [...collect(child)])])
    members.set(name, all)
    return all
  }
  for (const name of groups.keys()) collect(name)
  return members
}

function firstOf<Item, Found>(items: Iterable<Item>, find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
