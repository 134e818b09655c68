import { describe, expect, it } from 'vitest'
import { holdAgainst } from '../../src/checks/expect.js'
import { makeChecks } from '../support/run-checks.js'

interface Looked {
  exitCode?: number
  isWhole?: boolean
}

/** What is said of an output, the ending apart. */
function meet(expectation: Record<string, unknown>, output: string, { exitCode = 0, isWhole = true }: Looked = {}) {
  const [check] = makeChecks({ name: 'a', command: 'b', expect: expectation })
  if (!check) throw new Error('no check')
  const [, ...others] = holdAgainst(check, { exitCode, output, isWhole, errors: '', status: null })
  return others.map(({ met, said }) => [met, said])
}

describe('a text', () => {
  it('is in the output as it is written', () => {
    expect(meet({ text: 'a.c' }, 'xa.cx')).toEqual([[true, "'a.c' is in the output"]])
    expect(meet({ text: 'a.c' }, 'abc')).toEqual([[false, "'a.c' is not in the output"]])
  })
})

describe('a regular expression', () => {
  it('matches anywhere, and its anchors at any line', () => {
    expect(meet({ regex: '^state: up$' }, 'x\nstate: up\ny')).toEqual([[true, '/^state: up$/ is in the output']])
    expect(meet({ regex: '^up' }, 'state: up')).toEqual([[false, '/^up/ is not in the output']])
  })

  it('takes no longer for an output that was made to hold it up', () => {
    expect(meet({ regex: '^(a+)+$' }, `${'a'.repeat(100_000)}b`)).toEqual([[false, '/^(a+)+$/ is not in the output']])
  })
})

describe('what is not in the beginning of an output', () => {
  it.each([{ text: 'x' }, { regex: 'x' }])('may still come: %o', (expectation) => {
    expect(meet(expectation, 'abc', { isWhole: false }).map(([met]) => met)).toEqual([null])
    expect(meet(expectation, 'abcx', { isWhole: false }).map(([met]) => met)).toEqual([true])
  })
})

describe('a number', () => {
  it.each([
    [{ below: 90 }, '89', true, '89'],
    [{ below: 90 }, '90', false, '90, not below 90'],
    [{ above: 1 }, '1', false, '1, not above 1'],
    [{ atLeast: 1, atMost: 1 }, '1', true, '1'],
    [{ atLeast: 2 }, '1', false, '1, not at least 2'],
    [{ atMost: -1.5 }, 'at -0.5 degrees', false, '-0.5, not at most -1.5'],
    [{ equals: 0 }, 'none: 0', true, '0'],
    [{ equals: 0 }, '7', false, '7, not 0'],
    [{ above: 5, below: 3 }, '4', false, '4, not above 5 and below 3'],
  ])('%o in %j', (number, output, met, said) => {
    expect(meet({ number }, output)).toEqual([[met, said]])
  })

  it('is the first one, or what the group of a pattern finds', () => {
    const output = '/dev/sda1 1000 930 70 93% /'
    expect(meet({ number: { below: 90, from: '([0-9]+)%' } }, output)).toEqual([[false, '93, not below 90']])
    expect(meet({ number: { below: 90, from: '[0-9]{4}' } }, output)).toEqual([[false, '1000, not below 90']])
    expect(meet({ number: { equals: 1 } }, output)).toEqual([[true, '1']])
  })

  it('that is not there is not known', () => {
    expect(meet({ number: { below: 90 } }, 'n/a')).toEqual([[null, 'no number is in the output']])
    expect(meet({ number: { below: 90, from: '(.*)%' } }, 'n/a%')).toEqual([
      [null, 'no number is in the output by /(.*)%/'],
    ])
    expect(meet({ number: { below: 90, from: '()%' } }, '%')).toEqual([[null, 'no number is in the output by /()%/']])
  })
})

describe('a field of JSON', () => {
  const output = '{"state":"up","jobs":{"list":[3,17]},"none":null,"ok":true,"a":{"b":1}}'

  it.each([
    [{ path: 'state' }, true, `'state' is "up"`],
    [{ path: 'state', equals: 'up' }, true, `'state' is "up"`],
    [{ path: 'state', equals: 'down' }, false, `'state' is "up", not "down"`],
    [{ path: 'state', regex: '^(?:up|starting)$' }, true, `'state' is "up"`],
    [{ path: 'state', regex: '^d' }, false, `'state' is "up", not like /^d/`],
    [{ path: 'jobs.list.1', below: 10 }, false, `'jobs.list.1' is 17, not below 10`],
    [{ path: 'jobs.list.0', above: 2, atMost: 3 }, true, `'jobs.list.0' is 3`],
    [{ path: 'jobs.list.0', equals: '3' }, false, `'jobs.list.0' is 3, not "3"`],
    [{ path: 'state', above: 1 }, false, `'state' is "up", not a number`],
    [{ path: 'none', equals: null }, true, `'none' is null`],
    [{ path: 'ok', equals: true }, true, `'ok' is true`],
    [{ path: 'jobs.list.2' }, false, `the output has no 'jobs.list.2'`],
    [{ path: 'jobs.list.length' }, true, `'jobs.list.length' is 2`],
    [{ path: '__proto__.x' }, false, `the output has no '__proto__.x'`],
    [{ path: 'state.constructor' }, false, `the output has no 'state.constructor'`],
  ])('%o', (json, met, said) => {
    expect(meet({ json }, output)).toEqual([[met, said]])
  })

  it('of what is no JSON is not known', () => {
    expect(meet({ json: { path: 'a' } }, '<html>')).toEqual([[null, 'the output is not JSON']])
    expect(meet({ json: { path: 'a' } }, '{"a":1', { isWhole: false })).toEqual([[null, 'the output is not JSON']])
  })
})

it('several things are each held against what was seen', () => {
  expect(meet({ text: 'up', regex: 'x', number: { above: 1 } }, 'up 2')).toEqual([
    [true, "'up' is in the output"],
    [false, '/x/ is not in the output'],
    [true, '2'],
  ])
})
