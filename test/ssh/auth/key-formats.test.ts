import { execFile } from 'node:child_process'
import { appendFile, chmod, copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../../src/inventory/host.js'
import { loadCredentials } from '../../../src/ssh/auth/credentials.js'
import { readIdentityFile } from '../../../src/ssh/auth/identity-file.js'
import { wrapString } from '../../../src/ssh/key-blob.js'
import { makeFidoKey } from '../../support/fido-key.js'
import { reach } from '../../support/reach.js'
import { endpointOf, makeFolder, makeHost, makeKey, type Sshd, startSshd } from '../../support/sshd.js'

const run = promisify(execFile)
const passphrase = 'a b"c\'é'

let sshd: Sshd
let folder: string
let host: Host
beforeAll(async () => {
  sshd = await startSshd({ settings: ['AuthenticationMethods publickey'] })
  folder = await makeFolder()
  host = makeHost(endpointOf(sshd))
})
afterAll(() => sshd.stop())

let files = 0
const newFile = () => join(folder, `key${++files}`)

/** Lets a private key log in, its passphrase being that of all the tests. */
async function allow(file: string): Promise<Host> {
  const { stdout } = await run('ssh-keygen', ['-y', '-P', passphrase, '-f', file])
  return allowPublic(file, stdout)
}

async function allowPublic(file: string, line: string): Promise<Host> {
  await appendFile(join(sshd.folder, 'authorized_keys'), line)
  return { ...host, identityFiles: [file] }
}

const canLogIn = (to: Host) =>
  reach(to, async () => true, { sources: { env: {}, askPassphrase: async () => passphrase } })

const openssl = async (command = '', ...words: string[]) => {
  const file = newFile()
  await run('openssl', [command, '-out', file, ...words])
  await chmod(file, 0o600)
  return file
}

describe('a private key logs in', () => {
  const kinds = [['ed25519'], ['ecdsa'], ['ecdsa', '-b', '384'], ['ecdsa', '-b', '521'], ['rsa'], ['rsa', '-b', '2048']]
  const formats = [[], ['-m', 'PEM'], ['-m', 'PKCS8']]
  const matrix = kinds.flatMap(([type = '', ...extra]) =>
    formats.map((format) => [type, [...extra, ...format]] as const),
  )

  test.each(matrix)('of ssh-keygen: %s %j', async (type, extra) => {
    const file = await makeKey(newFile(), { type, extra: [...extra] })
    expect(await canLogIn(await allow(file))).toBe(true)
  })

  test.each(matrix)('of ssh-keygen, encrypted, without its .pub: %s %j', async (type, extra) => {
    const file = await makeKey(newFile(), { type, extra: [...extra], passphrase })
    await rm(`${file}.pub`)
    expect(await canLogIn(await allow(file))).toBe(true)
  })

  const aes = ['-aes-256-cbc', '-pass', `pass:${passphrase}`]
  test.each([
    ['PKCS#8, RSA', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
    ['PKCS#8, P-256', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['PKCS#8, encrypted', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', ...aes]],
    ['PKCS#1', ['genrsa', '-traditional', '2048']],
    ['PKCS#1, encrypted', ['genrsa', '-traditional', '-aes128', '-passout', `pass:${passphrase}`, '2048']],
    ['SEC1 behind its parameters', ['ecparam', '-name', 'secp384r1', '-genkey']],
  ])('of openssl: %s', async (_, words) => {
    expect(await canLogIn(await allow(await openssl(...words)))).toBe(true)
  })

  test('of openssl: PKCS#8, Ed25519, which ssh-keygen reads from OpenSSH 9.6 on', async () => {
    const file = await openssl('genpkey', '-algorithm', 'ED25519')
    const words = ['pkey', '-in', file, '-pubout', '-outform', 'DER']
    const { stdout } = await run('openssl', words, { encoding: 'buffer' })
    const blob = Buffer.concat(['ssh-ed25519', stdout.subarray(-32)].map(wrapString))
    expect(await canLogIn(await allowPublic(file, `ssh-ed25519 ${blob.toString('base64')}\n`))).toBe(true)
  })

  test.each([[[]], [['--new-passphrase', '/dev/stdin']]])('of PuTTY, version 2, RSA %j', async (extra) => {
    const source = await makeKey(newFile(), { type: 'rsa', extra: ['-m', 'PEM'] })
    const file = `${source}.ppk`
    await writeFile(`${source}.phrase`, 'correct\n')
    const words = extra.map((word) => (word === '/dev/stdin' ? `${source}.phrase` : word))
    await run('puttygen', [source, '-O', 'private', '--ppk-param', 'version=2', '-o', file, ...words])
    await chmod(file, 0o600)
    const to = { ...(await allow(source)), identityFiles: [file] }
    const sources = { env: {}, askPassphrase: async () => 'correct' }
    expect(await reach(to, async () => true, { sources })).toBe(true)
  })

  test.each([
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['line ends of old Macs', (text: string) => text.replaceAll('\n', '\r')],
    ['blanks at the ends of lines', (text: string) => text.replaceAll('\n', ' \t\n')],
    ['no last line feed', (text: string) => text.trimEnd()],
    ['a byte order mark and empty lines', (text: string) => `\ufeff\n\n${text}\n\n`],
    ['words around it', (text: string) => `Bag Attributes\n  name: x\n${text}That was it.\n`],
  ])('with %s', async (_, change) => {
    for (const format of formats) {
      const file = await makeKey(newFile(), { type: 'ecdsa', extra: format })
      const to = await allow(file)
      await writeFile(file, change(await readFile(file, 'utf8')))
      expect(await canLogIn(to)).toBe(true)
    }
  })
})

test('a passphrase is worked on while everything else goes on', async () => {
  const file = await makeKey(newFile(), { passphrase, extra: ['-a', '64'] })
  const { unlock } = await readIdentityFile(file, async () => passphrase)
  let turns = 0
  const ticking = setInterval(() => turns++, 5)
  await unlock()
  clearInterval(ticking)
  expect(turns).toBeGreaterThan(5)
})

describe('what cannot be used is named, with what would mend it:', () => {
  const complain = async (file: string) => {
    const error: unknown = await loadCredentials([{ ...host, identityFiles: [file] }], { env: {} }).catch((e) => e)
    return error instanceof Error && 'mend' in error ? { says: error.message, mend: error.mend } : error
  }
  const cannot = (because: string) => `the identity file cannot be used: ${because}`
  const renew = 'name a private key that OpenSSH made; ssh-keygen -t ed25519 makes one'

  test('a key that others may read', async () => {
    const file = await makeKey(newFile())
    await chmod(file, 0o644)
    const says = cannot('it may be read by others (its mode is 0644), and ssh ignores such a key')
    expect(await complain(file)).toEqual({ says, mend: `chmod 600 ${file}` })
  })

  test('a DSA key', async () => {
    const file = await makeKey(newFile(), { type: 'dsa' })
    const says = cannot('it is a DSA key, which SSH servers do not take any more')
    expect(await complain(file)).toEqual({ says, mend: 'ssh-keygen -t ed25519 makes a new one' })
  })

  test.each([
    ['dsa', ['dsaparam', '-genkey', '-noout', '2048']],
    ['secp256k1', ['ecparam', '-name', 'secp256k1', '-genkey', '-noout']],
    ['ed448', ['genpkey', '-algorithm', 'ED448']],
    ['x25519', ['genpkey', '-algorithm', 'X25519']],
    ['rsa-pss', ['genpkey', '-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048']],
  ])('a key of openssl of the type %s', async (type, words) => {
    const says = cannot(`it is a key of the type ${type}, which SSH servers do not take`)
    expect(await complain(await openssl(...words))).toEqual({ says, mend: renew })
  })

  test('a newer key of PuTTY', async () => {
    const source = await makeKey(newFile())
    const file = `${source}.ppk`
    await run('puttygen', [source, '-O', 'private', '-o', file])
    const says = cannot('it is a PuTTY key (ssh-ed25519, version 3), which is not read here')
    const mend = `puttygen ${file} -O private-openssh -o ${file}.openssh`
    expect(await complain(file)).toEqual({ says, mend })
  })

  test('a certificate in the place of a key', async () => {
    const [file, authority] = [await makeKey(newFile()), await makeKey(newFile())]
    await run('ssh-keygen', ['-q', '-s', authority, '-I', 'me', '-n', 'root', `${file}.pub`])
    const says = cannot('it is a certificate, not a private key')
    expect(await complain(`${file}-cert.pub`)).toEqual({ says, mend: 'name the private key that it belongs to' })
  })

  test('a key that is cut off', async () => {
    const file = await makeKey(newFile())
    const text = await readFile(file, 'utf8')
    await writeFile(
      file,
      text
        .split('\n')
        .filter((_, index) => index !== 2 && index !== 3)
        .join('\n'),
    )
    expect(await complain(file)).toEqual({
      says: cannot('it is a private key that cannot be read here (Malformed OpenSSH private key)'),
      mend: 'name a private key that OpenSSH made; ssh-keygen -p -f FILE rewrites an old one',
    })
  })

  test('a file without end', async () => {
    expect(await complain('/dev/zero')).toEqual({
      says: cannot('it is too large for a key'),
      mend: 'name the file of a private key; ssh-keygen -t ed25519 makes one',
    })
  })

  test('a private half that is not of the .pub beside it', async () => {
    const [file, other] = [await makeKey(newFile(), { passphrase }), await makeKey(newFile())]
    await copyFile(`${other}.pub`, `${file}.pub`)
    const { unlock } = await readIdentityFile(file, async () => passphrase)
    await expect(unlock()).rejects.toThrow(`its private half does not belong to ${file}.pub`)
  })

  test('a key in a FIDO device, of which this is the handle', async () => {
    const file = await makeFidoKey(newFile())
    const { keysFor } = await loadCredentials([{ ...host, identityFiles: [file] }], { env: {} })
    expect(await keysFor({ identityFiles: [file] })).toMatchObject({
      keys: [],
      needsOpenssh: `${file} is a FIDO key`,
      skipped: [
        {
          source: file,
          because: "it is a FIDO key (sk-ssh-ed25519@openssh.com), which only the system's ssh can use",
          mend: "let the system's ssh log in: --transport openssh",
        },
      ],
    })
  })
})
