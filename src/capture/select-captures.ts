import { UserError } from '../errors.js'
import type { InventoryHost } from '../inventory/load.js'
import { selectHosts } from '../inventory/select.js'
import type { HostCapture } from './host-capture.js'

/** The captures that words select, as they would select hosts of an inventory; no words select all. Throws UserError. */
export function selectCaptures(captures: readonly HostCapture[], words: readonly string[]): HostCapture[] {
  const hosts = new Map(
    captures.map(({ host: { name, groups, labels } }) => [name, { name, groups, settings: { labels } }]),
  )
  // sample: deploy@203.0.113.7:2222, which as a target would be two
  const written = words.filter((word) => hosts.has(word))
  const others = words.filter((word) => !hosts.has(word))
  const selected = written.length > 0 && others.length === 0 ? [] : select(others, [...hosts.values()])
  const chosen = new Set([...written, ...selected.map(({ name }) => name)])
  return captures.filter(({ host }) => chosen.has(host.name))
}

function select(words: readonly string[], hosts: InventoryHost[]): InventoryHost[] {
  const groupNames = [...new Set(hosts.flatMap(({ groups }) => groups))]
  const membersOf = (group: string) => hosts.filter(({ groups }) => groups.includes(group)).map(({ name }) => name)
  const groups = new Map(groupNames.map((group) => [group, new Set(membersOf(group))]))
  try {
    return selectHosts(words, { file: '', hosts: new Map(hosts.map((host) => [host.name, host])), groups })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const names = hosts.map(({ name }) => name)
    const mend = `captures are there of ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`
    throw new UserError(error.message.replace('in the inventory', 'among the captures'), { mend, cause: error })
  }
}
