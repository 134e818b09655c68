import type { SourcePlace } from '../../errors.js'
import { addHost, createTree, type HostTree } from '../ansible/tree.js'
import { atPlace } from '../at-place.js'
import { parseEndpoint, type WrittenEndpoint } from '../endpoint.js'
import { expandRanges } from '../ranges.js'
import { readLines } from './lines.js'

/**
 * Reads a list of hosts, one a line: `web01`, `web[01-20]`, `deploy@web01:2222`, `ssh://web01`. A host is named by its address, or
 * as it is written where the list has several logins at one address. Throws UserError for a line that is none.
 */
export function readHostList(text: string, file: string): HostTree {
  const tree = createTree()
  const hosts = readLines(text, file).flatMap(({ line, place }) => atPlace(place, () => readHosts(line, place)))
  const logins = new Map<string, Set<string>>()
  for (const { written, endpoint } of hosts) {
    logins.set(endpoint.address, (logins.get(endpoint.address) ?? new Set()).add(written))
  }
  for (const { written, endpoint, place } of hosts) {
    const { address, user, port } = endpoint
    const isAlone = logins.get(address)?.size === 1
    const { variables } = addHost(tree, isAlone ? address : written, place)
    const given = { ...(!isAlone && { ansible_host: address }), ansible_user: user, ansible_port: port }
    for (const [name, value] of Object.entries(given)) if (value !== undefined) variables.set(name, { value, place })
  }
  return tree
}

function readHosts(
  line: string,
  place: SourcePlace,
): { written: string; endpoint: WrittenEndpoint; place: SourcePlace }[] {
  return expandRanges(line).map((written) => ({ written, endpoint: parseEndpoint(written), place }))
}
