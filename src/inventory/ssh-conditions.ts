import { splitWords } from './ssh-blocks.js'
import { globTest, isGlob } from './target.js'

/** The name that was asked for, and the one that `Match host` sees. */
export interface Names {
  asked: string
  host: string
}

export type Verdict = 'yes' | 'no' | 'maybe'

/** Says whether a `Host` or `Match` line holds; what holds for all hosts of this machine alike counts as held. */
export type Condition = (names: Names) => Verdict

/** Whether all of them hold. */
export function judge(conditions: readonly Condition[], names: Names): Verdict {
  let verdict: Verdict = 'yes'
  for (const condition of conditions) {
    const one = condition(names)
    if (one === 'no') return 'no'
    if (one === 'maybe') verdict = 'maybe'
  }
  return verdict
}

/** Older versions of ssh take a `#` for a pattern, and newer ones for the beginning of a comment. */
export function beforeComment(text: string): string {
  return text.replace(/(^|\s)#.*$/, '')
}

export function compileHost(text: string, counts = (_: string) => true): Condition {
  const all = splitWords(text)
  const sure = splitWords(beforeComment(text))
  const isNegated = (word: string) => word.startsWith('!')
  const isWanted = testAny(sure.filter((word) => !isNegated(word) && counts(word)))
  const isUnwanted = testAny(sure.filter(isNegated).map((word) => word.slice(1)))
  const isDoubtful = testAny(all.slice(sure.length).map((word) => word.replace(/^!/, '')))
  // Backslashes, and quotes other than those around a word, have meant different things over the years.
  const isOdd = /[\\'"]/.test(text.replace(/(^|\s)"[^"]*"(?=\s|$)/g, ''))
  return ({ asked }) => {
    if (isOdd || isDoubtful(asked)) return 'maybe'
    return isWanted(asked) && !isUnwanted(asked) ? 'yes' : 'no'
  }
}

/** A test for names against patterns; there may be thousands of mere names. */
function testAny(patterns: readonly string[]): (name: string) => boolean {
  const names = new Set(patterns.filter((pattern) => !isGlob(pattern)))
  const tests = patterns.filter(isGlob).map(globTest)
  return (name) => names.has(name) || tests.some((matches) => matches(name))
}

/** The criteria of `Match` that are the same for every host, with or without a value. */
const CONSTANT = new Map([
  ['all', 0],
  ['final', 0],
  ['canonical', 0],
  ['localuser', 1],
  ['localnetwork', 1],
])

/** Only `host` and `originalhost` are judged here, and only to rule a host out: ssh itself decides the rest. */
export function compileMatch(text: string): Condition {
  const words = splitWords(beforeComment(text))
  const criteria: Condition[] = []
  while (words.length > 0) {
    const word = words.shift() ?? ''
    const name = word.replace(/^!/, '').toLowerCase()
    const constant = CONSTANT.get(name)
    if (constant === undefined) criteria.push(compileCriterion(word.toLowerCase(), words.shift() ?? ''))
    else words.splice(0, constant)
  }
  return (names) => judge(criteria, names)
}

function compileCriterion(name: string, value: string): Condition {
  if (name !== 'host' && name !== 'originalhost') return () => 'maybe'
  const patterns = value.toLowerCase().split(',')
  const matches = patterns.filter((pattern) => !pattern.startsWith('!')).map(globTest)
  const isPlain = matches.length === patterns.length
  return ({ asked, host }) => {
    const subject = (name === 'host' ? host : asked).toLowerCase()
    if (!matches.some((match) => match(subject))) return 'no'
    return isPlain && host === host.toLowerCase() ? 'yes' : 'maybe'
  }
}
