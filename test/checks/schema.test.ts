import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatPlace, UserError, UserErrors } from '../../src/errors.js'
import { savedCheckSchema } from '../../src/inventory/check-schema.js'
import { chooseHosts } from '../../src/inventory/choose.js'
import { parseInventory } from '../../src/inventory/load.js'
import { makeChecks } from '../support/run-checks.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-'))
  mkdirSync(join(folder, 'checks'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

const choose = (options: { targets?: string[]; checks?: string; local?: boolean } = {}) =>
  chooseHosts({
    targets: [],
    overrides: {},
    env: { HOME: folder },
    cwd: folder,
    stdin: Readable.from(['']),
    ...options,
  })

/** Each host with its checks, as `name: what runs`. */
const chosen = async (options?: Parameters<typeof choose>[0]) =>
  Object.fromEntries(
    (await choose(options)).hosts.map(({ name, checks = [] }) => [
      name,
      checks.map(({ name, command, url, nagios }) => `${name}: ${command ?? url ?? nagios}`),
    ]),
  )

async function mistakesOf(run: () => unknown): Promise<string[]> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return (error instanceof UserErrors ? error.mistakes : [error]).map(({ message, mend, place }) =>
      [`${place ? formatPlace(place).replace(`${folder}/`, '') : ''}: ${message}`, ...(mend ? [mend] : [])].join(' | '),
    )
  }
  return []
}

describe('the checks of a host', () => {
  it('add up from the folder to its own entry, and the nearest of one name counts', async () => {
    write(
      'inventory.yaml',
      `
defaults: { checks: [{ name: a, command: default }, { name: b, command: default }] }
groups:
  web: { hosts: [web01], checks: [{ name: b, command: group }, { name: c, url: 'http://group/' }] }
hosts:
  web01: { checks: [{ name: c, command: host }] }
  db01:
`,
    )
    write('checks/one.yaml', 'checks: [{ name: z, nagios: folder }, { name: a, command: folder }]')
    expect(await chosen()).toEqual({
      web01: ['z: folder', 'a: default', 'b: group', 'c: host'],
      db01: ['z: folder', 'a: default', 'b: default'],
    })
  })

  it('may come from a folder alone', async () => {
    write('checks/one.yml', 'checks: [{ name: z, command: folder }]')
    write('checks/_rest.yaml', 'nonsense: true')
    write('checks/README.md', 'nonsense')
    expect(await chosen({ targets: ['ops@web01'], checks: 'checks' })).toEqual({ 'ops@web01': ['z: folder'] })
    expect(Object.values(await chosen({ local: true, checks: 'checks' }))).toEqual([['z: folder']])
    expect(await chosen({ targets: ['ops@web01'] })).toEqual({ 'ops@web01': [] })
  })

  it('are read with their defaults, and durations as milliseconds', () => {
    const [check] = makeChecks({ name: 'a', command: 'true', timeout: '2s', expect: { exitCode: 3 } })
    expect(check).toEqual({
      name: 'a',
      command: 'true',
      sudo: false,
      timeout: 2000,
      expect: { exitCode: [3] },
      severity: 'risk',
      remedy: [],
    })
    expect(savedCheckSchema.parse(JSON.parse(JSON.stringify(check)))).toEqual(check)
  })
})

describe('a mistake in a check', () => {
  const inventory = (check: string) => () =>
    parseInventory(`hosts:\n  a:\n    checks:\n      - ${check}\n`, 'inventory.yaml', '/')

  it.each([
    ['no way to look', '{ name: a }', "4:9: 'command' is missing | a check has one of 'command', 'url' and 'nagios'"],
    [
      'two ways to look',
      '{ name: a, command: x, url: http://x/ }',
      `4:37: 'url' must be left out, not the text "http://x/" | a check has only one of 'command' and 'url'`,
    ],
    [
      'a name that is none',
      '{ name: Disk_1, command: x }',
      `4:17: 'name' must be lower-case letters, digits and '-', such as disk-space, not the text "Disk_1"`,
    ],
    ['an unknown key', '{ name: a, comand: x, command: y }', "4:20: unknown key 'comand' | did you mean 'command'?"],
    [
      'an unknown expectation',
      '{ name: a, command: x, expect: { txt: y } }',
      "4:42: unknown key 'txt' | did you mean 'text'?",
    ],
    [
      'a pattern that is none',
      "{ name: a, command: x, expect: { regex: '(?=a)' } }",
      `4:49: 'regex' must be a regular expression as RE2 knows them, not the text "(?=a)" | look-around and back references are not among them`,
    ],
    [
      'a bound that is no number',
      '{ name: a, command: x, expect: { number: { below: "90" } } }',
      `4:59: 'below' must be a number, not the text "90" | write it without quotes: 90`,
    ],
    [
      'a status of a command',
      '{ name: a, command: x, expect: { httpStatus: 200 } }',
      "4:54: 'httpStatus' must be left out, not a list | only what 'url' asks has an HTTP status",
    ],
    [
      'an expectation of a plugin',
      '{ name: a, nagios: x, expect: { text: y } }',
      "4:39: 'expect' must be left out, not a mapping | a Nagios plugin itself says how it is",
    ],
    [
      'a severity',
      '{ name: a, command: x, severity: bad }',
      `4:42: 'severity' must be risk or outage, not the text "bad"`,
    ],
    [
      'a timeout',
      '{ name: a, command: x, timeout: soon }',
      `4:41: 'timeout' must be a duration from 1ms to 24h, not the text "soon" | write 10s, 500ms or 2m, or a plain number of seconds`,
    ],
    [
      'a step without a word on its risk',
      '{ name: a, command: x, remedy: [{ command: y }] }',
      "4:41: 'note' is missing | give what the step does, and what it risks",
    ],
    [
      'a list that is none',
      'x\n    checks: { name: a }',
      "5:5: 'checks' stands twice, first on line 3 | keep one, or join the two",
    ],
  ])('is told with its place: %s', async (_, check, told) => {
    expect(await mistakesOf(inventory(check))).toEqual([`inventory.yaml:${told}`])
  })

  it('is told where a name stands twice on one level', async () => {
    expect(await mistakesOf(inventory('{ name: a, command: x }\n      - { name: a, command: y }'))).toEqual([
      `inventory.yaml:5:17: 'name' must be a name that no other check has, not the text "a"`,
    ])
  })

  it('is told in the files of a folder', async () => {
    write('inventory.yaml', 'hosts: { web01: }')
    write('checks/one.yaml', 'checks: [{ name: a, command: x }]')
    write('checks/two.yaml', 'checks:\n  - { name: a, command: y }')
    expect(await mistakesOf(choose)).toEqual([
      `checks/two.yaml:2:13: a check 'a' stands in ${folder}/checks/one.yaml too | rename one`,
    ])
    write('checks/one.yaml', '- name: a')
    expect(await mistakesOf(choose)).toEqual([
      "checks/one.yaml:1:1: the file must be a mapping with the key 'checks', not a list",
    ])
  })

  it('is told where there is no such folder', async () => {
    expect(await mistakesOf(() => choose({ targets: ['ops@a'], checks: 'nowhere' }))).toEqual([
      'nowhere: there is no folder of checks here | name a folder with files such as disk.yaml or queue.ts',
    ])
  })
})
