import { execFile } from 'node:child_process'
import { appendFile, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderHostKeyAlgorithms } from '../../../src/ssh/host-keys/host-key.js'
import { failToReach, reach } from '../../support/reach.js'
import { endpointOf, makeFolder, makeHost, makeKey, readFingerprint, type Sshd, startSshd } from '../../support/sshd.js'

let sshd: Sshd
let folder: string
let hop: string
beforeAll(async () => {
  sshd = await startSshd()
  folder = await makeFolder()
  hop = `${endpointOf(sshd).user}@127.0.0.1:${sshd.port}`
})
afterAll(() => sshd.stop())

let files = 0
/** The host with a known_hosts file of these lines alone. */
async function hostKnowing(...lines: string[]) {
  const file = join(folder, `known ${++files}`)
  await writeFile(file, lines.map((line) => `${line.trim()}\n`).join(''))
  return { file, host: makeHost({ ...endpointOf(sshd), knownHostsFiles: [file] }) }
}

const named = (key: string) => `[127.0.0.1]:${sshd.port} ${key}`
const ok = async () => 'reached'

test.each(['ed25519', 'ecdsa', 'rsa'] as const)(
  'a server whose %s key alone is known is asked for that one',
  async (type) => {
    const { host } = await hostKnowing(named(await sshd.hostKey(type)))
    expect(await reach(host, ok)).toBe('reached')
  },
)

test('one of several known keys is enough', async () => {
  const old = await readFile(`${await makeKey(join(folder, 'old'))}.pub`, 'utf8')
  const { host } = await hostKnowing(named(old), named(await sshd.hostKey('ed25519')))
  expect(await reach(host, ok)).toBe('reached')
})

test('a key that is known under the address alone is accepted, as OpenSSH does', async () => {
  const { host } = await hostKnowing(`127.0.0.1 ${await sshd.hostKey('ed25519')}`)
  expect(await reach(host, ok)).toBe('reached')
})

test('another key under the address alone makes it unknown, not changed', async () => {
  const other = await readFile(`${await makeKey(join(folder, 'other'))}.pub`, 'utf8')
  const { host } = await hostKnowing(`127.0.0.1 ${other}`)
  expect((await failToReach(host)).reason).toBe('host-key-unknown')
})

test('an unknown key is refused, with its fingerprint and the command that accepts it', async () => {
  const { host, file } = await hostKnowing()
  const failure = await failToReach(host)
  const print = await readFingerprint(join(sshd.folder, 'host_ed25519.pub'))
  expect(failure).toMatchObject({ reason: 'host-key-unknown', phase: 'host-key', hop })
  expect(failure.message).toBe(`${hop} shows the ssh-ed25519 key ${print}, which is not known yet`)
  expect(failure.mend).toBe(
    `compare the fingerprint, then: ssh-keyscan -p ${sshd.port} -t ed25519 127.0.0.1 >> '${file}'`,
  )
})

test.each([false, true])(
  'the command that it names does accept the key (HashKnownHosts: %s)',
  async (hashKnownHosts) => {
    const { host: plain, file } = await hostKnowing()
    const host = { ...plain, hashKnownHosts }
    const command = (await failToReach(host)).mend?.split('then: ')[1] ?? 'false'
    await promisify(execFile)('/bin/sh', ['-c', command])
    expect(/^\|1\|/m.test(await readFile(file, 'utf8'))).toBe(hashKnownHosts)
    expect(await reach(host, ok)).toBe('reached')
  },
)

test('a changed key is refused, with the line that it contradicts', async () => {
  const old = await readFile(`${await makeKey(join(folder, 'changed'))}.pub`, 'utf8')
  const { host, file } = await hostKnowing('# first', named(old))
  const failure = await failToReach(host)
  const print = await readFingerprint(join(sshd.folder, 'host_ed25519.pub'))
  expect(failure).toMatchObject({ reason: 'host-key-changed', phase: 'host-key', hop })
  expect(failure.message).toBe(
    `${hop} shows the ssh-ed25519 key ${print}, but another key of that type is known in ${file}:2`,
  )
  expect(failure.mend).toBe(`only if the server was set up anew: ssh-keygen -R '[127.0.0.1]:${sshd.port}' -f '${file}'`)
})

test('a revoked key is refused even where it is also known', async () => {
  const key = await sshd.hostKey('ed25519')
  const { host, file } = await hostKnowing(named(key), `@revoked * ${key}`, `@revoked [127.0.0.1]:* ${key}`)
  const failure = await failToReach(host)
  const print = await readFingerprint(join(sshd.folder, 'host_ed25519.pub'))
  expect(failure).toMatchObject({ reason: 'host-key-changed', phase: 'host-key' })
  expect(failure.message).toBe(`${hop} shows the ssh-ed25519 key ${print}, which is revoked in ${file}:2`)
})

test('a certificate authority does not vouch for a host, and the failure says so', async () => {
  const { host, file } = await hostKnowing(`@cert-authority [127.0.0.1]:* ${await sshd.hostKey('ed25519')}`)
  const failure = await failToReach(host)
  expect(failure.reason).toBe('host-key-unknown')
  expect(failure.message).toContain(
    `which is not known yet (the certificate authority in ${file}:1 is not used: host certificates are not supported)`,
  )
})

test('a server that lost the known type is unknown, and the old key is named', async () => {
  const bare = await startSshd({ hostKeys: ['rsa'] })
  const file = join(folder, 'lost')
  await copyFile(sshd.knownHostsFile, file)
  await appendFile(file, `[127.0.0.1]:${bare.port} ${await sshd.hostKey('ed25519')}`)
  const failure = await failToReach(makeHost({ ...endpointOf(bare), knownHostsFiles: [file] }))
  await bare.stop()
  expect(failure.reason).toBe('host-key-unknown')
  expect(failure.message).toContain(`which is not known yet (a ssh-ed25519 key is known in ${file}:4)`)
  expect(failure.mend).toContain(`ssh-keyscan -p ${bare.port} -t rsa 127.0.0.1 >> `)
})

test('the algorithms of known keys are offered first, RSA by its better signatures', async () => {
  const key = { trust: 'trusted', type: 'ssh-rsa', place: { file: 'f', line: 1 }, blob: Buffer.alloc(0) } as const
  const none = { listed: [], bare: [], unread: [] }
  expect(orderHostKeyAlgorithms({ ...none, listed: [key] }).slice(0, 4)).toEqual([
    'rsa-sha2-512',
    'rsa-sha2-256',
    'ssh-rsa',
    'ssh-ed25519',
  ])
  expect(orderHostKeyAlgorithms({ ...none, bare: [key] })[0]).toBe('rsa-sha2-512')
  expect(orderHostKeyAlgorithms(none)[0]).toBe('ssh-ed25519')
})
