import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { UserError } from '../../../src/errors.js'
import { type AnsibleAnswer, askAnsible } from '../../support/ansible.js'
import { makeFolder } from '../../support/sshd.js'
import { iniText, varsText, yamlText } from './generate.js'
import { readHere } from './read-here.js'

/* Generated inventories: what fleetdx makes of them is what Ansible makes of them. */

it('reads INI as Ansible does, and refuses what it refuses', async () => {
  const folder = await makeFolder()
  const paths = fc.sample(iniText, 400).map((text, index) => write(join(folder, String(index), 'hosts.ini'), text))
  await compare(await Promise.all(paths), { ANSIBLE_INVENTORY_ENABLED: 'ini' })
})

it('reads YAML as Ansible does', async () => {
  const folder = await makeFolder()
  const paths = fc.sample(yamlText, 120).map((text, index) => write(join(folder, String(index), 'hosts.yml'), text))
  await compare(await Promise.all(paths), { ANSIBLE_INVENTORY_ENABLED: 'yaml' })
})

it('reads folders of several sources, with their variables, as Ansible does', async () => {
  const names = ['10_web', '20.yml', 'aa.yaml', 'hosts', 'x.bak', 'y.ini', '.z', 'sub/hosts', 'n~', 'notes.txt']
  const owners = ['all', 'ungrouped', 'g1', 'g3', 'top', 'h1', 'web1', '10.0.0.1']
  const places = [
    '',
    '.yml',
    '.yaml',
    '.json',
    '/main.yml',
    '/b',
    '/deep/c.json',
    '/.hidden.yml',
    '/x.txt',
    '/old.yml~',
  ]
  const source = fc.tuple(fc.constantFrom(...names), fc.oneof(iniText, yamlText))
  const vars = fc.tuple(
    fc.constantFrom('group_vars', 'host_vars'),
    fc.constantFrom(...owners),
    fc.constantFrom(...places),
  )
  const sources = fc.uniqueArray(source, { minLength: 1, maxLength: 3, selector: ([name]) => name })
  const files = fc.array(fc.tuple(vars, varsText), { maxLength: 6 })
  const folder = await makeFolder()
  const inventories = fc.sample(fc.tuple(sources, files), 150).map(async ([written, given], index) => {
    const base = join(folder, String(index))
    for (const [name, text] of written) await write(join(base, name), text)
    // A folder and a file cannot have one name.
    for (const [parts, text] of given) await write(join(base, parts[0], parts.slice(1).join('')), text).catch(() => {})
    return base
  })
  await compare(await Promise.all(inventories))
})

async function write(file: string, text: string, mode?: number): Promise<string> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  if (mode !== undefined) await chmod(file, mode)
  return file
}

async function compare(paths: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const answers = await askAnsible(paths, env)
  const pairs = await Promise.all(
    answers.map(async (answer, index) => {
      const path = paths[index] ?? ''
      return { path, here: await show(path), ansible: showAnswer(answer) }
    }),
  )
  expect(pairs.filter(({ here, ansible }) => !isDeepStrictEqual(here, ansible)).slice(0, 3)).toEqual([])
  // So that it is no comparison of refusals.
  expect(pairs.filter(({ ansible }) => ansible !== REFUSED).length).toBeGreaterThan(paths.length / 4)
}

/** Or without a host, which is refused later. */
const REFUSED = 'refused'

interface Shown {
  hosts: Record<string, Record<string, string>>
  groups: Record<string, string[]>
  groupsOf: Record<string, string[]>
}

async function show(path: string): Promise<Shown | typeof REFUSED> {
  try {
    const { hosts, groups } = await readHere(path)
    if (hosts.size === 0) return REFUSED
    const valuesOf = (variables: Map<string, { value: unknown }>) =>
      mapValues(Object.fromEntries(variables), ({ value }) => showValue(value))
    return {
      hosts: mapValues(Object.fromEntries(hosts), ({ variables }) => valuesOf(variables)),
      groups: mapValues(Object.fromEntries(groups), (members) => [...members].sort()),
      groupsOf: mapValues(Object.fromEntries(hosts), (host) => host.groups),
    }
  } catch (error) {
    if (error instanceof UserError) return REFUSED
    throw error
  }
}

function showAnswer(answer: AnsibleAnswer): Shown | typeof REFUSED {
  if ('error' in answer || Object.keys(answer.hosts).length === 0) return REFUSED
  const { all: _, ...groups } = answer.groups
  return {
    hosts: mapValues(answer.hosts, (variables) => mapValues(variables, showValue)),
    groups: mapValues(groups, (members) => [...members].sort()),
    groupsOf: mapValues(answer.groupsOf, (names) => names.filter((name) => name !== 'all')),
  }
}

function mapValues<Value, Result>(
  values: Record<string, Value>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]))
}

/** Only plain values make a connection. */
function showValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'no plain value'
  return String(value).startsWith('$ANSIBLE_VAULT') ? 'encrypted' : String(value)
}
