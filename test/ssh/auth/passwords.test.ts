import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../../src/inventory/host.js'
import { type CredentialSources, loadCredentials } from '../../../src/ssh/auth/credentials.js'
import type { Prompt } from '../../../src/ssh/auth/key-ring.js'
import { connect, shareConnections } from '../../../src/ssh/connect.js'
import { type OwnSystem, startOwnSystem } from '../../support/own-system.js'
import { failToReach, reach } from '../../support/reach.js'
import { endpointOf, makeFolder, makeHost, readFingerprint, type Sshd, startSshd } from '../../support/sshd.js'

const right = 'right "horse" é'

/** A machine with real accounts; PAM is set up as Debian has it. */
let system: OwnSystem
let folder: string
beforeAll(async () => {
  system = await startOwnSystem()
  folder = await makeFolder()
  for (const user of ['ops', 'deploy', 'expired', 'stale', 'otp'])
    await type(`useradd --create-home ${user} && echo '${user}:${right}' | chpasswd`)
  await type('chage -E 0 expired && chage -d 0 stale')
})
afterAll(() => system.stop())

const started: { stop(): unknown }[] = []
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop()
})

async function type(line: string): Promise<void> {
  const { exitCode, stderr } = await system.run(line)
  expect({ line, exitCode, stderr }).toMatchObject({ exitCode: 0 })
}

async function start(...settings: string[]): Promise<Sshd> {
  const sshd = await startSshd({ settings, within: system.enter })
  started.push(sshd)
  // Keys are looked for with the rights of the user.
  await chmod(sshd.folder, 0o755)
  return sshd
}

const methods = (...words: string[]) => `AuthenticationMethods ${words.join(' ')}`
const onlyPassword = ['KbdInteractiveAuthentication no', 'PubkeyAuthentication no']
const onlyPam = [
  'UsePAM yes',
  'KbdInteractiveAuthentication yes',
  'PasswordAuthentication no',
  'PubkeyAuthentication no',
]

const as = (user: string, sshd: Sshd, more: Partial<Host> = {}) =>
  makeHost({ ...endpointOf(sshd), user, identityFiles: [], ...more })

const given = (password: string): CredentialSources => ({
  env: {},
  passwords: { login: { kind: 'given', name: 'fd 3', password } },
})

const accepted = (sshd: Sshd) => sshd.log.flatMap((line) => /^(?:Accepted|Partial) (\S+) for/.exec(line)?.[1] ?? [])
const failed = (sshd: Sshd) => sshd.log.flatMap((line) => /^Failed (\S+) for/.exec(line)?.[1] ?? [])

