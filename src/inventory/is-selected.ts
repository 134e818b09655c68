import { globTest, isGlob, parseTarget } from './target.js'

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
  if (target === host.name) return true
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

function matches({ name, groups, labels }: NamedHost, pattern: string): boolean {
  if (pattern === 'all' || pattern === name || groups.includes(pattern)) return true
  const [key = '', ...rest] = pattern.split('=')
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  if (rest.length > 0) return value !== undefined && globTest(rest.join('='))(value)
  return isGlob(pattern) && [name, ...groups].some(globTest(pattern))
}
