import leven from 'leven'

const MOST_SHOWN = 12

/** The names most like a misspelt one, nearest first, three at most. */
function nearestNames(misspelt: string, names: Iterable<string>): string[] {
  return [...names]
    .map((name) => ({ name, distance: measureDistance(misspelt.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= 3 && distance / Math.max(name.length, misspelt.length) < 0.6)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** The mend for a name that does not exist: the nearest ones or, when none is near, all that there are if they are few. */
export function suggestNames(misspelt: string, names: Iterable<string>): string {
  const all = [...names]
  const near = nearestNames(misspelt, all)
  if (near.length > 0) return `did you mean ${joinWords(near.map((name) => `'${name}'`))}?`
  const more = all.length > MOST_SHOWN ? ` and ${all.length - MOST_SHOWN} more` : ''
  return `use one of: ${all.slice(0, MOST_SHOWN).join(', ')}${more}`
}

/** Edits between two names; letters in another order, the commonest slip, count as one. */
function measureDistance(one: string, other: string): number {
  return sortLetters(one) === sortLetters(other) ? Number(one !== other) : leven(one, other)
}

function sortLetters(text: string): string {
  return [...text].sort().join('')
}

function joinWords(words: string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ')
}
