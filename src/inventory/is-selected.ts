import { isEndpoint } from './endpoint.js'
import { expandRanges } from './ranges.js'
import { globTest, isGlob, parseTarget, splitTarget } from './target.js'

/** What targets know a host by. */
export interface NamedHost {
  name: string
  groups: readonly string[]
  labels: Readonly<Record<string, string>>
}

/**
 * Whether a target means a host, by what the host itself says of its name, groups and labels: other hosts and groups that
 * the target speaks of need not exist. Throws UserError for a target that is none.
 */
export function isSelected(host: NamedHost, target: string): boolean {
  if (target === host.name || spellEndpoints(target).includes(host.name)) return true
  const parts = parseTarget(target)
  const matching = (effect: string) =>
    parts.filter((part) => part.effect === effect).map(({ patterns }) => patterns.some((one) => matches(host, one)))
  const added = matching('add')
  return (
    (added.length === 0 || added.includes(true)) &&
    !matching('keep').includes(false) &&
    !matching('remove').includes(true)
  )
}

/** The hosts outside of an inventory that a target names: `deploy@web[01-02]:2222`. */
function spellEndpoints(target: string): string[] {
  return splitTarget(target).filter(isEndpoint).flatMap(expandRanges)
}

function matches({ name, groups, labels }: NamedHost, pattern: string): boolean {
  if (pattern === 'all' || pattern === name || groups.includes(pattern)) return true
  const [key = '', ...rest] = pattern.split('=')
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  if (rest.length > 0) return value !== undefined && globTest(rest.join('='))(value)
  return isGlob(pattern) && [name, ...groups].some(globTest(pattern))
}
