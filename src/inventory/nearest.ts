import leven from 'leven'
import { joinOr, joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'

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
  if (near.length > 0) return t`did you mean ${joinChoice(near.map((name) => `'${name}'`))}?`
  const shown = joinWords(all.slice(0, MOST_SHOWN))
  return all.length > MOST_SHOWN ? t`use one of: ${shown} and ${all.length - MOST_SHOWN} more` : t`use one of: ${shown}`
}

/** Edits between two names; letters in another order, the commonest slip, count as one. */
function measureDistance(one: string, other: string): number {
  return sortLetters(one) === sortLetters(other) ? Number(one !== other) : leven(one, other)
}

function sortLetters(text: string): string {
  return [...text].sort().join('')
}

/** `a, b or c` */
function joinChoice(words: string[]): string {
  return joinOr([joinWords(words.slice(0, -1)), ...words.slice(-1)].filter((part) => part !== ''))
}
