import { execFile } from 'node:child_process'
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HostKeyPolicy } from '../../../src/inventory/host.js'
import { loadCredentials } from '../../../src/ssh/auth/credentials.js'
import { connect, shareConnections } from '../../../src/ssh/connect.js'
import { startTcpServer } from '../../support/odd-servers.js'
import { failToReach, reach } from '../../support/reach.js'
import { endpointOf, makeFolder, makeHost, makeKey, readFingerprint, type Sshd, startSshd } from '../../support/sshd.js'

const run = promisify(execFile)
let sshd: Sshd
let folder: string
let name: string
let hop: string
beforeAll(async () => {
  sshd = await startSshd()
  folder = await makeFolder()
  name = `[127.0.0.1]:${sshd.port}`
  hop = `${endpointOf(sshd).user}@127.0.0.1:${sshd.port}`
})
afterAll(() => sshd.stop())

let files = 0
const newFile = () => join(folder, `known ${++files}`)
const hostWith = (file: string, hostKeys: HostKeyPolicy) =>
  makeHost({ ...endpointOf(sshd), knownHostsFiles: [file], hostKeys })
const ok = async () => 'reached'
const bytesOf = (key: string) => key.split(' ').slice(0, 2).join(' ')

/** Connects to the hosts at once, and tells how each went and which keys were taken. */
async function reachAll(hosts: ReturnType<typeof makeHost>[]) {
  const shared = shareConnections(await loadCredentials(hosts, { env: {} }))
  const outcomes = await Promise.all(
    hosts.map((host) =>
      connect(host, { shared, signal: new AbortController().signal }).then(
        (session) => session.close() ?? 'reached',
        ({ reason }) => reason,
      ),
    ),
  )
  shared.close()
  return { outcomes, taken: shared.hostKeyVerifier.taken() }
}

test('accept-new stores the key of a new host, for the owner of the file only, and ssh-keygen finds it', async () => {
  const file = join(folder, 'new', '.ssh', 'known_hosts')
  const { outcomes, taken } = await reachAll([hostWith(file, 'accept-new')])
  expect(outcomes).toEqual(['reached'])
  expect(await readFile(file, 'utf8')).toBe(`${name} ${bytesOf(await sshd.hostKey('ed25519'))}\n`)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'new', '.ssh'))).mode & 0o777).toBe(0o700)
  expect((await run('ssh-keygen', ['-F', name, '-f', file])).stdout).toContain('found: line 1')
  const fingerprint = await readFingerprint(join(sshd.folder, 'host_ed25519.pub'))
  expect(taken).toEqual([{ name, type: 'ssh-ed25519', fingerprint, file }])
  expect(await reach(hostWith(file, 'strict'), ok)).toBe('reached')
})

test('with HashKnownHosts the name is hashed, as OpenSSH does', async () => {
  const file = newFile()
  const host = { ...hostWith(file, 'accept-new'), hashKnownHosts: true }
  const { outcomes, taken } = await reachAll([host, host])
  expect(outcomes).toEqual(['reached', 'reached'])
  expect(taken.map((key) => key.name)).toEqual([name])
  expect((await readFile(file, 'utf8')).split(' ')).toEqual([
    expect.stringMatching(/^\|1\|[\w+/]{27}=\|[\w+/]{27}=$/),
    ...`${bytesOf(await sshd.hostKey('ed25519'))}\n`.split(' '),
  ])
  expect((await run('ssh-keygen', ['-F', name, '-f', file])).stdout).toContain('found: line 1')
  expect(await reach(hostWith(file, 'strict'), ok)).toBe('reached')
})

test('many connections at once store a key once', async () => {
  const file = newFile()
  const { outcomes, taken } = await reachAll(Array.from({ length: 20 }, () => hostWith(file, 'accept-new')))
  expect(new Set(outcomes)).toEqual(new Set(['reached']))
  expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(2)
  expect(taken).toHaveLength(1)
})

test('a file without a last line feed stays whole, and so does a link to it', async () => {
  const file = newFile()
  const link = newFile()
  const other = `other.example ${bytesOf(await sshd.hostKey('rsa'))}`
  await writeFile(file, other)
  await symlink(file, link)
  expect(await reach(hostWith(link, 'accept-new'), ok)).toBe('reached')
  expect(await readFile(file, 'utf8')).toBe(`${other}\n${name} ${bytesOf(await sshd.hostKey('ed25519'))}\n`)
})

