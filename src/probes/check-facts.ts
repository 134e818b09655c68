import type { z } from 'zod'
import { ParseError } from '../errors.js'

/** About the bytes that the facts of one probe may take as JSON. */
const mostBytes = 16 * 1024 * 1024

/**
 * What was read from a host's text, once it is sure to be facts: a host may send a number of 400 digits, and a small text
 * can multiply (a header that every location inherits). Throws ParseError.
 */
export function checkFacts<F extends z.ZodType>(facts: F, value: unknown): z.infer<F> {
  if (weigh(value, mostBytes) < 0) throw new ParseError('more than can be told')
  const checked = facts.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw new ParseError(`${issue?.path.join('.')} is no fact: ${issue?.message}`)
}

/** What is left of this many bytes; below 0, and no further looked at, where the value takes more. */
function weigh(value: unknown, bytes: number): number {
  if (typeof value === 'string') return bytes - value.length - 3
  if (typeof value !== 'object' || value === null) return bytes - 8
  let left = bytes - 2
  for (const key in value) {
    left = weigh(Reflect.get(value, key), left - key.length - 4)
    if (left < 0) break
  }
  return left
}