describe('a password logs in', () => {
  test.each([
    ['as password', onlyPassword, ['password']],
    ['as keyboard-interactive by PAM', onlyPam, ['keyboard-interactive/pam']],
    ['as keyboard-interactive first, where both are there', ['UsePAM yes'], ['keyboard-interactive/pam']],
    ['as password, where keyboard-interactive asks nothing', ['UsePAM no'], ['password']],
    ['behind a key', [methods('publickey,password')], ['publickey', 'password']],
    [
      'by PAM behind a key',
      ['UsePAM yes', methods('publickey,keyboard-interactive')],
      ['publickey', 'keyboard-interactive/pam'],
    ],
    ['before a key', [methods('password,publickey')], ['password', 'publickey']],
    ['twice', ['UsePAM yes', methods('keyboard-interactive,password')], ['keyboard-interactive/pam', 'password']],
  ])('%s', async (_, settings, log) => {
    const sshd = await start(...settings)
    const to = as(
      'ops',
      sshd,
      settings.some((line) => line.includes('publickey')) ? { identityFiles: [sshd.identityFile] } : {},
    )
    expect(await reach(to, async () => true, { sources: given(right) })).toBe(true)
    await expect.poll(() => accepted(sshd)).toEqual(log)
    expect(failed(sshd).filter((method) => method !== 'keyboard-interactive')).toEqual([])
  })

  test('that a command prints, which is run once for all hosts', async () => {
    const sshd = await start(...onlyPassword)
    const runs = join(folder, 'runs')
    await writeFile(join(folder, 'password'), `${right}\r\nand more\n`)
    const passwordCommand = `echo run >>${runs}; cat ${folder}/password`
    const to = as('ops', sshd, { passwordCommand })
    const shared = shareConnections(await loadCredentials([to], { env: {} }))
    const sessions = await Promise.all(
      [1, 2, 3].map(() => connect(to, { shared, signal: new AbortController().signal })),
    )
    for (const session of sessions) session.close()
    shared.close()
    expect(await readFile(runs, 'utf8')).toBe('run\n')
  })

  test('that is typed, once for each user', async () => {
    const sshd = await start(...onlyPassword)
    const asked: string[] = []
    const ask = async ({ use, user }: { use: string; user: string }) => {
      asked.push(`${use} ${user}`)
      return right
    }
    const hosts = ['ops', 'ops', 'deploy', 'deploy'].map((user) => as(user, sshd))
    const sources = { env: {}, passwords: { login: { kind: 'ask' as const, ask } } }
    const shared = shareConnections(await loadCredentials(hosts, sources))
    const signal = new AbortController().signal
    for (const session of await Promise.all(hosts.map((host) => connect(host, { shared, signal })))) session.close()
    shared.close()
    expect(asked.sort()).toEqual(['login deploy', 'login ops'])
  })
})

describe('a password that is refused', () => {
  test.each([
    ['password', onlyPassword],
    ['keyboard-interactive', onlyPam],
  ])('as %s is named, and never sent again in the run', async (method, settings) => {
    const sshd = await start(...settings)
    const other = await start(...settings)
    const [to, next] = [as('ops', sshd), as('ops', other)]
    const shared = shareConnections(await loadCredentials([to, next], given('wrong')))
    const signal = new AbortController().signal
    const fail = (host: Host) => connect(host, { shared, signal }).catch((error: unknown) => error)
    const hops = [`ops@127.0.0.1:${sshd.port}`, `ops@127.0.0.1:${other.port}`]
    expect(await fail(to)).toMatchObject({
      reason: 'auth',
      phase: 'auth',
      message: `${hops[0]} refused the password for ops; it allows: ${method}`,
      mend: `see that the user and what was answered are right: ssh -p ${sshd.port} ops@127.0.0.1`,
    })
    expect(await fail(next)).toMatchObject({
      message:
        `${hops[1]} refused the login: it takes no keys; it allows: ${method}; ` +
        `not used: password (the password for ops was refused by ${hops[0]})`,
    })
    shared.close()
    expect(other.log.join('\n')).not.toMatch(/Failed (password|keyboard)/)
  })

  test('stands beside the keys, and is tried in one way only', async () => {
    const sshd = await start('UsePAM yes')
    const { identityFile } = await start()
    const to = as('ops', sshd, { identityFiles: [identityFile] })
    const failure = await failToReach(to, { sources: given('wrong') })
    expect(failure.message).toBe(
      `${failure.hop} refused every key: ssh-ed25519 ${await readFingerprint(identityFile)} from ${identityFile}; ` +
        'refused the password for ops; it allows: publickey, password, keyboard-interactive',
    )
    expect(sshd.log.join('\n')).not.toContain('Failed password')
  })

  test('behind a key says what was taken', async () => {
    const sshd = await start(methods('publickey,password'))
    const failure = await failToReach(as('ops', sshd, { identityFiles: [sshd.identityFile] }), {
      sources: given('wrong'),
    })
    const key = `ssh-ed25519 ${await readFingerprint(sshd.identityFile)} from ${sshd.identityFile}`
    expect(failure.message).toBe(`${failure.hop} took ${key} and refused the password for ops; it allows: password`)
  })
})

