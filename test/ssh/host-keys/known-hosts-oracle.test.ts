import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { findKnownKeys, formatKnownName, parseKnownHosts } from '../../../src/ssh/host-keys/known-hosts.js'
import { makeFolder, makeKey } from '../../support/sshd.js'

const run = promisify(execFile)
let folder: string
const keys: string[] = []
beforeAll(async () => {
  folder = await makeFolder()
  for (const type of ['ed25519', 'ecdsa']) {
    const file = await makeKey(join(folder, type), { type })
    keys.push((await readFile(`${file}.pub`, 'utf8')).split(' ').slice(0, 2).join(' '))
  }
})

// Few names, made of few letters, so that names and patterns meet.
const address = fc.oneof(
  fc.stringMatching(/^[ab]{1,2}\.(ab|B)$/),
  fc.constantFrom('10.0.0.1', '10.0.0.11', '2001:db8::7', 'fe80::1'),
)
const port = fc.constantFrom(22, 2222, 2200)
const pattern = fc.oneof(
  fc.stringMatching(/^!?[ab*?]{1,3}\.?(ab|B|\*|\?b)$/),
  fc.stringMatching(/^!?\[[ab*?]{1,3}\.(ab|\*)\]:(2222|22\?\?|\*)$/),
  fc.tuple(address, port).map(([name, at]) => formatKnownName({ address: name, port: at })),
  fc.constantFrom('10.0.0.*', '!10.0.0.1', '2001:db8::*', '[2001:db8::7]:2222'),
)
const line = fc.record({
  marker: fc.constantFrom('', '', '', '@revoked ', '@cert-authority ', '  '),
  patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
  key: fc.nat(1),
  gap: fc.constantFrom(' ', '\t', '  '),
  end: fc.constantFrom('', ' a comment', '\r'),
})

/** The lines that ssh-keygen finds for a name. */
async function askKeygen(file: string, name: string): Promise<number[]> {
  const { stdout } = await run('ssh-keygen', ['-F', name, '-f', file]).catch(() => ({ stdout: '' }))
  // sample: # Host web1.example found: line 3 CA
  return [...stdout.matchAll(/found: line (\d+)/g)].map(([, number]) => Number(number))
}

test.each([
  ['plain', false],
  ['hashed', true],
])('finds in any %s file what ssh-keygen -F finds', async (form, isHashed) => {
  let found = 0
  const property = fc.asyncProperty(
    fc.array(line, { minLength: 1, maxLength: 12 }),
    fc.array(fc.tuple(address, port), { minLength: 3, maxLength: 3 }),
    async (lines, names) => {
      const file = join(folder, form)
      const text = lines.map(
        ({ marker, patterns, key, gap, end }) => `${marker}${patterns.join(',')}${gap}${keys[key]}${end}\n`,
      )
      await writeFile(file, text.join(''))
      if (isHashed) await run('ssh-keygen', ['-H', '-f', file])
      const parsed = parseKnownHosts(await readFile(file, 'utf8'), file)
      for (const [name, at] of names) {
        const known = formatKnownName({ address: name, port: at })
        const ours = findKnownKeys(parsed, known).map(({ place }) => place.line)
        expect(ours).toEqual(await askKeygen(file, known))
        found += ours.length
      }
    },
  )
  await fc.assert(property, { numRuns: 60 })
  // A test that compares nothing with nothing would say nothing.
  expect(found).toBeGreaterThan(20)
})