test.each(['accept-new', 'off'] as const)('%s refuses a key that changed or is revoked', async (policy) => {
  const old = await readFile(`${await makeKey(newFile())}.pub`, 'utf8')
  const changed = newFile()
  await writeFile(changed, `${name} ${old}`)
  expect((await failToReach(hostWith(changed, policy))).reason).toBe('host-key-changed')
  const revoked = newFile()
  await writeFile(revoked, `@revoked * ${await sshd.hostKey('ed25519')}`)
  expect((await failToReach(hostWith(revoked, policy))).message).toContain(`which is revoked in ${revoked}:1`)
})

test.each(['accept-new', 'off'] as const)('%s refuses a known host that shows another type of key', async (policy) => {
  const bare = await startSshd({ hostKeys: ['rsa'] })
  const file = newFile()
  const text = `[127.0.0.1]:${bare.port} ${await sshd.hostKey('ed25519')}`
  await writeFile(file, text)
  const failure = await failToReach(makeHost({ ...endpointOf(bare), knownHostsFiles: [file], hostKeys: policy }))
  await bare.stop()
  expect(failure.message).toContain(`which is not known yet (a ssh-ed25519 key is known in ${file}:1)`)
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('of two servers under one name the second one is refused', async () => {
  const other = await startSshd({ hostKeys: ['ed25519'] })
  const file = newFile()
  const one = { ...hostWith(file, 'accept-new'), hostKeyAlias: 'shop' }
  const two = { ...one, port: other.port, identityFiles: [other.identityFile] }
  const { outcomes, taken } = await reachAll([one, two])
  await other.stop()
  expect(outcomes.sort()).toEqual(['host-key-changed', 'reached'])
  expect(await readFile(file, 'utf8')).toMatch(/^shop ssh-ed25519 \S+\n$/)
  expect(taken.map((key) => key.name)).toEqual(['shop'])
})

test('off trusts a new host, stores nothing, and tells it', async () => {
  const file = newFile()
  const { outcomes, taken } = await reachAll([hostWith(file, 'off'), hostWith(file, 'off')])
  expect(outcomes).toEqual(['reached', 'reached'])
  await expect(stat(file)).rejects.toThrow('ENOENT')
  expect(taken).toEqual([{ name, type: 'ssh-ed25519', fingerprint: expect.stringMatching(/^SHA256:/), file: null }])
})

test('a key that cannot be stored is not trusted', async () => {
  const failure = await failToReach(hostWith('/proc/version', 'accept-new'))
  expect(failure).toMatchObject({ reason: 'host-key-unknown', phase: 'host-key', hop })
  expect(failure.message).toBe(
    `${hop} shows a new host key, which cannot be stored in /proc/version: EIO: i/o error, write`,
  )
  expect(failure.mend).toBe('name a file that can be written to with --known-hosts')
})

test('as long as a file of known hosts cannot be read, no host is new', async () => {
  const odd = newFile()
  await mkdir(odd)
  const file = newFile()
  const host = { ...hostWith(file, 'accept-new'), knownHostsFiles: [file, odd] }
  expect((await failToReach(host)).message).toContain(`which is not known yet (not read: ${odd} (EISDIR))`)
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

test('a server that cannot prove that a key is its own leaves nothing behind', async () => {
  const liar = await startTcpServer((socket) => {
    const real = connectTcp(sshd.port, '127.0.0.1').on('error', () => {})
    socket.on('data', (piece) => real.write(piece)).once('close', () => real.destroy())
    real.on('data', (piece) => socket.write(spoilSignature(piece))).once('close', () => socket.destroy())
  })
  const file = newFile()
  const failure = await failToReach(makeHost({ ...hostWith(file, 'accept-new'), port: liar.port }))
  await liar.stop()
  expect(failure).toMatchObject({ reason: 'protocol', phase: 'handshake' })
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

/** Turns a bit of the signature over the key exchange: after the name of its kind come its length, 64, and its bytes. */
function spoilSignature(piece: Buffer): Buffer {
  const mark = Buffer.from('ssh-ed25519\0\0\0\x40')
  const at = piece.lastIndexOf(mark)
  if (at >= 0) piece.writeUInt8((piece[at + mark.length] ?? 0) ^ 1, at + mark.length)
  return piece
}

test('each server on the way is taken under its own name', async () => {
  const inner = await startSshd({ hostKeys: ['ed25519'] })
  const file = newFile()
  const trust = { knownHostsFiles: [file], hostKeys: 'accept-new' as const }
  const host = makeHost({ ...endpointOf(inner), ...trust, jump: { ...endpointOf(sshd), ...trust } })
  const { outcomes, taken } = await reachAll([host])
  await inner.stop()
  expect(outcomes).toEqual(['reached'])
  expect(taken.map((key) => key.name)).toEqual([name, `[127.0.0.1]:${inner.port}`])
})
