import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuthContext, KeyboardAuthContext, Prompt as ServerPrompt } from 'ssh2'
import { afterEach, describe, expect, test } from 'vitest'
import type { Host } from '../../../src/inventory/host.js'
import { type CredentialSources, loadCredentials } from '../../../src/ssh/auth/credentials.js'
import type { Prompt } from '../../../src/ssh/auth/key-ring.js'
import { connect, shareConnections } from '../../../src/ssh/connect.js'
import { type OddServer, startSshServer } from '../../support/odd-servers.js'
import { failToReach, reach } from '../../support/reach.js'
import { makeFolder, makeHost } from '../../support/sshd.js'

const started: OddServer[] = []
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
})

/** A server of ssh2 that answers logins as it is told to. */
async function startOdd(answer: (context: AuthContext) => void, config = {}): Promise<Host> {
  const server = await startSshServer(config, (client) => void client.on('authentication', answer))
  started.push(server)
  const knownHosts = join(await makeFolder(), 'known_hosts')
  await writeFile(knownHosts, `[127.0.0.1]:${server.port} ecdsa-sha2-nistp256 ${server.hostKey.toString('base64')}\n`)
  return makeHost({ port: server.port, user: 'ops', identityFiles: [], knownHostsFiles: [knownHosts] })
}

const given = (password: string): CredentialSources => ({
  env: {},
  passwords: { login: { kind: 'given', name: 'fd 3', password } },
})

type Ask = (prompts: ServerPrompt[], title?: string, instructions?: string) => Promise<string[]>

/** A conversation of rounds, which ends with whether the login is accepted. */
function conversing(talk: (ask: Ask) => Promise<boolean>) {
  return async (context: AuthContext) => {
    if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
    const keyboard: KeyboardAuthContext = context
    const ask: Ask = (prompts, title = '', instructions = '') =>
      new Promise((resolve) => keyboard.prompt(prompts, title, instructions, (answers) => resolve(answers)))
    if (await talk(ask)) context.accept()
    else context.reject(['keyboard-interactive'])
  }
}

function answering(...answers: string[]) {
  const asked: Prompt[] = []
  return {
    asked,
    askPrompt: async (prompt: Prompt) => {
      asked.push(prompt)
      return answers.shift()
    },
  }
}

const hidden = (prompt: string) => ({ prompt, echo: false })

describe('keyboard-interactive', () => {
  test('gives the password once, and has a person answer what else is asked', async () => {
    const heard: string[][] = []
    const to = await startOdd(
      conversing(async (ask) => {
        heard.push(await ask([hidden('Password: ')]))
        heard.push(
          await ask([{ prompt: 'Which \x1b[31mtoken?\x1b[0m ', echo: true }, hidden('PIN: ')], 'Login', 'Two things'),
        )
        heard.push(await ask([hidden('Password: ')]))
        return true
      }),
    )
    const { asked, askPrompt } = answering('blue', '0000', 'another')
    expect(await reach(to, async () => true, { sources: { ...given('secret'), askPrompt } })).toBe(true)
    expect(heard).toEqual([['secret'], ['blue', '0000'], ['another']])
    const hop = `ops@127.0.0.1:${to.port}`
    expect(asked).toEqual([
      { hop, words: 'Login\nTwo things\nWhich token? ', echo: true },
      { hop, words: 'PIN: ', echo: false },
      { hop, words: 'Password: ', echo: false },
    ])
  })

  test.each([
    'Verification code: ',
    'Passcode or option (1-3): ',
    "One-time password (OATH) for `ops': ",
    'Enter your YubiKey OTP: ',
    'Duo two-factor login',
  ])('never gives the password to %j', async (prompt) => {
    const heard: string[][] = []
    const to = await startOdd(
      conversing(async (ask) => {
        heard.push(await ask([hidden(prompt)]))
        return true
      }),
    )
    const { askPrompt } = answering('123456')
    expect(await reach(to, async () => true, { sources: { ...given('secret'), askPrompt } })).toBe(true)
    expect(heard).toEqual([['123456']])
  })

  test('asks one question at a time, whatever the number of hosts', async () => {
    const to = await startOdd(conversing(async (ask) => (await ask([hidden('Code: ')]))[0] === 'ok'))
    let open = 0
    let most = 0
    const askPrompt = async () => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setTimeout(resolve, 20))
      open--
      return 'ok'
    }
    const shared = shareConnections(await loadCredentials([to], { ...given('secret'), askPrompt }))
    const logIn = () => connect(to, { shared, signal: new AbortController().signal })
    for (const session of await Promise.all(Array.from({ length: 5 }, logIn))) session.close()
    shared.close()
    expect(most).toBe(1)
  })

  test('that asks for nothing is answered with nothing', async () => {
    const to = await startOdd(conversing(async (ask) => (await ask([])).length === 0))
    expect(await reach(to, async () => true, { sources: given('secret') })).toBe(true)
  })
})

