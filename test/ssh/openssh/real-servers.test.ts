import { execFile, spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Endpoint } from '../../../src/inventory/host.js'
import { createPasswords } from '../../../src/ssh/auth/passwords.js'
import { createKnownHosts } from '../../../src/ssh/host-keys/known-hosts.js'
import { createHostKeyVerifier } from '../../../src/ssh/host-keys/verify-host-key.js'
import { describeNeed } from '../../../src/ssh/openssh/describe-need.js'
import type { OpensshTerms } from '../../../src/ssh/openssh/link.js'
import { ConnectFailure, type Session } from '../../../src/ssh/session.js'
import { makeFidoKey } from '../../support/fido-key.js'
import { failToReach, reach, runCommand } from '../../support/reach.js'
import { openLink, reachByOpenssh } from '../../support/reach-openssh.js'
import { endpointOf, makeFolder, makeHost, makeKey, readFingerprint, type Sshd, startSshd } from '../../support/sshd.js'
import { listProcesses, makeUser } from '../../support/users.js'

const run = promisify(execFile)
const password = 'correct horse'
const { name: user } = makeUser('fxopenssh', password)

let sshd: Sshd
let folder: string
beforeAll(async () => {
  sshd = await startSshd()
  folder = await makeFolder()
})
afterEach(() => void vi.unstubAllEnvs())
afterAll(() => sshd.stop())

const whoami = (session: Session) => runCommand(session, 'id -un')
const alone = (changes: Partial<Endpoint> = {}): Endpoint => ({
  ...endpointOf(sshd),
  sshConfigFile: 'none',
  ...changes,
})
async function fail(endpoint: Endpoint, terms: Partial<OpensshTerms> = {}): Promise<ConnectFailure> {
  const failure = await reachByOpenssh(endpoint, async () => undefined, terms).catch((error: unknown) => error)
  if (failure instanceof ConnectFailure) return failure
  throw failure ?? new Error('it was reached')
}
const hopOf = ({ user, port }: { user: string; port: number }) => `${user}@127.0.0.1:${port}`
async function writeConfig(lines: string[]): Promise<string> {
  const file = join(await makeFolder(), 'config')
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return file
}

test('a user certificate logs in where its key alone is not known', async () => {
  const authority = await makeKey(join(folder, 'user_ca'))
  const key = await makeKey(join(folder, 'certified'))
  const { user: me } = endpointOf(sshd)
  await run('ssh-keygen', ['-q', '-s', authority, '-I', 'test', '-n', me, `${key}.pub`])
  const strict = await startSshd({ settings: [`TrustedUserCAKeys ${authority}.pub`] })
  const endpoint = alone({ ...endpointOf(strict), identityFiles: [key] })
  const end = await reachByOpenssh(endpoint, whoami).finally(strict.stop)
  expect(end.output).toBe(`${me}\n`)
  expect(strict.log.join('\n')).toContain('Accepted publickey for root from 127.0.0.1')
  expect(strict.log.join('\n')).toContain('ED25519-CERT')
})

test('a certificate of another user is refused, and named', async () => {
  const authority = await makeKey(join(folder, 'other_ca'))
  const key = await makeKey(join(folder, 'other'))
  await run('ssh-keygen', ['-q', '-s', authority, '-I', 'test', '-n', 'nobody', `${key}.pub`])
  const strict = await startSshd({
    settings: [`TrustedUserCAKeys ${authority}.pub`, 'PasswordAuthentication no', 'KbdInteractiveAuthentication no'],
  })
  const endpoint = alone({ ...endpointOf(strict), identityFiles: [key] })
  const failure = await fail(endpoint).finally(strict.stop)
  const print = await readFingerprint(`${key}.pub`)
  expect(failure.message).toBe(
    `${hopOf(endpoint)} refused every key: ssh-ed25519 ${print} from ${key}, ` +
      `ssh-ed25519 certificate ${print} from ${key}; it allows: publickey`,
  )
})

async function startCertifiedSshd(name: string): Promise<{ certified: Sshd; authority: string }> {
  const authority = await makeKey(join(await makeFolder(), 'host_ca'))
  const keys = await makeFolder()
  const hostKey = await makeKey(join(keys, 'host'))
  await run('ssh-keygen', ['-q', '-s', authority, '-I', 'web1', '-h', '-n', name, `${hostKey}.pub`])
  const certified = await startSshd({
    settings: [`HostKey ${hostKey}`, `HostCertificate ${hostKey}-cert.pub`],
    hostKeys: [],
  })
  return { certified, authority }
}

