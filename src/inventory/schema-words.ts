import { z } from 'zod'
import { t } from '../language/language.js'
import { parseDurationMs, sayDurationRule } from './duration.js'

/*
 * The words that the schemas of inventory.yaml are written in. Every rule says what would be right, and after a semicolon, in
 * Chinese a `；`, how to write it, where that helps: `explainIssue` makes the sentence around it. For an unknown key
 * it lists the keys allowed there.
 */

/** Made when it is needed: schemas are built before the language is known. */
type Rule = () => string

// no control characters: what is written here is printed on terminals
const PRINTABLE = /^[^\p{Cc}]+$/u

export const text = (rule: Rule, pattern = PRINTABLE) => z.string({ error: rule }).regex(pattern, { error: rule })

/** A mapping with these keys and no others; YAML's empty value is a mapping without keys. */
export function mapping<Shape extends z.core.$ZodShape>(
  shape: Shape,
  rule: Rule = () => t`a mapping of keys to values`,
) {
  const error: z.core.$ZodErrorMap = ({ code }) =>
    code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : rule()
  return z.preprocess((value) => value ?? {}, z.strictObject(shape, { error }))
}

/** One value may be written as it is, several as a list. */
export function oneOrMore<Item extends z.ZodType>(rule: Rule, item: Item) {
  const wrap = (value: unknown) => (Array.isArray(value) || value === undefined ? value : [value])
  return z.preprocess(wrap, z.array(item, { error: rule }).min(1, { error: rule }))
}

/** Milliseconds, once read. */
export const duration = z.union([z.string(), z.number()], { error: sayDurationRule }).transform((value, context) => {
  const ms = parseDurationMs(value)
  if (ms !== undefined) return ms
  context.issues.push({ code: 'custom', message: sayDurationRule(), input: value })
  return z.NEVER
})
