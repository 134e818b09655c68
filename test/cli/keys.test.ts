import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRecordSchema } from '../../src/record.js'
import { checkRecord, fleetdx } from '../support/fleetdx.js'
import { makeFolder, makeKey, readFingerprint, type Sshd, startSshd } from '../support/sshd.js'
import { openTerminal } from '../support/terminal.js'

let sshd: Sshd
let folder: string
let locked: string
let hop: string
beforeAll(async () => {
  sshd = await startSshd()
  folder = await makeFolder()
  locked = await makeKey(join(folder, 'locked'), { passphrase: 'open sesame' })
  await appendFile(join(sshd.folder, 'authorized_keys'), await readFile(`${locked}.pub`))
  hop = `${userInfo().username}@127.0.0.1:${sshd.port}`
})
afterAll(() => sshd.stop())

const withKey = (file: string) => ['--identity', file, '--known-hosts', sshd.knownHostsFile, hop]
const noAgent = { SSH_AUTH_SOCK: '', HOME: '/nowhere' }

describe('a key that cannot be used is refused before anything connects:', () => {
  const other = 'name the file of a private key; ssh-keygen -t ed25519 makes one'
  const rewrite = 'name a private key that OpenSSH made; ssh-keygen -p -f FILE rewrites an old one'

  it.each([
    ['it is not there', 'nothing', 'it does not exist', other],
    ['it is a folder', '.', 'it is a folder', other],
    ['it is no key', 'note', 'it is not a private key that can be read here', rewrite],
  ])('%s', async (_, name, because, mend) => {
    await writeFile(join(folder, 'note'), 'not a key\n')
    const file = join(folder, name)
    expect(await fleetdx(['check', ...withKey(file)], { env: noAgent })).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `fleetdx: ${file}: the identity file cannot be used: ${because}\n  ${mend}\n`,
    })
  })
})

describe('a login that fails is a row that says why:', () => {
  it('no key and no agent', async () => {
    const env = { HOME: '/nowhere', SSH_AUTH_SOCK: '/nowhere/agent' }
    const words = ['check', '--known-hosts', sshd.knownHostsFile, hop]
    const { exitCode, stdout, stderr } = await fleetdx([...words, '--format', 'json'], { env })
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' })
    const verdict = JSON.parse(stdout).hosts[0].verdict
    expect(verdict).toContain(`${hop} refused the login: there is no key to offer; it allows: publickey`)
    expect(verdict).toContain('not used: agent (nothing answers at /nowhere/agent)')
  })

  it('a key that the server does not know', async () => {
    const stranger = await makeKey(join(folder, 'stranger'))
    const { exitCode, record } = await checkRecord(withKey(stranger))
    expect(exitCode).toBe(3)
    expect(record.hosts[0]?.reason?.reason).toBe('auth')
    const key = `ssh-ed25519 ${await readFingerprint(stranger)} from ${stranger}`
    expect(record.hosts[0]?.verdict).toContain(key)
  })

  it('an encrypted key, and no terminal to ask at', async () => {
    const { stdout } = await fleetdx(['check', ...withKey(locked), '--format', 'json'], { env: noAgent })
    const { verdict, reason } = JSON.parse(stdout).hosts[0]
    expect(verdict).toContain(
      `not used: ${locked} (it is encrypted, and there is no terminal to ask for its passphrase)`,
    )
    expect(reason.mend).toBe(`ssh-add ${locked}, or give the password: --ask-pass`)
  })
})

describe('an unknown host key', () => {
  const words = (policy: string, file: string) => [
    ...['--timeout-command', '1ms', '--sudo', 'never', '--host-keys', policy],
    ...['--identity', sshd.identityFile, '--known-hosts', file, hop],
  ]
  const shown = async () => ({
    name: `[127.0.0.1]:${sshd.port}`,
    type: 'ssh-ed25519',
    fingerprint: await readFingerprint(join(sshd.folder, 'host_ed25519.pub')),
  })

  it('is stored and told on standard error, where accept-new says so', async () => {
    const file = join(folder, 'accepted')
    const { name, type, fingerprint } = await shown()
    const first = await fleetdx(['check', ...words('accept-new', file), '--format', 'json'], { env: noAgent })
    expect(first.stderr).toBe(`accepted the ${type} key ${fingerprint} of ${name}: it is now in ${file}\n`)
    expect(runRecordSchema.parse(JSON.parse(first.stdout)).takenHostKeys).toEqual([{ name, type, fingerprint, file }])
    const again = await fleetdx(['ping', ...words('accept-new', file)], { env: noAgent })
    expect(again).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('is trusted unseen where it is off, and the report says so', async () => {
    const { name, type, fingerprint } = await shown()
    const { stdout, stderr } = await fleetdx(['check', ...words('off', join(folder, 'never'))], { env: noAgent })
    expect(stderr).toBe('')
    expect(stdout).toContain(
      `Not verified: host keys that are not known (--host-keys off)\n  ${name} ${type} ${fingerprint}\n`,
    )
  })
})

describe('on a terminal, an encrypted key', () => {
  const open = () => openTerminal(['check', ...withKey(locked)], { env: noAgent, columns: 200 })

  it('is opened by its passphrase, which is not shown', async () => {
    const terminal = open()
    await terminal.shows(`Passphrase for ${locked}: `)
    terminal.type('open sesame\r')
    const { output } = await terminal.ended
    expect(output).not.toContain('sesame')
    expect(output).not.toContain('unreachable')
    expect(output).toContain('1 host: ')
  })

  it('is asked for three times', async () => {
    const terminal = open()
    await terminal.shows(`Passphrase for ${locked}: `)
    terminal.type('wrong\r')
    for (const _ of ['second', 'third']) {
      await terminal.shows(`That was not it. Passphrase for ${locked}: `)
      terminal.type('wrong\r')
    }
    const { exitCode, output } = await terminal.ended
    expect(exitCode).toBe(3)
    expect(output.replaceAll(/\s+/g, ' ')).toContain(`not used: ${locked} (its passphrase was wrong 3 times)`)
  })

  it('can be left alone by Ctrl-C: the run ends', async () => {
    const terminal = open()
    await terminal.shows(`Passphrase for ${locked}: `)
    terminal.type('\x03')
    const { exitCode, output } = await terminal.ended
    expect(exitCode).toBe(130)
    expect(output).toContain('not checked')
  })
})
