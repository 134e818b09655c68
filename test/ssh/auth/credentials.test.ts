import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { UserError } from '../../../src/errors.js'
import type { Host } from '../../../src/inventory/host.js'
import { type CredentialSources, loadCredentials } from '../../../src/ssh/auth/credentials.js'
import { connect, shareConnections } from '../../../src/ssh/connect.js'
import { failToReach, reach } from '../../support/reach.js'
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

let sshd: Sshd
let folder: string
let host: Host
let hop: string
const started: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  sshd = await startSshd({ settings: ['AuthenticationMethods publickey'] })
  folder = await makeFolder()
  host = makeHost(endpointOf(sshd))
  hop = `${host.user}@127.0.0.1:${sshd.port}`
})
afterAll(() => sshd.stop())
afterEach(async () => {
  for (const agent of started.splice(0)) await agent.stop()
})

const ok = async () => 'reached'
const copyKey = `see that the user is right, then `

async function agentHolding(...files: string[]): Promise<CredentialSources> {
  const agent = await startAgent(files)
  started.push(agent)
  return { env: { SSH_AUTH_SOCK: agent.socketPath } }
}

/** Lets a key log in, and gives the host that has it as its one identity. */
async function hostAccepting(file: string): Promise<Host> {
  const accepted = join(sshd.folder, 'authorized_keys')
  await writeFile(accepted, `${await readFile(accepted, 'utf8')}${await readFile(`${file}.pub`, 'utf8')}`)
  return { ...host, identityFiles: [file] }
}

let strangers = 0
const makeStranger = () => makeKey(join(folder, `stranger${++strangers}`))

describe('keys in files', () => {
  test.each([
    ['ed25519', []],
    ['ecdsa', []],
    ['ecdsa', ['-b', '384']],
    ['ecdsa', ['-b', '521']],
    ['rsa', []],
    ['rsa', ['-m', 'PEM']],
    ['ecdsa', ['-m', 'PEM']],
  ])('%s %j logs in', async (type, extra) => {
    const file = await makeKey(join(folder, `key-${type}${extra.join('')}`), { type, extra })
    expect(await reach(await hostAccepting(file), ok)).toBe('reached')
  })

  test('the second file is tried when the first is refused', async () => {
    const identityFiles = [await makeStranger(), sshd.identityFile]
    expect(await reach({ ...host, identityFiles }, ok)).toBe('reached')
  })

  test('a refusal lists what was offered, what the server allows, and the next step', async () => {
    const first = await makeStranger()
    const second = await makeKey(join(folder, 'stranger-rsa'), { type: 'rsa' })
    const failure = await failToReach({ ...host, identityFiles: [first, second] })
    expect(failure).toMatchObject({ reason: 'auth', phase: 'auth', hop })
    expect(failure.message).toBe(
      `${hop} refused every key: ssh-ed25519 ${await readFingerprint(first)} from ${first}, ` +
        `ssh-rsa ${await readFingerprint(second)} from ${second}; it allows: publickey`,
    )
    expect(failure.mend).toBe(`${copyKey}ssh-copy-id -p ${sshd.port} ${host.user}@127.0.0.1`)
  })

  test('without any key, the failure says so', async () => {
    const failure = await failToReach({ ...host, identityFiles: [] })
    expect(failure.message).toBe(`${hop} refused the login: there is no key to offer; it allows: publickey`)
    expect(failure.mend).toBe(`ssh-keygen -t ed25519, then ssh-copy-id -p ${sshd.port} ${host.user}@127.0.0.1`)
  })

  test('a server that cuts after too many tries says so', async () => {
    const identityFiles = await Promise.all(Array.from({ length: 8 }, makeStranger))
    const failure = await failToReach({ ...host, identityFiles })
    expect(failure.reason).toBe('auth')
    expect(failure.message).toMatch(/^\S+ hung up after too many tries \(MaxAuthTries\); offered: ssh-ed25519 SHA256:/)
    expect(failure.message.match(/SHA256:/g)).toHaveLength(6)
    expect(failure.mend).toBe('name the right key with identityFile, and it is offered first')
  })

  test('a server that takes no keys says so', async () => {
    const closed = await startSshd({ settings: ['PubkeyAuthentication no', 'KbdInteractiveAuthentication no'] })
    const failure = await failToReach(makeHost(endpointOf(closed)))
    await closed.stop()
    expect(failure.message).toBe(`${failure.hop} refused the login: it takes no keys; it allows: password`)
    expect(failure.mend).toBe(
      'give the password: --ask-pass, or allow public keys on that server: PubkeyAuthentication yes',
    )
  })

  test('a server that wants more than a key says so', async () => {
    const strict = await startSshd({ settings: ['AuthenticationMethods publickey,password'] })
    const failure = await failToReach(makeHost(endpointOf(strict)))
    await strict.stop()
    expect(failure.message).toBe(
      `${failure.hop} took ssh-ed25519 ${await readFingerprint(strict.identityFile)} from ${strict.identityFile} ` +
        'and asks for more; it allows: password',
    )
    expect(failure.mend).toBe('give the password: --ask-pass')
  })
})