test('a host certificate is trusted for its authority alone', async () => {
  const { certified, authority } = await startCertifiedSshd('127.0.0.1')
  const file = join(await makeFolder(), 'known')
  await writeFile(
    file,
    `# authority\n@cert-authority *.example.com,[127.0.0.1]:* ${await readFile(`${authority}.pub`, 'utf8')}`,
  )
  const endpoint = alone({ ...endpointOf(certified), knownHostsFiles: [file] })
  const known = await createKnownHosts().keysOf(endpoint)
  expect(describeNeed(known)).toBe(`its host key is known by a certificate authority alone (${file}:2)`)
  const { exitCode } = await reachByOpenssh(endpoint, whoami).finally(certified.stop)
  expect(exitCode).toBe(0)
})

test('a host certificate for another name, or of another authority, is refused', async () => {
  const { certified, authority } = await startCertifiedSshd('web2')
  const file = join(await makeFolder(), 'known')
  await writeFile(file, `@cert-authority * ${await readFile(`${authority}.pub`, 'utf8')}`)
  const endpoint = alone({ ...endpointOf(certified), knownHostsFiles: [file] })
  const misnamed = await fail(endpoint)
  const stranger = await makeKey(join(await makeFolder(), 'stranger'))
  await writeFile(file, `@cert-authority * ${await readFile(`${stranger}.pub`, 'utf8')}`)
  const unsigned = await fail(endpoint).finally(certified.stop)
  expect(misnamed).toMatchObject({ reason: 'host-key-unknown', phase: 'host-key' })
  expect(misnamed.message).toBe(
    `${hopOf(endpoint)} shows a host certificate that is not good here: "Certificate invalid: name is not a listed principal"`,
  )
  expect(misnamed.mend).toBe(
    'have its certificate signed anew for the name that it is reached by: ssh-keygen -s CA -h -n NAME',
  )
  expect(unsigned).toMatchObject({ reason: 'host-key-unknown', phase: 'host-key' })
  expect(unsigned.message).toMatch(
    / shows the ssh-ed25519 key SHA256:\S+, which is not known yet \(the certificate authority in /,
  )
  expect(unsigned.message.endsWith(`${file}:1 did not sign its certificate)`)).toBe(true)
})

test('where a plain key is known, an authority makes no need', async () => {
  const file = join(await makeFolder(), 'known')
  const key = await sshd.hostKey('ed25519')
  await writeFile(file, `@cert-authority * ${key}[127.0.0.1]:${sshd.port} ${key}`)
  const known = await createKnownHosts().keysOf(alone({ knownHostsFiles: [file] }))
  expect(describeNeed(known)).toBeUndefined()
  expect(describeNeed({ listed: [], bare: [], unread: [] })).toBeUndefined()
})

test('the configuration holds: Include, Match, tokens, and what it wants sent', async () => {
  const included = await writeConfig([
    'Host web1',
    `  IdentityFile ${join(sshd.folder, '%u-key')}`,
    '  SendEnv FLEETDX_*',
  ])
  await writeFile(join(sshd.folder, `${endpointOf(sshd).user}-key`), await readFile(sshd.identityFile), { mode: 0o600 })
  const config = await writeConfig([
    `Include ${included}`,
    'Match originalhost web1 exec "true"',
    '  ProxyCommand sh -c "exec nc %h %p"',
    '  ProxyUseFdpass no',
    '  SetEnv FLEETDX_SET=set',
  ])
  const nc = join(folder, 'nc')
  await writeFile(
    nc,
    `#!/bin/sh\nexec ${process.execPath} -e 'const s=require("net").connect(+process.argv[2],process.argv[1]);process.stdin.pipe(s).pipe(process.stdout)' "$@"\n`,
  )
  await chmod(nc, 0o755)
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
  vi.stubEnv('FLEETDX_SENT', 'sent')
  const strict = await startSshd({
    settings: ['AcceptEnv FLEETDX_*', `AuthorizedKeysFile ${sshd.folder}/authorized_keys`],
  })
  const endpoint: Endpoint = {
    ...endpointOf(strict),
    identityFiles: [],
    alias: 'web1',
    sshConfigFile: config,
    proxyCommand: 'as ssh_config has it',
  }
  const end = await reachByOpenssh(endpoint, (session) =>
    runCommand(session, 'echo $FLEETDX_SET $FLEETDX_SENT'),
  ).finally(strict.stop)
  expect(end).toEqual({ exitCode: 0, output: 'set sent\n', stderr: '' })
})

test('nothing of the configuration runs on the host, or comes between', async () => {
  const traces = join(await makeFolder(), 'traces')
  const config = await writeConfig([
    'Host *',
    '  RemoteCommand echo never',
    '  RequestTTY force',
    '  PermitLocalCommand yes',
    `  LocalCommand touch ${traces}`,
    '  ForwardAgent yes',
    '  StdinNull yes',
    '  ForkAfterAuthentication yes',
    '  ControlPersist yes',
    '  LogLevel QUIET',
    '  BatchMode no',
    '  LocalForward 1 127.0.0.1:1',
    '  EscapeChar ~',
  ])
  const endpoint = alone({ sshConfigFile: config, alias: 'web1' })
  const end = await reachByOpenssh(endpoint, (session) =>
    runCommand(session, 'cat; test -t 0 || echo "no tty$SSH_AUTH_SOCK"', { input: '~.\n~?\n' }),
  )
  expect(end).toEqual({ exitCode: 0, output: '~.\n~?\nno tty\n', stderr: '' })
  await expect(readFile(traces)).rejects.toThrow('ENOENT')
})

test('a configuration that ssh does not take is told', async () => {
  const config = await writeConfig(['Host *', '  NoSuchThing yes'])
  const failure = await fail(alone({ sshConfigFile: config }))
  expect(failure).toMatchObject({ reason: 'config', phase: 'config' })
  expect(failure.message).toBe(
    `${hopOf(alone())} was not tried: the system's ssh does not take its configuration: ` +
      `"${config}: line 2: Bad configuration option: nosuchthing"`,
  )
  expect(failure.mend).toBe(`see what this says: ssh -v -F ${config} -p ${sshd.port} -l root 127.0.0.1 exit`)
})

test('without a program ssh, that is what is said', async () => {
  vi.stubEnv('PATH', folder)
  const failure = await fail(alone())
  expect(failure).toMatchObject({ reason: 'config', phase: 'config' })
  expect(failure.message).toBe(`${hopOf(alone())} is not tried: there is no program 'ssh' on the PATH`)
  expect(failure.mend).toBe(
    "install OpenSSH's client (Debian: apt-get install openssh-client; RHEL: dnf install openssh-clients), or --transport ssh2",
  )
})

test("the user's own control master is used, and lives on", async () => {
  const { user: me, port, identityFile, knownHostsFile } = { ...sshd, ...endpointOf(sshd) }
  const config = await writeConfig(['Host mine', `  ControlPath ${folder}/%r-%p`])
  const words = ['-F', config, '-o', `UserKnownHostsFile=${knownHostsFile}`, '-i', identityFile, '-p', String(port)]
  const master = spawn('ssh', [...words, '-M', '-N', '-l', me, '-o', 'HostName=127.0.0.1', 'mine'], { stdio: 'ignore' })
  const check = () => run('ssh', ['-S', `${folder}/${me}-${port}`, '-O', 'check', 'mine'])
  await vi.waitFor(check, { timeout: 10_000 })
  const before = sshd.log.filter((line) => line.includes('Accepted')).length
  // Without the master it would fail: no key, and no known host.
  const endpoint = alone({ sshConfigFile: config, alias: 'mine', identityFiles: [], knownHostsFiles: [] })
  const end = await reachByOpenssh(endpoint, whoami)
  expect(end).toEqual({ exitCode: 0, output: `${me}\n`, stderr: '' })
  expect(sshd.log.filter((line) => line.includes('Accepted')).length).toBe(before)
  await check()
  master.kill()
})

test('a new host key is taken once and told', async () => {
  const file = join(await makeFolder(), 'known')
  const hostKeyVerifier = createHostKeyVerifier()
  const endpoint = alone({ knownHostsFiles: [file], hostKeys: 'accept-new' })
  await Promise.all([1, 2, 3].map(() => reachByOpenssh(endpoint, whoami, { hostKeyVerifier })))
  const print = await readFingerprint(join(sshd.folder, 'host_ed25519.pub'))
  const taken = { name: `[127.0.0.1]:${sshd.port}`, type: 'ssh-ed25519', fingerprint: print, file }
  expect(hostKeyVerifier.taken()).toEqual([taken])
  expect((await readFile(file, 'utf8')).trim().split('\n').length).toBe(1)
})

test('an encrypted key is asked for its passphrase', async () => {
  const key = await makeKey(join(folder, 'locked'), { passphrase: 'open sesame' })
  const strict = await startSshd({
    settings: [`AuthorizedKeysFile ${key}.pub`, 'PasswordAuthentication no', 'KbdInteractiveAuthentication no'],
  })
  const endpoint = alone({ ...endpointOf(strict), identityFiles: [key] })
  const asked: string[] = []
  const answers = ['wrong', 'open sesame']
  const askPassphrase = async (file: string) => {
    asked.push(file)
    return answers.shift()
  }
  const credentials = { passwords: createPasswords(), asks: { askPassphrase } }
  const end = await reachByOpenssh(endpoint, whoami, { credentials })
  expect(end.exitCode).toBe(0)
  expect(asked).toEqual([key, key])
  // The run knows it now.
  await Promise.all([1, 2].map(() => reachByOpenssh(endpoint, whoami, { credentials })))
  expect(asked).toEqual([key, key])
  const failure = await fail(endpoint).finally(strict.stop)
  expect(failure.message).toContain(
    `not used: ${key} (the server takes it, but it gave no signature: it is encrypted, and there is no terminal to ask for its passphrase)`,
  )
  expect(failure.mend).toBe(`ssh-add ${key}`)
})

const typing = (...typed: string[]) => {
  const passwords = createPasswords({ login: { kind: 'ask', ask: async () => typed[0] } })
  return { passwords, asks: {} }
}
const strangers = (server: Sshd, changes: Partial<Endpoint> = {}) =>
  alone({ ...endpointOf(server), user, identityFiles: [], ...changes })

test('a password logs in, and is nowhere else', async () => {
  const open = await startSshd({
    settings: ['PasswordAuthentication yes', 'KbdInteractiveAuthentication no', 'UsePAM yes'],
  })
  const seen: string[] = []
  const end = await reachByOpenssh(
    strangers(open),
    async (session) => {
      const { stdout } = await run(
        'sh',
        ['-c', 'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"'],
        {
          maxBuffer: 1e8,
        },
      )
      seen.push(...stdout.split('\n').filter((line) => line.includes(password)))
      return whoami(session)
    },
    { credentials: typing(password) },
  ).finally(open.stop)
  expect(end.output).toBe(`${user}\n`)
  expect(seen).toEqual([])
})

test.each([
  ['password', ['PasswordAuthentication yes', 'KbdInteractiveAuthentication no']],
  ['keyboard-interactive', ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes']],
])('a wrong password (%s) is sent once, and refused for the run', async (method, settings) => {
  const open = await startSshd({ settings: [...settings, 'UsePAM yes', 'PubkeyAuthentication no'] })
  const credentials = typing('wrong')
  const endpoint = strangers(open)
  const first = await fail(endpoint, { credentials })
  const second = await fail(endpoint, { credentials }).finally(open.stop)
  expect(first.message).toBe(`${hopOf(endpoint)} refused the password for ${user}; it allows: ${method}`)
  expect(first.mend).toBe(
    `see that the user and what was answered are right: ssh -F none -p ${open.port} ${user}@127.0.0.1`,
  )
  expect(second.message).toBe(
    `${hopOf(endpoint)} refused the login: it takes no keys; it allows: ${method}; ` +
      `not used: password (the password for ${user} was refused by ${hopOf(endpoint)})`,
  )
  expect(open.log.filter((line) => /Failed (password|keyboard-interactive)/.test(line)).length).toBe(1)
})

test('keyboard-interactive is answered with the password', async () => {
  const open = await startSshd({
    settings: ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes', 'UsePAM yes'],
  })
  const end = await reachByOpenssh(strangers(open), whoami, { credentials: typing(password) }).finally(open.stop)
  expect(end.output).toBe(`${user}\n`)
})

test('two factors: a key, then the password', async () => {
  const key = await makeKey(join(folder, 'first_factor'))
  await run('chmod', ['755', folder])
  const methods = 'AuthenticationMethods publickey,keyboard-interactive'
  const settings = [methods, `AuthorizedKeysFile ${key}.pub`, 'UsePAM yes', 'PasswordAuthentication no']
  const open = await startSshd({ settings })
  const endpoint = strangers(open, { identityFiles: [key] })
  const end = await reachByOpenssh(endpoint, whoami, { credentials: typing(password) })
  expect(end.output).toBe(`${user}\n`)
  const print = await readFingerprint(`${key}.pub`)
  const failure = await fail(endpoint).finally(open.stop)
  expect(failure.message).toBe(
    `${hopOf(endpoint)} took ssh-ed25519 ${print} from ${key} and asks for more; it allows: keyboard-interactive`,
  )
  expect(failure.mend).toBe('give the password: --ask-pass')
})

test('a password from a command is not needed where a key does', async () => {
  const ask = vi.fn(async () => password)
  const credentials = { passwords: createPasswords({ login: { kind: 'ask', ask } }), asks: {} }
  await reachByOpenssh(alone(), whoami, { credentials })
  expect(ask).not.toHaveBeenCalled()
})

test('fleetdx may be killed: its ssh ends with it', async () => {
  const script = join(await makeFolder(), 'hold.mts')
  const source = new URL('../../support/reach-openssh.ts', import.meta.url).pathname
  await writeFile(
    script,
    `import { openLink } from ${JSON.stringify(source)}
const link = await openLink(${JSON.stringify(alone())})
console.log('open')
await link.session().run('echo running; sleep 600', { input: '', onOutput: (piece) => process.stdout.write(piece), maxBytes: 100, timeoutMs: 1e6, signal: new AbortController().signal })`,
  )
  const tmp = await mkdtemp('/tmp/fleetdx-k')
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, TMPDIR: tmp },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve) => {
    let output = ''
    child.stdout.on('data', (piece) => {
      output += piece
      if (output.includes('running')) resolve()
    })
  })
  child.kill('SIGKILL')
  await vi.waitFor(
    async () => {
      expect((await readdir(tmp)).filter((name) => name.startsWith('fleetdx-link-'))).toEqual([])
      const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
      const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')))
      expect(commands.filter((words) => words.includes(`${tmp}/fleetdx-link-`))).toEqual([])
    },
    { timeout: 15_000, interval: 100 },
  )
  await rm(tmp, { recursive: true })
})

