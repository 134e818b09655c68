import { addGroup, addHost, createTree, type HostTree } from '../ansible/tree.js'
import { atPlace } from '../at-place.js'
import { expandRanges } from '../ranges.js'
import { readLines } from './lines.js'

// node[1-5],login1 compute,rack=3
const LINE = /^(\S+)(?:\s+(.*))?$/

/**
 * Reads a genders file: hosts, and behind them their attributes. An attribute is a group, and one with a value is a label, in
 * which %n is the host and %% a percent sign. Throws UserError for a range that cannot be read.
 */
export function readGenders(text: string, file: string): HostTree {
  const tree = createTree()
  for (const { line, place } of readLines(text, file)) {
    const [, nodes = '', attributes = ''] = LINE.exec(line) ?? []
    for (const name of splitNodes(nodes).flatMap((node) => atPlace(place, () => expandRanges(node)))) {
      const { labels } = addHost(tree, name, place)
      for (const attribute of attributes.split(/[,\s]+/).filter((each) => each !== '')) {
        const at = attribute.indexOf('=')
        if (at < 0) addGroup(tree, attribute).hosts.add(name)
        else labels[attribute.slice(0, at)] = fillIn(attribute.slice(at + 1), name)
      }
    }
  }
  return tree
}

/** The commas that stand in brackets are those of a range. */
export function splitNodes(nodes: string): string[] {
  return nodes.split(/[,\s]+(?![^[]*\])/).filter((node) => node !== '')
}

function fillIn(value: string, name: string): string {
  return value.replace(/%([n%])/g, (_, letter: string) => (letter === 'n' ? name : '%'))
}