describe('without a password', () => {
  test('none is tried, and the failure names the way', async () => {
    const sshd = await start('UsePAM yes', 'PubkeyAuthentication no')
    const failure = await failToReach(as('ops', sshd))
    expect(failure.message).toBe(
      `${failure.hop} refused the login: it takes no keys; it allows: password, keyboard-interactive`,
    )
    expect(failure.mend).toBe(
      'give the password: --ask-pass, or allow public keys on that server: PubkeyAuthentication yes',
    )
    expect(failed(sshd)).toEqual([])
  })

  test.each([
    ['ends with an error', 'printf secret; echo no such entry >&2; exit 3', 'ended with 3: "no such entry"'],
    ['prints nothing', 'true', 'printed nothing'],
    ['is killed', 'kill -9 $$', 'ended with SIGKILL'],
    ['is not there', 'no-such-command', 'ended with 127: "/bin/sh: 1: no-such-command: not found"'],
  ])('because its command %s, the failure says so, and shows none of its output', async (_, passwordCommand, says) => {
    const sshd = await start(...onlyPassword)
    const failure = await failToReach(as('ops', sshd, { passwordCommand }))
    expect(failure.message).toBe(
      `${failure.hop} refused the login: it takes no keys; it allows: password; ` +
        `not used: password (the command '${passwordCommand.split(/[ ;]/)[0]}' for the password ${says})`,
    )
    expect(failure.mend).toBe('run it by hand, and see what it says')
  })

  test('because the person gives none, the failure says so', async () => {
    const sshd = await start(...onlyPassword)
    const sources = { env: {}, passwords: { login: { kind: 'ask' as const, ask: async () => undefined } } }
    const failure = await failToReach(as('ops', sshd), { sources })
    expect(failure.message).toContain('; not used: password (the password for ops was not given)')
  })
})

describe('an account', () => {
  test.each([
    ['password', onlyPassword],
    ['key', []],
  ])('that has expired: the words of PAM are told, to a %s', async (_, settings) => {
    const sshd = await start('UsePAM yes', 'KbdInteractiveAuthentication no', ...settings)
    const to = as('expired', sshd, { identityFiles: [sshd.identityFile] })
    const failure = await failToReach(to, { sources: given(right) })
    expect(failure).toMatchObject({
      reason: 'closed',
      phase: 'auth',
      message:
        `${failure.hop} closed the connection while logging in; ` +
        'its banner: "Your account has expired; please contact your system administrator."',
    })
  })

  test('whose password has to be changed, is left as it is', async () => {
    const sshd = await start(...onlyPam)
    const failure = await failToReach(as('stale', sshd), { sources: given(right) })
    expect(failure.message).toBe(
      `${failure.hop} wants a new password, which fleetdx does not give (it asks "Current password:"); ` +
        'it allows: keyboard-interactive',
    )
    expect(failure.mend).toBe(`set a new one by hand: ssh -p ${sshd.port} stale@127.0.0.1`)
  })

  test('whose server shows a banner: it is kept for the failure', async () => {
    const banner = join(folder, 'banner')
    await writeFile(banner, '\n\x1b[31mAuthorized use only.\x1b[0m\nSecond line\n')
    const sshd = await start(...onlyPassword, `Banner ${banner}`)
    const failure = await failToReach(as('ops', sshd), { sources: given('wrong') })
    expect(failure.message).toBe(
      `${failure.hop} refused the password for ops; it allows: password; its banner: "Authorized use only."`,
    )
  })
})

