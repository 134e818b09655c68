import { type SourcePlace, UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { addGroup, addHost, createTree, type HostTree } from '../ansible/tree.js'
import { atPlace } from '../at-place.js'
import { suggestNames } from '../nearest.js'
import { expandRanges } from '../ranges.js'
import { readLines } from './lines.js'
import { splitNodes } from './read-genders.js'

// compute: node[1-5],other @io
const LINE = /^([^\s:]+):\s*(.*)$/

/**
 * Reads groups as ClusterShell has them in a file, one a line: a name, a colon, and its hosts; `@io` stands for the hosts of the
 * group io. Throws UserError for a line that is none, for a group that is not there, and for the operators of node sets.
 */
export function readClusterShell(text: string, file: string): HostTree {
  const tree = createTree()
  for (const { line, place } of readLines(text, file)) {
    const [, name, nodes = ''] = LINE.exec(line) ?? []
    if (name === undefined) {
      throw new UserError(t`this line is no group of ClusterShell`, {
        place,
        mend: t`write it as group: node[1-5],other`,
      })
    }
    // 'all' are all hosts anyway, and cannot be a group beside.
    const group = name === 'all' ? undefined : addGroup(tree, name)
    for (const node of splitNodes(nodes)) {
      if (node.startsWith('@')) group?.children.set(node.slice(1), place)
      else for (const host of expandNode(node, place)) addHost(tree, host, place, group)
    }
  }
  for (const { children } of tree.groups.values()) for (const [child, place] of children) checkGroup(child, place, tree)
  return tree
}

function expandNode(node: string, place: SourcePlace): string[] {
  // sample: node[1-5]!node3
  if (!/[!&^@*]/.test(node)) return atPlace(place, () => expandRanges(node))
  const mend = t`write the hosts out: node[1-5],other, or @group`
  throw new UserError(t`'${node}' holds an operator of ClusterShell's node sets, which is not known`, { place, mend })
}

function checkGroup(name: string, place: SourcePlace, { groups }: HostTree): void {
  if (groups.has(name)) return
  throw new UserError(t`there is no group '${name}'`, { place, mend: suggestNames(name, groups.keys()) })
}
