import type { AnyAuthMethod, AuthenticationType } from 'ssh2'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../../src/inventory/host.js'
import { loadCredentials } from '../../../src/ssh/auth/credentials.js'
import { createLogin, type Login, type LoginHooks } from '../../../src/ssh/auth/login.js'
import { ConnectFailure } from '../../../src/ssh/session.js'
import { makeFolder, makeHost, makeKey, readFingerprint } from '../../support/sshd.js'

/* What ssh2 does in a way that no server here can be made to show: its calls of the handler, in its order. */

let file: string
let host: Host
beforeAll(async () => {
  file = await makeKey(`${await makeFolder()}/rsa`, { type: 'rsa' })
  host = makeHost({ user: 'ops', identityFiles: [file] })
})

const deadline = { pause() {}, resume() {} }

async function start(hooks: Partial<LoginHooks> = {}): Promise<Login> {
  const ring = await (await loadCredentials([host], { env: {} })).keysFor(host)
  return createLogin(host, ring, { deadline, onRefused: () => {}, ...hooks })
}

const step = (login: Login, methods: AuthenticationType[]) =>
  new Promise<AnyAuthMethod | AuthenticationType>((resolve) => login.authHandler(methods, false, resolve))

test('an RSA key that ssh2 passes over, because the server takes no signature of RSA, is not called refused', async () => {
  let refused = () => {}
  const ended = new Promise<void>((resolve) => {
    refused = resolve
  })
  const login = await start({ onRefused: () => refused() })
  expect(await step(login, [])).toMatchObject({ type: 'none' })
  expect(await step(login, ['publickey'])).toMatchObject({ type: 'agent' })
  // Nothing was sent in between: ssh2 comes back in the same turn.
  login.authHandler(['publickey'], false, () => {})
  await ended
  expect(login.explainRefusal().message).toBe(
    'ops@127.0.0.1:22 refused the login: there is no key to offer; it allows: publickey; ' +
      `not used: ${file} (the server takes no ssh-rsa signature)`,
  )
})

test('the key that was taken is known afterwards', async () => {
  const login = await start()
  await step(login, [])
  const method = await step(login, ['publickey'])
  expect(login.acceptedBy).toBeUndefined()
  if (typeof method === 'string' || method.type !== 'agent' || typeof method.agent === 'string')
    throw new Error('no agent')
  const { agent } = method
  await new Promise((resolve) => agent.sign('', Buffer.from('data'), { hash: 'sha256' }, resolve))
  expect(login.acceptedBy?.source).toBe(file)
  expect(login.explainRefusal({ cut: false }).message).toBe(
    `ops@127.0.0.1:22 took ssh-rsa ${await readFingerprint(file)} from ${file} and asks for more; it allows: publickey`,
  )
})

describe('what ssh_config leaves of the methods', () => {
  /** Goes through a login in which the server refuses everything. */
  async function refuseAll(loginMethods: Host['loginMethods'], methods: AuthenticationType[]) {
    const passwords = { login: { kind: 'given', name: 'test', password: 'secret' } } as const
    const bare = { ...host, identityFiles: [file], ...(loginMethods && { loginMethods }) }
    const ring = await (await loadCredentials([bare], { env: {}, passwords })).keysFor(bare)
    const offered: unknown[] = []
    const failure = await new Promise<ConnectFailure>((resolve) => {
      const login = createLogin(bare, ring, { deadline, onRefused: () => resolve(login.explainRefusal()) })
      const next = (method: AnyAuthMethod | AuthenticationType) => {
        if (typeof method !== 'string') offered.push(method.type)
        setImmediate(() => setImmediate(() => login.authHandler(methods, false, next)))
      }
      login.authHandler([], false, next)
    })
    return { offered, message: failure.message, mend: failure.mend }
  }

  test('a password is not sent where it may not be', async () => {
    const says = 'PasswordAuthentication no'
    expect(
      await refuseAll({ allowed: ['publickey', 'keyboard-interactive'], says }, ['publickey', 'password']),
    ).toEqual({
      offered: ['none', 'agent'],
      message:
        `ops@127.0.0.1:22 refused every key: ssh-rsa ${await readFingerprint(file)} from ${file}; ` +
        'it allows: publickey, password; ssh_config says PasswordAuthentication no',
      mend:
        'see that the user is right, then ssh-copy-id -p 22 ops@127.0.0.1, ' +
        'or leave out of ssh_config: PasswordAuthentication no',
    })
  })

  test('a key is not offered where it may not be', async () => {
    const says = 'PubkeyAuthentication no'
    expect(await refuseAll({ allowed: ['keyboard-interactive', 'password'], says }, ['publickey'])).toEqual({
      offered: ['none'],
      message:
        'ops@127.0.0.1:22 refused the login: no key may be offered; it allows: publickey; ' +
        'ssh_config says PubkeyAuthentication no',
      mend: 'leave out of ssh_config: PubkeyAuthentication no',
    })
  })

  test('the order is that of PreferredAuthentications', async () => {
    const says = 'PreferredAuthentications password,publickey'
    const { offered } = await refuseAll({ allowed: ['password', 'publickey'], says }, ['publickey', 'password'])
    expect(offered).toEqual(['none', 'password', 'agent'])
    expect((await refuseAll(undefined, ['publickey', 'password'])).offered).toEqual(['none', 'agent', 'password'])
  })
})

describe('before anything is offered', () => {
  test('a turn is waited for, off the deadline', async () => {
    const calls: string[] = []
    const login = await start({
      deadline: { pause: () => void calls.push('pause'), resume: () => void calls.push('resume') },
      begin: async () => void calls.push('begin'),
    })
    await step(login, [])
    await step(login, ['publickey'])
    expect(calls).toEqual(['pause', 'begin', 'resume'])
  })

  test('a turn that is refused ends the login', async () => {
    const failure = new ConnectFailure('not tried', { reason: 'not-tried', phase: 'auth', hop: 'ops@127.0.0.1:22' })
    const stopped = new Promise((resolve) => {
      void start({ begin: () => Promise.reject(failure), onStopped: resolve }).then((login) =>
        login.authHandler([], false, () => resolve('offered')),
      )
    })
    expect(await stopped).toBe(failure)
  })
})
