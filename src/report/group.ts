const mostNames = 8

/** `web01, web02, web03`, each once; from the ninth on only how many more. */
export function listNames(names: readonly string[]): string {
  const different = [...new Set(names)]
  const more = different.length - mostNames
  return different.slice(0, mostNames).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** Items with the same key together, in the order in which the keys first come. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return [...groups.values()]
}
