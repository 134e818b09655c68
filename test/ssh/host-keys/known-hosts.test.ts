import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createKnownHosts,
  findKnownKeys,
  formatKnownName,
  parseKnownHosts,
} from '../../../src/ssh/host-keys/known-hosts.js'
import { makeFolder, makeKey } from '../../support/sshd.js'

const run = promisify(execFile)
let folder: string
const keys: Record<string, string> = {}
beforeAll(async () => {
  folder = await makeFolder()
  for (const type of ['ed25519', 'ecdsa', 'rsa']) {
    await makeKey(join(folder, type), { type, extra: type === 'rsa' ? ['-b', '2048'] : [] })
    keys[type] = (await readFile(join(folder, `${type}.pub`), 'utf8')).split(' ').slice(0, 2).join(' ')
  }
})

/** Every form that a line may have; the key types tell the lines apart. */
function writeLines(): string {
  return [
    '# a comment',
    '',
    `web1.example,10.0.0.1 ${keys.ed25519} a comment of two words`,
    `  web1.example\t${keys.rsa}`,
    `[web2.example]:2222 ${keys.ecdsa}`,
    `*.wild.example,!bad.wild.example ${keys.ed25519}`,
    `db?.example ${keys.rsa}`,
    `[*.port.example]:22?2 ${keys.ecdsa}`,
    `fe80::1,2001:db8::7 ${keys.ed25519}`,
    `[2001:db8::7]:2200 ${keys.rsa}`,
    `UPPER.example ${keys.rsa}`,
    `dots.x.example ${keys.ed25519}`,
    `dots-x-example ${keys.rsa}`,
    `@revoked web1.example ${keys.ecdsa}`,
    `@cert-authority *.ca.example ${keys.ed25519}`,
  ].join('\n')
}

const NAMES: [string, number][] = [
  ['web1.example', 22],
  ['WEB1.example', 22],
  ['10.0.0.1', 22],
  ['10.0.0.11', 22],
  ['web1.example', 2222],
  ['web2.example', 2222],
  ['web2.example', 22],
  ['a.wild.example', 22],
  ['a.b.wild.example', 22],
  ['bad.wild.example', 22],
  ['wild.example', 22],
  ['db1.example', 22],
  ['db12.example', 22],
  ['a.port.example', 2222],
  ['a.port.example', 22],
  ['fe80::1', 22],
  ['2001:db8::7', 22],
  ['2001:db8::7', 2200],
  ['upper.example', 22],
  ['dotsxx.example', 22],
  ['dots.x.example', 22],
  ['x.ca.example', 22],
  ['nobody.example', 22],
]

/** The types and lines that ssh-keygen finds for a name. */
async function askKeygen(file: string, name: string): Promise<string[]> {
  const { stdout } = await run('ssh-keygen', ['-F', name, '-f', file]).catch(() => ({ stdout: '' }))
  // sample: # Host web1.example found: line 3 CA
  return [...stdout.matchAll(/found: line (\d+)/g)].map(([, line]) => line ?? '').sort()
}

describe.each([
  ['plain', false],
  ['hashed by ssh-keygen -H', true],
])('a %s file', (_form, isHashed) => {
  let file: string
  beforeAll(async () => {
    file = join(folder, isHashed ? 'hashed' : 'plain')
    await writeFile(file, writeLines())
    if (isHashed) await run('ssh-keygen', ['-H', '-f', file])
  })

  test('holds hashed names only when it should', async () => {
    expect((await readFile(file, 'utf8')).includes('|1|')).toBe(isHashed)
  })

  test.each(NAMES)('finds for %s at port %i what ssh-keygen -F finds', async (address, port) => {
    const name = formatKnownName({ address, port })
    const found = findKnownKeys(parseKnownHosts(await readFile(file, 'utf8'), file), name)
    expect(found.map(({ place }) => String(place.line)).sort()).toEqual(await askKeygen(file, name))
  })
})

test('lines that are broken, or hold another key than they say, are left out', () => {
  const text = [
    'a.example',
    'a.example ssh-ed25519',
    'a.example ssh-ed25519 notbase64!',
    `a.example ssh-rsa ${keys.ed25519?.split(' ')[1]}`,
    `@unknown-marker a.example ${keys.rsa}`,
    `#a.example ${keys.rsa}`,
    `|1|salt a.example ${keys.rsa}`,
    `a.example ${keys.ecdsa}`,
  ].join('\n')
  expect(findKnownKeys(parseKnownHosts(text, 'f'), 'a.example').map(({ place }) => place.line)).toEqual([8])
})

test('a line tells its trust, its type, its bytes and where it stands', () => {
  const [key] = findKnownKeys(parseKnownHosts(`\n@revoked a.example ${keys.ed25519}\r\n`, '/etc/known'), 'a.example')
  expect(key).toMatchObject({ trust: 'revoked', type: 'ssh-ed25519', place: { file: '/etc/known', line: 2 } })
  expect(key?.blob.toString('base64')).toBe(keys.ed25519?.split(' ')[1])
})

test('off port 22 the name alone is looked up apart', async () => {
  const file = join(folder, 'ports')
  await writeFile(file, `a.example ${keys.rsa}\n[a.example]:2222 ${keys.ed25519}\n`)
  const known = createKnownHosts()
  const at2222 = await known.keysOf({ address: 'A.example', port: 2222, knownHostsFiles: [file] })
  expect(at2222.listed.map(({ type }) => type)).toEqual(['ssh-ed25519'])
  expect(at2222.bare.map(({ type }) => type)).toEqual(['ssh-rsa'])
  const at22 = await known.keysOf({ address: 'a.example', port: 22, knownHostsFiles: [file] })
  expect(at22.listed.map(({ type }) => type)).toEqual(['ssh-rsa'])
  expect(at22.bare).toEqual([])
})

test('a file is read once in a run', async () => {
  const file = join(folder, 'once')
  await writeFile(file, `a.example ${keys.rsa}\n`)
  const known = createKnownHosts()
  const endpoint = { address: 'a.example', port: 22, knownHostsFiles: [file] }
  await known.keysOf(endpoint)
  await writeFile(file, '')
  expect((await known.keysOf(endpoint)).listed).toHaveLength(1)
})

test('a missing file is empty, and one that cannot be read is named', async () => {
  const odd = join(folder, 'a-folder')
  await mkdir(odd)
  const knownHostsFiles = [join(folder, 'missing'), odd]
  const keysFound = await createKnownHosts().keysOf({ address: 'a', port: 22, knownHostsFiles })
  expect(keysFound).toEqual({ listed: [], bare: [], unread: [`${odd} (EISDIR)`] })
})
