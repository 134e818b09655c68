import { isIPv6 } from 'node:net'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'

/** No fleet is larger; what would be is a slip such as `web[1-9999999]`. */
export const MOST_HOSTS = 100_000

// web[01:20].example.com
const BRACKETS = /\[([^[\]]*)\]/g

// 01:20, 1-9/2 (every second one)
const NUMBERS = /^(\d{1,15})(?:[:-](\d{1,15})(?:[:/]([1-9]\d{0,14}))?)?$/

// a:f
const LETTERS = /^([a-z])[:-]([a-z])$/

/**
 * The names that a name with ranges stands for: `web[01-03,07]` is web01, web02, web03 and web07, `[1-9/2]` is every second
 * one. Several brackets multiply, zeros in front are kept, and `[::1]` is left alone. A name without brackets stands for itself.
 * Throws UserError for a range that cannot be read or that gives more than 100,000 names.
 */
export function expandRanges(text: string): string[] {
  let names = ['']
  let end = 0
  for (const match of text.matchAll(BRACKETS)) {
    const before = text.slice(end, match.index)
    names = multiply(names, before, readBracket(match[1] ?? '', text), text)
    end = match.index + match[0].length
  }
  return names.map((name) => name + text.slice(end))
}

function multiply(names: string[], before: string, items: string[], text: string): string[] {
  if (names.length * items.length > MOST_HOSTS) throw tooMany(text)
  return names.flatMap((name) => items.map((item) => name + before + item))
}

function readBracket(content: string, text: string): string[] {
  if (isIPv6(content)) return [`[${content}]`]
  return content.split(',').flatMap((item) => readItem(item.trim(), text))
}

function readItem(item: string, text: string): string[] {
  const [, first, last = first, step = '1'] = NUMBERS.exec(item) ?? []
  if (first !== undefined && last !== undefined) {
    const width = first.startsWith('0') ? first.length : 0
    const numbers = countUp(Number(first), Number(last), text)
    const every = numbers.filter((_, index) => index % Number(step) === 0)
    return every.map((number) => String(number).padStart(width, '0'))
  }
  const [, from, to] = LETTERS.exec(item) ?? []
  if (from === undefined || to === undefined) throw unreadable(item, text)
  return countUp(from.charCodeAt(0), to.charCodeAt(0), text).map((code) => String.fromCharCode(code))
}

function countUp(first: number, last: number, text: string): number[] {
  if (last < first) {
    throw new UserError(t`the range in '${text}' runs backwards`, {
      mend: t`write the smaller end first, as in web[01-20]`,
    })
  }
  if (last - first >= MOST_HOSTS) throw tooMany(text)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

function unreadable(item: string, text: string): UserError {
  return new UserError(t`'${item}' in '${text}' is not a range`, {
    mend: t`write numbers or letters, as in web[01-20,25] or db[a-c]`,
  })
}

function tooMany(text: string): UserError {
  return new UserError(t`'${text}' stands for more than ${MOST_HOSTS.toLocaleString('en')} hosts`, {
    mend: t`make the range smaller`,
  })
}