describe('encrypted keys', () => {
  const sourcesAnswering = (...answers: (string | undefined)[]) => {
    const asked: string[] = []
    const askPassphrase = async (file: string) => {
      asked.push(file)
      return answers[asked.length - 1]
    }
    return { asked, sources: { env: {}, askPassphrase } }
  }
  const makeLocked = (name: string, extra: string[] = [], type = 'ed25519') =>
    makeKey(join(folder, name), { type, passphrase: 'correct', extra })

  test.each([
    ['ed25519', []],
    ['rsa', ['-m', 'PEM']],
  ])('%s %j is unlocked once for all hosts of a run', async (type, extra) => {
    const locked = await hostAccepting(await makeLocked(`locked-${type}`, extra, type))
    const { asked, sources } = sourcesAnswering('correct')
    const shared = shareConnections(await loadCredentials([locked], sources))
    const signal = new AbortController().signal
    const sessions = await Promise.all([1, 2, 3].map(() => connect(locked, { shared, signal })))
    for (const session of sessions) session.close()
    expect(asked).toEqual(locked.identityFiles)
  })

  test('an old PEM key without its .pub is unlocked before it is offered', async () => {
    const locked = await hostAccepting(await makeLocked('locked-bare', ['-m', 'PEM'], 'rsa'))
    await rm(`${locked.identityFiles[0]}.pub`)
    const { sources } = sourcesAnswering('correct')
    expect(await reach(locked, ok, { sources })).toBe('reached')
  })

  test('a key that no server accepts is never asked for', async () => {
    const { asked, sources } = sourcesAnswering('correct')
    const identityFiles = [await makeLocked('locked-stranger'), sshd.identityFile]
    expect(await reach({ ...host, identityFiles }, ok, { sources })).toBe('reached')
    expect(asked).toEqual([])
  })

  test('typing takes no time off the deadline', async () => {
    const locked = await hostAccepting(await makeLocked('locked-slow'))
    const askPassphrase = () => new Promise<string>((resolve) => setTimeout(resolve, 3500, 'correct'))
    const timeouts = { ...host.timeouts, connectMs: 3000 }
    expect(await reach({ ...locked, timeouts }, ok, { sources: { env: {}, askPassphrase } })).toBe('reached')
  })

  test('a wrong passphrase may be corrected', async () => {
    const locked = await hostAccepting(await makeLocked('locked-typo'))
    const { asked, sources } = sourcesAnswering('wrong', '', 'correct')
    expect(await reach(locked, ok, { sources })).toBe('reached')
    expect(asked).toHaveLength(3)
  })

  test('after three wrong ones the key is given up, and the failure says so', async () => {
    const locked = await hostAccepting(await makeLocked('locked-wrong'))
    const { asked, sources } = sourcesAnswering('a', 'b', 'c', 'correct')
    const failure = await failToReach(locked, { sources })
    const [file] = locked.identityFiles
    expect(failure.message).toBe(
      `${hop} refused every key: ssh-ed25519 ${await readFingerprint(`${file}.pub`)} from ${file}; ` +
        `it allows: publickey; not used: ${file} (its passphrase was wrong 3 times)`,
    )
    expect(failure.mend).toBe(`ssh-add ${file}`)
    expect(asked).toHaveLength(3)
  })

  test('one that the person declines is skipped', async () => {
    const locked = await hostAccepting(await makeLocked('locked-declined'))
    const { sources } = sourcesAnswering(undefined)
    const failure = await failToReach(locked, { sources })
    expect(failure.message).toContain('(it is encrypted, and no passphrase was given)')
  })

  test('without a terminal it is skipped, and the failure says so', async () => {
    const locked = await hostAccepting(await makeLocked('locked-cron'))
    const failure = await failToReach(locked)
    const [file] = locked.identityFiles
    expect(failure.message).toBe(
      `${hop} refused the login: there is no key to offer; it allows: publickey; ` +
        `not used: ${file} (it is encrypted, and there is no terminal to ask for its passphrase)`,
    )
    expect(failure.mend).toBe(`ssh-add ${file}`)
  })
})