describe('a second factor', () => {
  const code = '12345678'
  const settings = ['UsePAM yes', methods('publickey,keyboard-interactive')]
  beforeAll(async () => {
    const secret = `ABCDEFGHIJKLMNOP\n" DISALLOW_REUSE\n${code}\n87654321\n`
    await writeFile(join(folder, 'secret'), secret)
    await type(`install -o otp -m 600 ${folder}/secret /home/otp/.google_authenticator`)
    const stack = ['auth required pam_google_authenticator.so nullok', 'account required pam_permit.so']
    await writeFile(join(folder, 'pam'), `${[...stack, 'session required pam_permit.so'].join('\n')}\n`)
  })
  const withFactor = async (...lines: string[]) => {
    await type(
      `cp -n /etc/pam.d/sshd /etc/pam.d/sshd.debian; { ${lines.map((line) => `echo '${line}'`).join('; ')}; } >/etc/pam.d/sshd`,
    )
    started.push({ stop: () => type('cp /etc/pam.d/sshd.debian /etc/pam.d/sshd') })
    return start(...settings)
  }
  const factor = 'auth required pam_google_authenticator.so'
  const free = ['account required pam_permit.so', 'session required pam_permit.so']
  const answering = (...answers: string[]) => {
    const asked: Prompt[] = []
    const askPrompt = async (prompt: Prompt) => {
      asked.push(prompt)
      return answers.shift()
    }
    return { asked, askPrompt }
  }

  test('behind a key is asked of the person, without a password', async () => {
    const sshd = await withFactor(factor, ...free)
    const { asked, askPrompt } = answering(code)
    const to = as('otp', sshd, { identityFiles: [sshd.identityFile] })
    expect(await reach(to, async () => true, { sources: { env: {}, askPrompt } })).toBe(true)
    expect(asked).toEqual([{ hop: `otp@127.0.0.1:${sshd.port}`, words: 'Verification code: ', echo: false }])
  })

  test('behind the password is asked of the person, and typing takes no time off the deadline', async () => {
    const sshd = await withFactor('auth required pam_unix.so', factor, ...free)
    const { asked, askPrompt } = answering('87654321')
    const timeouts = { connectMs: 2500, commandMs: 30_000, hostMs: 60_000 }
    const to = as('otp', sshd, { identityFiles: [sshd.identityFile], timeouts })
    const slowly = async (prompt: Prompt) => {
      await new Promise((resolve) => setTimeout(resolve, 3000))
      return askPrompt(prompt)
    }
    expect(await reach(to, async () => true, { sources: { ...given(right), askPrompt: slowly } })).toBe(true)
    expect(asked.map(({ words }) => words)).toEqual(['Verification code: '])
  })

  test('that is wrong does not make the password wrong', async () => {
    const sshd = await withFactor('auth required pam_unix.so', factor, ...free)
    const { askPrompt } = answering('000000')
    const to = as('otp', sshd, { identityFiles: [sshd.identityFile] })
    const credentials = await loadCredentials([to], { ...given(right), askPrompt })
    const shared = shareConnections(credentials)
    const failure: unknown = await connect(to, { shared, signal: new AbortController().signal }).catch((error) => error)
    shared.close()
    const key = `ssh-ed25519 ${await readFingerprint(sshd.identityFile)} from ${sshd.identityFile}`
    expect(failure).toMatchObject({
      message: `otp@127.0.0.1:${sshd.port} took ${key} and refused what was answered (keyboard-interactive); it allows: keyboard-interactive`,
    })
    expect(credentials.passwords.isRefused('login', 'otp', right)).toBe(false)
  })

  test('where there is no terminal is quoted', async () => {
    const sshd = await withFactor('auth required pam_unix.so', factor, ...free)
    const failure = await failToReach(as('otp', sshd, { identityFiles: [sshd.identityFile] }), {
      sources: given(right),
    })
    const key = `ssh-ed25519 ${await readFingerprint(sshd.identityFile)} from ${sshd.identityFile}`
    expect(failure.message).toBe(
      `${failure.hop} took ${key} and asks "Verification code:", and there is no terminal to answer at; ` +
        'it allows: keyboard-interactive',
    )
    expect(failure.mend).toBe('run it on a terminal, where that can be answered')
  })

  test('that nobody answers is quoted', async () => {
    const sshd = await withFactor(factor, ...free)
    const { askPrompt } = answering()
    const to = as('otp', sshd, { identityFiles: [sshd.identityFile] })
    const failure = await failToReach(to, { sources: { env: {}, askPrompt } })
    expect(failure.message).toContain(' and asks "Verification code:", and nobody answered; it allows: ')
  })
})
