import { isIPv6 } from 'node:net'
import { UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { MOST_HOSTS } from '../ranges.js'

/** The hosts that a pattern such as `web[01:20]:2222` stands for, and the port behind it. */
export interface ExpandedPattern {
  names: string[]
  port?: number
}

// [2001:db8::1]:22
const BRACKETED = /^\[(.+)\]:(\d+)$/

// web[01:20].example.com:22
const WITH_PORT = /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/

// web[01:20].example.com, db-[a:c], 10.0.0.[1:9]
const RANGE = String.raw`\[(?:[a-z]:[a-z]|\d+:\d+)(?::\d+)?\]`
const LABEL = String.raw`(?:[\p{L}\p{N}_]|${RANGE})(?:[\p{L}\p{N}_-]|${RANGE})*(?<![_-])`
const HOST_NAME = new RegExp(String.raw`^${LABEL}(?:\.${LABEL})*$`, 'iu')

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * Reads a host as an inventory of Ansible names it (`_expand_hostpattern` of plugins/inventory/__init__.py): one that is no
 * address is a name as it stands. Throws UserError without a place.
 */
export function expandHostPattern(written: string): ExpandedPattern {
  const { pattern, port } = splitPort(written)
  if (port === undefined && written.trim().endsWith(':')) {
    throw new UserError(t`the host '${written}' ends with ':'`, {
      mend: t`write its port behind the colon, or leave it out`,
    })
  }
  return { names: expand(pattern), ...(port !== undefined && { port }) }
}

function splitPort(written: string): { pattern: string; port?: number } {
  let pattern = written
  let port: number | undefined
  for (const form of [BRACKETED, WITH_PORT]) {
    const [, before, digits] = form.exec(pattern) ?? []
    if (before === undefined || digits === undefined) continue
    pattern = before
    port = Number(digits)
  }
  if (port === undefined || !(isIPv6(pattern) || HOST_NAME.test(pattern))) return { pattern: written }
  return { pattern, port }
}

function expand(pattern: string): string[] {
  // sample: db-[a:c]-[01:20:2].example.com, the brackets from left to right
  const start = pattern.indexOf('[')
  if (start < 0) return [pattern]
  const end = pattern.indexOf(']', start)
  if (end < 0) throw refuse(t`the host '${pattern}' has a '[' without its ']'`)
  const items = countUp(pattern.slice(start + 1, end), pattern)
  const tails = expand(pattern.slice(end + 1))
  if (items.length * tails.length > MOST_HOSTS) throw tooMany(pattern)
  return items.flatMap((item) => tails.map((tail) => pattern.slice(0, start) + item + tail))
}

function countUp(range: string, pattern: string): string[] {
  const [begin = '', end, step = '1', ...more] = range.split(':')
  const first = begin === '' ? '0' : begin
  const isStep = /^\d+$/.test(step) && Number(step) > 0
  if (end === '' && more.length === 0)
    throw refuse(t`the host '${pattern}' has the range '[${range}]', which has no end`)
  if (end === undefined || more.length > 0 || !isStep) throw refuseRange(range, pattern)
  const width = /^0\d/.test(first) ? first.length : 0
  if (width > 0 && width !== end.length) {
    throw refuse(t`the host '${pattern}' has the range '[${range}]', whose ends are not of one length`)
  }
  const [from, to] = [LETTERS.indexOf(first), LETTERS.indexOf(end)]
  if (first.length === 1 && end.length === 1 && from >= 0 && to >= 0) {
    return every(from, to, Number(step), pattern).map((index) => LETTERS.charAt(index))
  }
  if (!/^\d{1,15}$/.test(first) || !/^\d{1,15}$/.test(end)) throw refuseRange(range, pattern)
  return every(Number(first), Number(end), Number(step), pattern).map((number) => String(number).padStart(width, '0'))
}

function every(first: number, last: number, step: number, pattern: string): number[] {
  if (last < first) throw refuse(t`the host '${pattern}' has a range that runs backwards`)
  const count = Math.floor((last - first) / step) + 1
  if (count > MOST_HOSTS) throw tooMany(pattern)
  return Array.from({ length: count }, (_, index) => first + index * step)
}

function refuseRange(range: string, pattern: string): UserError {
  return refuse(t`the host '${pattern}' has the range '[${range}]'`)
}

function refuse(message: string): UserError {
  return new UserError(message, {
    mend: t`write ranges as Ansible has them: web[01:20], db-[a:c] or web[1:9:2]`,
  })
}

function tooMany(pattern: string): UserError {
  const message = t`'${pattern}' stands for more than ${MOST_HOSTS.toLocaleString('en')} hosts`
  return new UserError(message, { mend: t`make the range smaller` })
}
