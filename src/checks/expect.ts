import { RE2JS } from 're2js'
import type { Check, Expectation } from '../inventory/check-schema.js'
import { joinBoth, joinOr } from '../language/join-words.js'
import { t } from '../language/language.js'
import { readField } from './read-field.js'
import type { Seen } from './to-probe.js'

/** Whether one thing was as expected; null = that could not be told. */
export interface Met {
  met: boolean | null
  /** What was seen against what was expected: `93, not below 90`; in a few words. */
  said: string
}

type Bounds = Pick<NonNullable<Expectation['number']>, 'above' | 'atLeast' | 'atMost' | 'below'>

/**
 * Holds what was seen against all that a check expects: always that it went well (exit code 0, an HTTP status below 400,
 * or those that are named), and whatever else it names.
 */
export function holdAgainst({ url, expect }: Pick<Check, 'url' | 'expect'>, seen: Seen): [Met, ...Met[]] {
  const { text, regex, number, json } = expect
  return [
    url === undefined ? meetExit(expect.exitCode ?? [0], seen) : meetStatus(expect.httpStatus, seen),
    ...(text === undefined ? [] : [meetText(text, seen)]),
    ...(regex === undefined ? [] : [meetPattern(regex, seen)]),
    ...(number === undefined ? [] : [meetNumber(number, seen)]),
    ...(json === undefined ? [] : [meetField(json, seen)]),
  ]
}

function meetExit(expected: readonly number[], { exitCode }: Seen): Met {
  if (expected.includes(exitCode)) return { met: true, said: t`exit code ${exitCode}` }
  // As every shell has it; whatever a check looks for, it was not looked for.
  if (exitCode === 126 || exitCode === 127)
    return { met: null, said: t`the command could not be run (exit code ${exitCode})` }
  return { met: false, said: t`exit code ${exitCode}, not ${joinOr(expected.map(String))}` }
}

function meetStatus(expected: readonly number[] | undefined, { status, errors }: Seen): Met {
  if (status === null) return { met: false, said: errors === '' ? t`no answer` : t`no answer: ${firstLine(errors)}` }
  const isMet = expected ? expected.includes(status) : status < 400
  if (isMet) return { met: true, said: `HTTP ${status}` }
  return {
    met: false,
    said: expected ? t`HTTP ${status}, not ${joinOr(expected.map(String))}` : t`HTTP ${status}, not below 400`,
  }
}

function meetText(text: string, seen: Seen): Met {
  return found(seen.output.includes(text), `'${firstLine(text)}'`, seen)
}

function meetPattern(pattern: string, seen: Seen): Met {
  return found(RE2JS.compile(pattern, RE2JS.MULTILINE).matcher(seen.output).find(), `/${firstLine(pattern)}/`, seen)
}

/** What is not in the beginning of an output may still come. */
function found(isThere: boolean, what: string, { isWhole }: Seen): Met {
  if (isThere) return { met: true, said: t`${what} is in the output` }
  return isWhole
    ? { met: false, said: t`${what} is not in the output` }
    : { met: null, said: t`${what} is not in what was read of the output` }
}

function meetNumber({ from, equals, ...bounds }: NonNullable<Expectation['number']>, { output }: Seen): Met {
  // sample: 93, -0.5, 1e3
  const matcher = RE2JS.compile(from ?? '-?[0-9]+(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?', RE2JS.MULTILINE).matcher(output)
  const word = matcher.find() ? (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) : null
  const value = word?.trim() ? Number(word) : Number.NaN
  if (Number.isNaN(value))
    return {
      met: null,
      said: from === undefined ? t`no number is in the output` : t`no number is in the output by /${from}/`,
    }
  return meetAll(`${value}`, [...boundsOf(value, bounds), ...equalTo(value, equals)])
}

function meetField({ path, equals, regex, ...bounds }: NonNullable<Expectation['json']>, { output }: Seen): Met {
  const field = readField(output, path)
  if (field === 'not-json') return { met: null, said: t`the output is not JSON` }
  if (field === 'missing') return { met: false, said: t`the output has no '${path}'` }
  const { value } = field
  const shown = t`'${path}' is ${JSON.stringify(value).slice(0, 100)}`
  const hasBounds = Object.keys(bounds).length > 0
  if (hasBounds && typeof value !== 'number') return { met: false, said: t`${shown}, not a number` }
  const isLike =
    regex === undefined ||
    RE2JS.compile(regex)
      .matcher(typeof value === 'string' ? value : JSON.stringify(value))
      .find()
  return meetAll(shown, [
    ...(typeof value === 'number' ? boundsOf(value, bounds) : []),
    ...equalTo(value, equals),
    ...(isLike ? [] : [t`like /${regex}/`]),
  ])
}

/** What a number is not that it should be. */
function boundsOf(value: number, { above, atLeast, atMost, below }: Bounds): string[] {
  return [
    ...(above !== undefined && !(value > above) ? [t`above ${above}`] : []),
    ...(atLeast !== undefined && !(value >= atLeast) ? [t`at least ${atLeast}`] : []),
    ...(atMost !== undefined && !(value <= atMost) ? [t`at most ${atMost}`] : []),
    ...(below !== undefined && !(value < below) ? [t`below ${below}`] : []),
  ]
}

function equalTo(value: unknown, expected: unknown): string[] {
  return expected === undefined || value === expected ? [] : [JSON.stringify(expected)]
}

function meetAll(shown: string, missed: readonly string[]): Met {
  return missed.length === 0 ? { met: true, said: shown } : { met: false, said: t`${shown}, not ${joinBoth(missed)}` }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200)
}
