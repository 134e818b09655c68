import { t } from './language.js'

/** `a, b, c`, as the language writes a list. */
export function joinWords(words: readonly string[]): string {
  return words.length === 0 ? '' : words.reduce((all, word) => t`${all}, ${word}`)
}

/** `a; b; c`: whole clauses. */
export function joinClauses(clauses: readonly string[]): string {
  return clauses.length === 0 ? '' : clauses.reduce((all, clause) => t`${all}; ${clause}`)
}

/** `a and b and c` */
export function joinBoth(words: readonly string[]): string {
  return words.length === 0 ? '' : words.reduce((all, word) => t`${all} and ${word}`)
}

/** `do this, or do that` */
export function joinChoices(choices: readonly string[]): string {
  return choices.length === 0 ? '' : choices.reduce((all, choice) => t`${all}, or ${choice}`)
}

/** `a or b or c` */
export function joinOr(words: readonly string[]): string {
  return words.length === 0 ? '' : words.reduce((all, word) => t`${all} or ${word}`)
}