test('an ssh2 client reaches a host through a channel', async () => {
  const link = await openLink(alone())
  const channel = await link.openChannel(alone(), { connectMs: 5000, signal: new AbortController().signal })
  const banner = await new Promise((resolve) => channel.once('data', (piece) => resolve(String(piece))))
  expect(banner).toMatch(/^SSH-2\.0-OpenSSH/)
  channel.destroy()
  const closed = await link
    .openChannel(alone({ port: 1 }), { connectMs: 5000, signal: new AbortController().signal })
    .catch((error: unknown) => error)
  link.close()
  expect(closed).toMatchObject({
    reason: 'refused',
    phase: 'connect',
    message: `root@127.0.0.1:1 cannot be reached from jump host ${hopOf(alone())}: Connection refused`,
  })
})

test('a FIDO key whose device is not here is told in the words of ssh', async () => {
  const key = await makeFidoKey(join(folder, 'id_sk'))
  const strict = await startSshd({
    settings: [`AuthorizedKeysFile ${key}.pub`, 'PasswordAuthentication no', 'KbdInteractiveAuthentication no'],
  })
  const endpoint = alone({ ...endpointOf(strict), identityFiles: [key] })
  const host = makeHost({ ...endpoint, transport: 'auto' })
  const failure = await failToReach(host).finally(strict.stop)
  const print = await readFingerprint(`${key}.pub`)
  expect(failure).toMatchObject({ reason: 'auth', phase: 'auth' })
  expect(failure.message).toBe(
    `${hopOf(endpoint)} refused every key: sk-ssh-ed25519@openssh.com ${print} from ${key}; it allows: publickey; ` +
      `not used: ${key} (device not found)`,
  )
})

test('a certificate beside a key is reason enough for the system ssh, and said so', async () => {
  const authority = await makeKey(join(folder, 'auto_ca'))
  const key = await makeKey(join(folder, 'auto'))
  const { user: me } = endpointOf(sshd)
  await run('ssh-keygen', ['-q', '-s', authority, '-I', 'test', '-n', me, `${key}.pub`])
  const strict = await startSshd({ settings: [`TrustedUserCAKeys ${authority}.pub`] })
  const host = makeHost({ ...alone(endpointOf(strict)), identityFiles: [key], transport: 'auto' })
  const transport = await reach(host, async (session) => session.transport).finally(strict.stop)
  expect(transport.kind).toBe('openssh')
  expect(transport.because).toContain('certificate')
})

test('a configuration that hangs meets the deadline, and ends with it', async () => {
  const config = await writeConfig(['Match exec "sleep 79071"', '  Port 1'])
  const failure = await fail(alone({ sshConfigFile: config }), { connectMs: 1000 })
  expect(failure).toMatchObject({ reason: 'timeout', limit: 'connect' })
  await expect.poll(() => listProcesses().filter((line) => line.includes('79071')), { timeout: 5000 }).toEqual([])
})
