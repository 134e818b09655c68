import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../../src/inventory/host.js'
import { openAgent } from '../../../src/ssh/auth/agent.js'
import { credentialKeyOf, loadCredentials } from '../../../src/ssh/auth/credentials.js'
import { connect, shareConnections } from '../../../src/ssh/connect.js'
import { makeFidoKey } from '../../support/fido-key.js'
import { failToReach } from '../../support/reach.js'
import {
  endpointOf,
  makeFolder,
  makeHost,
  makeKey,
  readFingerprint,
  type Sshd,
  startAgent,
  startSshd,
} from '../../support/sshd.js'

const run = promisify(execFile)

let sshd: Sshd
let folder: string
let host: Host
let hop: string
beforeAll(async () => {
  sshd = await startSshd({ settings: ['AuthenticationMethods publickey'] })
  folder = await makeFolder()
  host = makeHost({ ...endpointOf(sshd), identityFiles: [] })
  hop = `${host.user}@127.0.0.1:${sshd.port}`
})
afterAll(() => sshd.stop())

const started: { stop(): unknown }[] = []
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop()
})

async function hold(...files: string[]) {
  const agent = await startAgent(files)
  started.push(agent)
  const env = { SSH_AUTH_SOCK: agent.socketPath }
  const add = (words: string[], more = {}) => run('ssh-add', words, { env: { ...process.env, ...env, ...more } })
  return { ...agent, env, add }
}

let keys = 0
const newKey = (options = {}) => makeKey(join(folder, `key${++keys}`), options)

const ringOf = async (to: Partial<Host>, env: NodeJS.ProcessEnv) => {
  const one = { ...host, ...to }
  return (await loadCredentials([one], { env })).keysFor(one)
}

const sourcesOf = async (to: Partial<Host>, env: NodeJS.ProcessEnv) => {
  const { keys } = await ringOf(to, env)
  return Promise.all(keys.map(async ({ publicKey, source }) => [publicKey.getPublicSSH().toString('base64'), source]))
}
const publicOf = async (file: string) => (await readFile(`${file}.pub`, 'utf8')).split(' ')[1]

describe('the order of keys', () => {
  test('is that of OpenSSH, and no key is there twice', async () => {
    const [named, other, file] = [await newKey(), await newKey(), await newKey()]
    const { env } = await hold(other, named)
    expect(await sourcesOf({ identityFiles: [file, named, file, named] }, env)).toEqual([
      [await publicOf(named), 'agent'],
      [await publicOf(other), 'agent'],
      [await publicOf(file), file],
    ])
  })

  test('leaves out what is not named, where IdentitiesOnly says so', async () => {
    const [named, other, file] = [await newKey(), await newKey(), await newKey()]
    const { env } = await hold(other, named)
    expect(await sourcesOf({ identityFiles: [file, named], identitiesOnly: true }, env)).toEqual([
      [await publicOf(named), 'agent'],
      [await publicOf(file), file],
    ])
  })

  test('is begun by the key that another host took, and then without asking for the methods', async () => {
    const talkative = await startSshd({ settings: ['LogLevel DEBUG1'] })
    const { env } = await hold(await newKey(), await newKey(), talkative.identityFile)
    started.push(talkative)
    const to = makeHost({ ...endpointOf(talkative), identityFiles: [] })
    const shared = shareConnections(await loadCredentials([to], { env }))
    const logIn = async () => {
      const before = talkative.log.length
      const session = await connect(to, { shared, signal: new AbortController().signal })
      session.close()
      // sample: debug1: userauth-request for user root service ssh-connection method publickey [preauth]
      return talkative.log.slice(before).flatMap((line) => /userauth-request .* method (\S+)/.exec(line)?.[1] ?? [])
    }
    expect(await logIn()).toEqual(['none', ...Array(4).fill('publickey')])
    expect(await logIn()).toEqual(['publickey', 'publickey'])
    shared.close()
  })
})

