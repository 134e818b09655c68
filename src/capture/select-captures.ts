import { UserError } from '../errors.js'
import { isEndpoint } from '../inventory/endpoint.js'
import type { InventoryHost } from '../inventory/load.js'
import { expandRanges } from '../inventory/ranges.js'
import { selectHosts } from '../inventory/select.js'
import { splitTarget } from '../inventory/target.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { HostCapture } from './host-capture.js'

/** What has a host that targets may select: a capture, or a record. */
interface Selectable {
  host: Pick<HostCapture['host'], 'name' | 'groups' | 'labels'>
}

/** The captures that words select, as they would select hosts of an inventory; no words select all. Throws UserError. */
export function selectCaptures<C extends Selectable>(captures: readonly C[], targets: readonly string[]): C[] {
  const hosts = new Map(
    captures.map(({ host: { name, groups, labels } }) => [name, { name, groups, settings: { labels } }]),
  )
  const words = targets.flatMap(splitTarget).flatMap((word) => (isEndpoint(word) ? expandRanges(word) : [word]))
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
    return selectHosts(words, {
      ...{ file: '', areCaptures: true, groups },
      hosts: new Map(hosts.map((host) => [host.name, host])),
    })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const names = hosts.map(({ name }) => name)
    const mend = t`captures are there of ${joinWords([...names.slice(0, 10), ...(names.length > 10 ? ['…'] : [])])}`
    throw new UserError(error.message, { mend, cause: error })
  }
}
