import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { expandRanges } from './ranges.js'

/** How a part of a target changes the selection: `web` adds, `&eu` keeps only what is also there, `!old` takes away. */
type TargetEffect = 'add' | 'keep' | 'remove'

/** One part of a target such as `web:&eu:!web03`, with its ranges expanded. */
export interface TargetPart {
  effect: TargetEffect
  /** As written, for messages. */
  written: string
  /** Names of hosts and groups, `all`, globs (`db*`) or labels (`env=prod`). */
  patterns: string[]
}

// the colons and commas of web[01:03,07]:&eu that stand outside of brackets
const SEPARATOR = /[:,](?![^[]*\])/

const EFFECTS = new Map<string | undefined, TargetEffect>([
  ['&', 'keep'],
  ['!', 'remove'],
])

/** Reads one word of the command line that selects from an inventory. Throws UserError for an empty part or a bad range. */
export function parseTarget(word: string): TargetPart[] {
  return word.split(SEPARATOR).map((part) => {
    const effect = EFFECTS.get(part[0]) ?? 'add'
    const written = effect === 'add' ? part : part.slice(1)
    if (written !== '') return { effect, written, patterns: expandRanges(written) }
    const mend = t`write parts such as web, '&eu' and '!old', joined by ':'`
    throw new UserError(t`the target '${word}' has an empty part`, { mend })
  })
}

// the commas of db1,web[03-07,12] that stand outside of brackets
const COMMA = /,(?![^[]*\])/

/**
 * The words that a list stands for, as a report prints it: `db1,web[03-07,12],deploy@10.0.0.5`. What narrows or reduces
 * (`web,&eu`) belongs to its whole word, and so does a part that is missing.
 */
export function splitTarget(word: string): string[] {
  const words = word.split(COMMA)
  return /[&!]/.test(word) || words.includes('') ? [word] : words
}

/** A test for names against a glob: `*` is any text, `?` one character. */
export function globTest(glob: string): (name: string) => boolean {
  const literal = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  const pattern = new RegExp(`^${literal.replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 'u')
  return (name) => pattern.test(name)
}

/** Whether a text is a glob. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text)
}
