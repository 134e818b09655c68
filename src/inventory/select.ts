import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import type { InventoryHost, Inventory as WholeInventory } from './load.js'
import { suggestNames } from './nearest.js'
import { globTest, isGlob, parseTarget, type TargetPart } from './target.js'

/** What is selected from: an inventory, or captures, which stand in no file of their own. */
type Inventory = Pick<WholeInventory, 'file' | 'hosts' | 'groups'> & { areCaptures?: boolean }

/**
 * The hosts that the words of the command line select, each once, in inventory order; no words select all.
 * Within a word, what is added is joined first, then narrowed by `&`, then reduced by `!`. The words are joined in the same
 * way, where a word without anything added narrows or reduces all that the others selected.
 * Throws UserError for a part that matches nothing, and when no host is left.
 */
export function selectHosts(words: readonly string[], inventory: Inventory): InventoryHost[] {
  const targets = words.map((word) => parseWord(word, inventory))
  const adding = targets.filter(addsHosts)
  const everything = new Set(inventory.hosts.keys())
  const added =
    adding.length === 0 ? everything : new Set(adding.flatMap((parts) => [...applyParts(parts, new Set(), inventory)]))
  const others = targets.filter((parts) => !addsHosts(parts)).flat()
  const chosen = applyParts(others, added, inventory)
  if (chosen.size > 0) return [...inventory.hosts.values()].filter(({ name }) => chosen.has(name))
  throw new UserError(t`no host is left by ${words.map((word) => `'${word}'`).join(' ')}`, {
    mend: t`check what each part holds: fleetdx hosts 'PART'`,
  })
}

/** A host may have a name that would mean more as a target: an IPv6 address. */
function parseWord(word: string, { hosts }: Inventory): TargetPart[] {
  return hosts.has(word) ? [{ effect: 'add', written: word, patterns: [word] }] : parseTarget(word)
}

function addsHosts(parts: TargetPart[]): boolean {
  return parts.some(({ effect }) => effect === 'add')
}

function applyParts(parts: readonly TargetPart[], start: ReadonlySet<string>, inventory: Inventory): Set<string> {
  const namesOf = (effect: TargetPart['effect']) =>
    parts.filter((part) => part.effect === effect).map((part) => findNames(part, inventory))
  const added = [...start, ...namesOf('add').flatMap((names) => [...names])]
  const kept = namesOf('keep')
  const removed = namesOf('remove')
  return new Set(
    added.filter((name) => kept.every((names) => names.has(name)) && !removed.some((names) => names.has(name))),
  )
}

function findNames({ patterns, written }: TargetPart, inventory: Inventory): Set<string> {
  return new Set(patterns.flatMap((pattern) => [...findMatches(pattern, written, inventory)]))
}

function findMatches(pattern: string, written: string, inventory: Inventory): Iterable<string> {
  const { hosts, groups } = inventory
  if (pattern === 'all') return hosts.keys()
  const group = groups.get(pattern)
  if (group) return group
  if (hosts.has(pattern)) return [pattern]
  const found = pattern.includes('=')
    ? matchLabel(pattern, inventory)
    : isGlob(pattern)
      ? matchGlob(pattern, inventory)
      : []
  if (found.length > 0) return found
  throw explainNothing(pattern, written, inventory)
}

function matchGlob(glob: string, { hosts, groups }: Inventory): string[] {
  const test = globTest(glob)
  const inGroups = [...groups].flatMap(([name, members]) => (test(name) ? [...members] : []))
  return [...inGroups, ...[...hosts.keys()].filter(test)]
}

function matchLabel(pattern: string, { hosts }: Inventory): string[] {
  const [key = '', ...rest] = pattern.split('=')
  const test = globTest(rest.join('='))
  return [...hosts.values()].flatMap(({ name, settings: { labels = {} } }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined
    return value !== undefined && test(value) ? [name] : []
  })
}

function explainNothing(pattern: string, written: string, { file, hosts, groups, areCaptures }: Inventory): UserError {
  const place = { file }
  const part = pattern === written ? `'${pattern}'` : t`'${pattern}' (of '${written}')`
  if (pattern.includes('=')) return new UserError(t`no host has the label ${part}`, { place })
  if (isGlob(pattern)) return new UserError(t`no host or group matches ${part}`, { place })
  if (areCaptures) return new UserError(t`there is no host or group ${part} among the captures`)
  const names = [...groups.keys(), ...hosts.keys()]
  const mend = t`write a host outside of the inventory as user@host; ${suggestNames(pattern, names)}`
  return new UserError(t`there is no host or group ${part} in the inventory`, { place, mend })
}