test('a server that wants a new password gets none', async () => {
  const to = await startOdd((context) => {
    if (context.method === 'password') context.requestChange('Your password has expired', () => {})
    else context.reject(['password'])
  })
  const failure = await failToReach(to, { sources: given('secret') })
  expect(failure.message).toBe(
    `${failure.hop} wants a new password for ops, which fleetdx does not give; it allows: password`,
  )
  expect(failure.mend).toBe(`set a new one by hand: ssh -p ${to.port} ops@127.0.0.1`)
})

test.each([
  [
    ['gssapi-with-mic'],
    'use Kerberos: --transport openssh, or allow public keys on that server: PubkeyAuthentication yes',
  ],
  [
    ['publickey', 'gssapi-with-mic', 'password'],
    'ssh-keygen -t ed25519, then ssh-copy-id -p PORT ops@127.0.0.1, or give the password: --ask-pass, ' +
      'or use Kerberos: --transport openssh',
  ],
])('a server that allows %j: the next step', async (methods, mend) => {
  const to = await startOdd((context) => void Reflect.apply(context.reject, context, [methods]))
  expect((await failToReach(to)).mend?.replace(String(to.port), 'PORT')).toBe(mend)
})

test('an empty password is none', async () => {
  const heard: string[] = []
  const to = await startOdd((context) => {
    heard.push(context.method)
    context.reject(['password'])
  })
  const sources = { env: {}, passwords: { login: { kind: 'ask' as const, ask: async () => '' } } }
  const failure = await failToReach(to, { sources })
  expect(failure.message).toContain('; not used: password (the password for ops was not given)')
  expect(heard).toEqual(['none'])
})

test('a server that asks for nothing at all is entered', async () => {
  const to = await startOdd((context) => context.accept())
  expect(await reach(to, async () => true)).toBe(true)
})

test('a server that says for ever that one more step is needed, is given up in time', async () => {
  const to = await startOdd((context) => {
    if (context.method === 'none') context.reject(['password'])
    else context.reject(['password'], true)
  })
  const timeouts = { connectMs: 1000, commandMs: 30_000, hostMs: 60_000 }
  const failure = await failToReach({ ...to, timeouts }, { sources: given('secret') })
  expect(failure.reason).toBe('timeout')
})

test('a server of before OpenSSH 7.2 gets a signature of RSA with SHA-1', async () => {
  const file = join(await makeFolder(), 'rsa')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await writeFile(file, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 })
  const algorithms: string[] = []
  const to = await startOdd(
    (context) => {
      if (context.method !== 'publickey') return context.reject(['publickey'])
      algorithms.push(context.key.algo)
      if (context.key.algo === 'ssh-rsa') context.accept()
      else context.reject(['publickey'])
    },
    { ident: 'OpenSSH_6.6.1' },
  )
  const outcome = await reach({ ...to, identityFiles: [file] }, async () => true).catch(() => false)
  expect({ outcome, algorithms }).toEqual({ outcome: true, algorithms: ['ssh-rsa', 'ssh-rsa'] })
})