describe('the agent', () => {
  test.each(['ed25519', 'ecdsa', 'rsa'])('signs with its %s key', async (type) => {
    const file = await makeKey(join(folder, `agent-${type}`), { type })
    await hostAccepting(file)
    expect(await reach({ ...host, identityFiles: [] }, ok, { sources: await agentHolding(file) })).toBe('reached')
  })

  test('is offered first the keys that identity files name, so that many keys do no harm', async () => {
    const others = await Promise.all(Array.from({ length: 8 }, makeStranger))
    const sources = await agentHolding(...others, sshd.identityFile)
    expect(await reach(host, ok, { sources })).toBe('reached')
  })

  test('serves a file of which only the public half is here', async () => {
    const file = join(folder, 'elsewhere')
    await copyFile(`${sshd.identityFile}.pub`, `${file}.pub`)
    const sources = await agentHolding(sshd.identityFile)
    expect(await reach({ ...host, identityFiles: [file] }, ok, { sources })).toBe('reached')
    const failure = await failToReach({ ...host, identityFiles: [file] })
    expect(failure.message).toContain(
      `not used: ${file} (only its public half is here, and the agent does not hold it)`,
    )
  })

  test('spares the question for an encrypted key that it holds', async () => {
    const file = await makeKey(join(folder, 'held'))
    const locked = await hostAccepting(file)
    const sources = await agentHolding(file)
    await makeKey(join(folder, 'other-locked'), { passphrase: 'correct' })
    await copyFile(join(folder, 'other-locked'), file)
    expect(await reach(locked, ok, { sources })).toBe('reached')
  })

  test('that does not answer is named in the failure, and the files are tried', async () => {
    const sources = { env: { SSH_AUTH_SOCK: join(folder, 'no-agent') } }
    expect(await reach(host, ok, { sources })).toBe('reached')
    const failure = await failToReach({ ...host, identityFiles: [] }, { sources })
    expect(failure.message).toContain(`not used: agent (nothing answers at ${folder}/no-agent)`)
  })
})

describe('files that are no keys', () => {
  const load = (file: string, env = {}) => loadCredentials([{ ...host, identityFiles: [file] }], { env })

  test.each([
    ['missing', undefined, 'it does not exist'],
    ['prose', 'no key at all', 'it is not a private key that can be read here'],
    ['empty', '\n', 'it is empty'],
  ])('one that is %s stops the run before it connects', async (name, text, because) => {
    const file = join(folder, name)
    if (text !== undefined) await writeFile(file, text)
    const error = await load(file).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(error).toMatchObject({ message: `the identity file cannot be used: ${because}`, place: { file } })
  })

  test('a folder is none', async () => {
    await expect(load(folder)).rejects.toThrow('the identity file cannot be used: it is a folder')
  })

  test('a default file that cannot be used is skipped, and the failure says so', async () => {
    const home = await makeFolder()
    await mkdir(join(home, '.ssh'))
    const file = join(home, '.ssh', 'id_rsa')
    await writeFile(file, 'no key at all')
    await chmod(file, 0o600)
    const failure = await failToReach({ ...host, identityFiles: [file] }, { sources: { env: { HOME: home } } })
    expect(failure.message).toContain(`not used: ${file} (it is not a private key that can be read here)`)
  })

  test('a local host needs none', async () => {
    await loadCredentials([{ ...host, transport: 'local', identityFiles: ['/missing'] }], { env: {} })
  })

  test('that one of several hosts names are told where its login fails, and stop no other', async () => {
    const hosts = [makeHost({ ...endpointOf(sshd), identityFiles: ['/missing/key'] }), makeHost(endpointOf(sshd))]
    const shared = shareConnections(await loadCredentials(hosts, { env: {} }))
    const signal = new AbortController().signal
    const [failure, session] = await Promise.all(hosts.map((one) => connect(one, { shared, signal }).catch((e) => e)))
    expect(failure.message).toContain('not used: /missing/key (it does not exist)')
    session.close()
    shared.close()
  })

  test('the identity of a jump host is read as well', async () => {
    const jump = { ...endpointOf(sshd), identityFiles: ['/missing/key'] }
    await expect(loadCredentials([{ ...host, jump }], { env: {} })).rejects.toMatchObject({
      place: { file: '/missing/key' },
    })
  })
})
