import { UserError } from '../errors.js'
import { joinClauses } from '../language/join-words.js'
import { t } from '../language/language.js'
import { isEndpoint, listJumps, parseEndpoint } from './endpoint.js'
import type { ExpandedContent } from './expand-content.js'
import { findCycle } from './groups.js'
import type { IsKnownServer } from './load.js'
import { suggestNames } from './nearest.js'
import type { YamlFile } from './read-yaml.js'
import type { InventoryContent } from './schema.js'

/** What names something that does not exist, or itself: children of groups and jump hosts. */
export function checkReferences(
  content: InventoryContent,
  expanded: ExpandedContent,
  yaml: YamlFile,
  isServer?: IsKnownServer,
): UserError[] {
  return [
    ...checkChildren(expanded, yaml),
    ...checkCycles(expanded, yaml),
    ...checkJumps(content, expanded, yaml, isServer),
  ]
}

function checkChildren({ groups, hosts }: ExpandedContent, yaml: YamlFile): UserError[] {
  return [...groups].flatMap(([name, { children }]) =>
    children.flatMap((child, index) => {
      if (groups.has(child)) return []
      const place = yaml.placeOf(['groups', name, 'children', index])
      if (hosts.has(child)) {
        return [
          new UserError(t`'${child}' is a host, not a group`, { place, mend: t`list it under 'hosts:' of '${name}'` }),
        ]
      }
      return [new UserError(t`there is no group '${child}'`, { place, mend: suggestNames(child, groups.keys()) })]
    }),
  )
}

function checkCycles({ groups }: ExpandedContent, yaml: YamlFile): UserError[] {
  const cycle = findCycle(groups)
  const [parent, child] = cycle?.slice(-2) ?? []
  if (cycle === undefined || parent === undefined || child === undefined) return []
  const index = groups.get(parent)?.children.indexOf(child) ?? 0
  const place = yaml.placeOf(['groups', parent, 'children', index])
  const mend = t`take '${child}' out of the children of '${parent}'`
  return [new UserError(t`the groups contain each other: ${cycle.join(' > ')}`, { place, mend })]
}

function checkJumps(
  { defaults, groups = {}, hosts = {} }: InventoryContent,
  { hosts: known }: ExpandedContent,
  yaml: YamlFile,
  isServer?: IsKnownServer,
) {
  const levels = [
    { path: ['defaults'], jump: defaults?.jump },
    ...Object.entries(groups).map(([name, { jump }]) => ({ path: ['groups', name], jump })),
    ...Object.entries(hosts).map(([name, { jump }]) => ({ path: ['hosts', name], jump })),
  ]
  return levels.flatMap(({ path, jump }) => {
    const mistake = jump === undefined ? undefined : explainJump(jump, known, isServer)
    if (mistake === undefined) return []
    const place = yaml.placeOf([...path, 'jump'])
    return [new UserError(mistake.message, { place, ...(mistake.mend && { mend: mistake.mend }) })]
  })
}

/**
 * What is wrong with jump hosts as written, if anything is: `none`, or with commas between them hosts that are known,
 * names of ssh_config, and `user@host:port`.
 */
export function explainJump(
  jump: string,
  known: ReadonlyMap<string, unknown>,
  isServer: IsKnownServer = () => false,
): UserError | undefined {
  const mistakes = listJumps(jump).flatMap((hop) => explainHop(hop, known, isServer) ?? [])
  return mistakes[0]
}

function explainHop(hop: string, known: ReadonlyMap<string, unknown>, isServer: IsKnownServer): UserError | undefined {
  if (known.has(hop) || isServer(hop)) return undefined
  if (!isEndpoint(hop)) {
    const outside = t`write a server outside of the inventory as user@host:port`
    const mend = known.size === 0 ? outside : joinClauses([outside, suggestNames(hop, known.keys())])
    return new UserError(t`the jump host '${hop}' is not in the inventory`, { mend })
  }
  try {
    parseEndpoint(hop)
    return undefined
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}