describe('an agent', () => {
  test('that is stopped is given up after its time, and named', async () => {
    const { pid, socketPath, env } = await hold(sshd.identityFile)
    process.kill(pid, 'SIGSTOP')
    const failure = await failToReach(host, { sources: { env } })
    process.kill(pid, 'SIGCONT')
    expect(failure.message).toBe(
      `${hop} refused the login: there is no key to offer; it allows: publickey; ` +
        `not used: agent (the agent at ${socketPath} did not answer in 5 s)`,
    )
  })

  test('that is stopped while it should sign is given up, too', async () => {
    const { pid, socketPath } = await hold(sshd.identityFile)
    const agent = await openAgent(socketPath, { listMs: 5000, signMs: 200 })
    process.kill(pid, 'SIGSTOP')
    const signing = agent.sign(agent.keys[0]?.blob ?? Buffer.alloc(0), Buffer.from('x'), undefined)
    await expect(signing).rejects.toThrow(`the agent at ${socketPath} did not answer in 0.2 s`)
    process.kill(pid, 'SIGCONT')
  })

  test('that holds nothing says so', async () => {
    const { env } = await hold()
    const failure = await failToReach(host, { sources: { env } })
    expect(failure.message).toBe(
      `${hop} refused the login: there is no key to offer; it allows: publickey; ` +
        'not used: agent (it holds no key, or is locked)',
    )
  })

  test('that is locked says so', async () => {
    const { env, add } = await hold(sshd.identityFile)
    const ask = join(folder, 'ask')
    await writeFile(ask, '#!/bin/sh\necho secret\n', { mode: 0o700 })
    await add(['-x'], { SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force' })
    const failure = await failToReach(host, { sources: { env } })
    expect(failure.message).toContain('not used: agent (it holds no key, or is locked)')
  })

  test('whose key nobody confirms says so', async () => {
    const { env, add } = await hold()
    await add(['-q', '-c', sshd.identityFile])
    const failure = await failToReach(host, { sources: { env } })
    const key = `ssh-ed25519 ${await readFingerprint(sshd.identityFile)} from agent`
    expect(failure.message).toBe(
      `${hop} refused every key: ${key}; it allows: publickey; not used: agent (the agent refused to sign: ` +
        'it is locked, nobody confirmed it, or the key is for other hosts only)',
    )
  })

  describe.each<[string, (socket: import('node:net').Socket) => void, string]>([
    ['hangs up', (socket) => socket.end(), 'hung up'],
    ['talks without end', (socket) => socket.write(Buffer.alloc(300_000, 0xff)), 'says more than an agent does'],
    ['says something else', (socket) => socket.write(Buffer.from([0, 0, 0, 1, 5])), 'does not list its keys'],
  ])('that %s', (_, answer, says) => {
    test('is named', async () => {
      const path = join(folder, `socket${++keys}`)
      const server: Server = createServer(
        (socket) => void socket.on('error', () => {}).once('data', () => answer(socket)),
      )
      await new Promise<void>((resolve) => server.listen(path, resolve))
      started.push({ stop: () => server.close() })
      await expect(openAgent(path)).rejects.toThrow(`the agent at ${path} ${says}`)
    })
  })
})

describe('what only ssh can use', () => {
  const certify = async (file: string, ...extra: string[]) => {
    await run('ssh-keygen', ['-q', '-s', await newKey(), '-I', 'me', '-n', 'root', ...extra, `${file}.pub`])
    return `${file}-cert.pub`
  }
  const needOf = async (to: Partial<Host>, env: NodeJS.ProcessEnv = {}) => (await ringOf(to, env)).needsOpenssh

  test.each(['ed25519', 'ecdsa', 'rsa'])('a certificate beside an identity, %s', async (type) => {
    const file = await newKey({ type })
    const certificate = await certify(file)
    expect(await ringOf({ identityFiles: [file] }, {})).toMatchObject({
      needsOpenssh: `${certificate} is a certificate`,
      skipped: [
        {
          source: certificate,
          because: "it is a certificate, which only the system's ssh can use",
          mend: "let the system's ssh log in: --transport openssh",
        },
      ],
    })
    expect(await needOf({ identityFiles: [sshd.identityFile] })).toBeUndefined()
    const named = { identityFiles: [sshd.identityFile], certificateFiles: [certificate] }
    expect(await needOf(named)).toBe(`${certificate} is a certificate`)
  })

  test('but not one that has expired', async () => {
    const file = await newKey()
    const certificate = await certify(file, '-V', '20200101:20200202')
    expect(await ringOf({ identityFiles: [file] }, {})).not.toHaveProperty('needsOpenssh')
    const failure = await failToReach({ ...host, identityFiles: [file] })
    expect(failure.message).toBe(
      `${hop} refused every key: ssh-ed25519 ${await readFingerprint(file)} from ${file}; it allows: publickey; ` +
        `not used: ${certificate} (it is a certificate that expired on 2020-02-02)`,
    )
    expect(failure.mend).toBe('have the certificate renewed')
  })

  test('a certificate in the agent, when its key is an identity here, or there is no other key', async () => {
    const file = await newKey()
    const certificate = await certify(file)
    const { env, add } = await hold(file)
    const plain = await makeKey(join(await makeFolder(), 'plain'))
    // The identity that stands for it has no certificate beside it.
    const bare = join(await makeFolder(), 'bare')
    await writeFile(bare, await readFile(file), { mode: 0o600 })
    await writeFile(`${bare}.pub`, await readFile(`${file}.pub`))
    expect(await needOf({ identityFiles: [bare] }, env)).toBe(`the agent holds a certificate for ${bare}`)
    expect(await needOf({ identityFiles: [bare], identitiesOnly: true }, env)).toBeUndefined()
    expect(await needOf({ identityFiles: [plain] }, env)).toBeUndefined()
    await add(['-q', '-D'])
    await add(['-q', file])
    await add(['-q', '-d', '-k', file])
    const { skipped } = await ringOf({}, env)
    expect(await needOf({}, env)).toBe('the agent holds a certificate, and there is no other key')
    expect(skipped).toEqual([
      {
        source: 'agent',
        because:
          `its ssh-ed25519-cert-v01@openssh.com ${await readFingerprint(certificate)} is a certificate, ` +
          "which only the system's ssh can use",
        mend: "let the system's ssh log in: --transport openssh",
      },
    ])
  })

  test('a FIDO key in the agent, when there is no other key', async () => {
    const file = await makeFidoKey(join(folder, 'fido'))
    const { env } = await hold(file)
    expect(await needOf({}, env)).toBe('the agent holds a FIDO key, and there is no other key')
    expect(await needOf({ identityFiles: [sshd.identityFile] }, env)).toBeUndefined()
    const failure = await failToReach(host, { sources: { env } })
    expect(failure.message).toBe(
      `${hop} refused the login: there is no key to offer; it allows: publickey; not used: agent (its ` +
        `sk-ssh-ed25519@openssh.com ${await readFingerprint(file)} is a FIDO key, which only the system's ssh can use)`,
    )
    expect(failure.mend).toBe("let the system's ssh log in: --transport openssh")
  })

  test('a FIDO key that is named, but not one that is merely the default', async () => {
    const home = await makeFolder()
    await run('mkdir', [join(home, '.ssh')])
    const usual = await makeFidoKey(join(home, '.ssh', 'id_ed25519_sk'))
    const named = await makeFidoKey(join(home, 'work'))
    const env = { HOME: home }
    const { identityFile } = sshd
    expect(await needOf({ identityFiles: [identityFile, named] }, env)).toBe(`${named} is a FIDO key`)
    expect(await needOf({ identityFiles: [identityFile, usual] }, env)).toBeUndefined()
    expect(await needOf({ identityFiles: [usual] }, env)).toBe(`${usual} is a FIDO key`)
  })
})

test('a login is told from another by its user, its keys and the source of its password', async () => {
  const [one, other] = [await newKey(), await newKey()]
  const keyOf = async (to: Partial<Host>) => credentialKeyOf({ ...host, ...to }, await ringOf(to, {}))
  const base = await keyOf({ identityFiles: [one] })
  expect(await keyOf({ identityFiles: [one], address: '192.0.2.1', name: 'other' })).toBe(base)
  const others: Partial<Host>[] = [
    { identityFiles: [one], user: 'somebody' },
    { identityFiles: [other] },
    { identityFiles: [one], passwordCommand: 'echo secret' },
  ]
  for (const to of others) expect(await keyOf(to)).not.toBe(base)
  expect(await keyOf({ identityFiles: [one], passwordCommand: 'echo secret' })).not.toContain('secret')
})
