import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chooseHosts } from '../../src/inventory/choose.js'
import { listHops } from '../../src/inventory/host.js'
import { failToReach, reach, runCommand } from '../support/reach.js'
import { makeFolder, makeKey, readFingerprint, type Sshd, startAgent, startSshd } from '../support/sshd.js'

const run = promisify(execFile)

let web: Sshd
let gate: Sshd
let folder: string
beforeAll(async () => {
  web = await startSshd()
  gate = await startSshd()
})
afterAll(() => Promise.all([web.stop(), gate.stop()]))
beforeEach(async () => {
  folder = await makeFolder()
})

const { username } = userInfo()
const linesOf = (name: string, { port, identityFile, knownHostsFile }: Sshd) => [
  `Host ${name}`,
  '  HostName 127.0.0.1',
  `  Port ${port}`,
  `  User ${username}`,
  `  IdentityFile ${identityFile}`,
  `  UserKnownHostsFile ${knownHostsFile}`,
]

/** The host that an alias of this ssh_config stands for; what is set first counts. */
async function chooseAlias(...lines: string[]) {
  const file = join(folder, 'config')
  await writeFile(file, `${lines.join('\n')}\n`)
  const { hosts } = await chooseHosts({
    ...{ targets: ['web1'], sshConfigFile: file, overrides: {}, cwd: folder, stdin: Readable.from([]) },
    env: { ...process.env, HOME: folder },
  })
  const [host] = hosts
  if (!host) throw new Error('no host')
  return host
}

const hello = async (session: Parameters<Parameters<typeof reach>[1]>[0]) =>
  (await runCommand(session, 'echo $SSH_CONNECTION')).output
const answer = () => expect.stringContaining(` 127.0.0.1 ${web.port}\n`)

test('an alias is reached by its address, port, user and key', async () => {
  expect(await reach(await chooseAlias(...linesOf('web1', web)), hello)).toEqual(answer())
})

test.each(['ssh2', 'openssh'] as const)('an ssh in its ProxyCommand gets no answer, by %s', async (transport) => {
  const settings = ['PubkeyAuthentication no', 'PasswordAuthentication yes', 'KbdInteractiveAuthentication no']
  const asking = await startSshd({ settings })
  const file = join(folder, 'config')
  const host = await chooseAlias(
    ...[...linesOf('web1', web), `ProxyCommand ssh -F ${file} -W %h:%p gate`],
    ...linesOf('gate', asking),
  )
  const sources = { env: {}, passwords: { login: { kind: 'command' as const, command: 'echo secret' } } }
  const failure = await failToReach({ ...host, transport }, { sources })
  await asking.stop()
  expect(asking.log.filter((line) => /^Failed (?!none)/.test(line))).toEqual([])
  const hop = `${username}@127.0.0.1:${web.port}`
  expect(failure).toMatchObject({ reason: 'auth', phase: 'connect', hop })
  expect(failure.message).toBe(
    `${hop} cannot be reached: the login to its gateway, by its ProxyCommand, did not succeed: ` +
      `"fleetdx gives no answer to: ${username}@127.0.0.1's password: "`.replace(': "', ':"'),
  )
  expect(failure.mend).toMatch(/^name the gateway with ProxyJump in place of ProxyCommand/)
})

test.each(['ssh2', 'openssh'] as const)('each key that it names is offered once, by %s', async (transport) => {
  const strangers = await Promise.all(['one', 'two', 'three'].map((name) => makeKey(join(folder, name))))
  const host = await chooseAlias(
    ...['Host web1', 'IdentitiesOnly yes', ...strangers.map((file) => `IdentityFile ${file}`)],
    ...linesOf('web1', web),
  )
  const before = web.log.length
  expect(await reach({ ...host, transport }, hello)).toEqual(answer())
  expect(web.log.slice(before).filter((line) => line.startsWith('Failed publickey'))).toHaveLength(3)
})

test('an alias is reached through the alias that its ProxyJump names', async () => {
  const host = await chooseAlias(...linesOf('web1', web), 'ProxyJump gate', ...linesOf('gate', gate))
  const loginsBefore = gate.log.filter((line) => line.includes('Accepted publickey')).length
  expect(await reach(host, hello)).toEqual(answer())
  expect(gate.log.filter((line) => line.includes('Accepted publickey'))).toHaveLength(loginsBefore + 1)
})

test('an alias is reached over two hops, each by its own name, port, user and key', async () => {
  const outer = await startSshd()
  const lines = [...linesOf('web1', web), 'ProxyJump outer,gate', ...linesOf('gate', gate), ...linesOf('outer', outer)]
  const host = await chooseAlias(...lines)
  expect(listHops(host).map(({ port }) => port)).toEqual([outer.port, gate.port, web.port])
  expect(await reach(host, hello)).toEqual(answer())
  const own = await chooseAlias(
    ...linesOf('web1', web),
    'ProxyJump gate',
    ...linesOf('gate', gate),
    'ProxyJump outer',
    ...linesOf('outer', outer),
  )
  expect(await reach(own, hello)).toEqual(answer())
  expect(outer.log.filter((line) => line.includes('Accepted publickey'))).toHaveLength(2)
  await outer.stop()
})

test('an alias is reached by what an included file and a Match say', async () => {
  await writeFile(join(folder, 'keys.inc'), `${linesOf('web*', web).join('\n')}\n`)
  const lines = [
    'Match originalhost web1 exec "test %n = web1"',
    `  Port ${web.port}`,
    'Match all',
    '  Port 1',
    `Include ${folder}/*.inc`,
  ]
  expect(await reach(await chooseAlias(...lines), hello)).toEqual(answer())
})

test('a connection of the user that others may share is told', async () => {
  const lines = [...linesOf('web1', web), 'ControlMaster auto', `ControlPath ${folder}/cm-%p`]
  expect((await chooseAlias(...lines)).needsOpenssh).toBeUndefined()
  const words = ['-F', join(folder, 'config'), '-M', '-N', '-f', '-o', 'ControlPersist=60', 'web1']
  await run('ssh', words)
  expect((await chooseAlias(...lines)).needsOpenssh).toBe('a ControlMaster is running')
  await run('ssh', ['-F', join(folder, 'config'), '-O', 'exit', 'web1'])
})

test('algorithms are those that ssh_config chooses', async () => {
  const lines = ['Ciphers aes256-ctr', 'MACs hmac-sha2-512', 'HostKeyAlgorithms rsa-sha2-256', 'AddressFamily inet']
  const host = await chooseAlias(...lines, ...linesOf('web1', web))
  const known = join(folder, 'known')
  const keys = await reach({ ...host, hostKeys: 'accept-new', knownHostsFiles: [known] }, hello)
  expect(keys).toEqual(answer())
  expect(await readFile(known, 'utf8')).toContain(' ssh-rsa ')
  const unmatched = await failToReach({ ...host, algorithms: { kex: ['diffie-hellman-group1-sha1'] } })
  expect(unmatched).toMatchObject({ reason: 'protocol', phase: 'handshake' })
})

/** What nc does, without nc. */
const relay = `${process.execPath} -e 'const s=require("net").connect(process.argv[2],process.argv[1]);process.stdin.pipe(s).pipe(process.stdout)' %h %p`

test('an alias is reached by its ProxyCommand', async () => {
  const host = await chooseAlias(...linesOf('web1', web), `ProxyCommand ${relay}`)
  expect(await reach(host, hello)).toEqual(answer())
  const end = await reach(host, (session) => runCommand(session, 'head -c 3000000 /dev/zero; exit 3'))
  expect([end.exitCode, end.output.length]).toEqual([3, 3_000_000])
})

test('a jump host may have a ProxyCommand of its own', async () => {
  const lines = [...linesOf('web1', web), 'ProxyJump gate', ...linesOf('gate', gate), `ProxyCommand ${relay}`]
  expect(await reach(await chooseAlias(...lines), hello)).toEqual(answer())
})

test('a ProxyCommand that ends says why', async () => {
  const host = await chooseAlias(
    ...linesOf('web1', web),
    `ProxyCommand sh -c 'echo first >&2; echo "no way to %h" >&2; exit 7'`,
  )
  const failure = await failToReach(host)
  const hop = `${username}@127.0.0.1:${web.port}`
  expect(failure).toMatchObject({ reason: 'unreachable', phase: 'connect', hop })
  expect(failure.message).toBe(`${hop} cannot be reached: its ProxyCommand ended with 7: "no way to 127.0.0.1"`)
})

test('a ProxyCommand that stays silent meets the deadline, and is ended', async () => {
  const pidFile = join(folder, 'pid')
  const command = `ProxyCommand sh -c 'echo $$ > ${pidFile}; exec sleep 600'`
  const failure = await failToReach(await chooseAlias(...linesOf('web1', web), command, 'ConnectTimeout 1'))
  expect(failure).toMatchObject({ reason: 'timeout', phase: 'connect' })
  const pid = Number(await readFile(pidFile, 'utf8'))
  await expect.poll(() => isRunning(pid)).toBe(false)
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('HostKeyAlias is the name that the key is known under, whatever the port', async () => {
  const known = join(folder, 'known')
  const alias = ['HostKeyAlias Web-One', `UserKnownHostsFile ${known}`]
  const lines = linesOf('web1', web).filter((line) => !line.includes('UserKnownHostsFile'))
  await writeFile(known, await readFile(web.knownHostsFile))
  const host = await chooseAlias(...lines, ...alias)
  const failure = await failToReach(host)
  const print = await readFingerprint(join(web.folder, 'host_ed25519.pub'))
  expect(failure.message).toBe(
    `${username}@127.0.0.1:${web.port} shows the ssh-ed25519 key ${print}, which is not known yet`,
  )
  expect(failure.mend).toBe(
    `compare the fingerprint, then: ssh-keyscan -p ${web.port} -t ed25519 127.0.0.1 | sed 's/^[^ #]*/web-one/' >> ${known}`,
  )
  await writeFile(known, `web-one ${await web.hostKey('ed25519')}`)
  expect(await reach(host, hello)).toEqual(answer())
})

test('an unknown host behind a ProxyCommand is accepted by ssh, the same way', async () => {
  const lines = linesOf('web1', web).filter((line) => !line.includes('UserKnownHostsFile'))
  const failure = await failToReach(
    await chooseAlias(...lines, 'ProxyCommand x=%%; nc %h %p', 'UserKnownHostsFile /k').then((host) => ({
      ...host,
      proxyCommand: relay.replace('%h', '127.0.0.1').replace('%p', String(web.port)),
    })),
  )
  expect(failure.mend).toMatch(
    /^compare the fingerprint, then: ssh -o 'ProxyCommand=.*' -o UserKnownHostsFile=\/k -p \d+ \S+@127\.0\.0\.1 exit$/,
  )
})

test('IdentitiesOnly keeps the other keys of the agent back, and IdentityAgent says which agent', async () => {
  const stranger = await makeKey(join(folder, 'stranger'))
  const agent = await startAgent([stranger, web.identityFile])
  const [, , , , , known = ''] = linesOf('web1', web)
  const lines = [...linesOf('web1', web).slice(0, 4), known, `IdentityAgent ${agent.socketPath}`]
  expect(await reach(await chooseAlias(...lines), hello)).toEqual(answer())
  const failure = await failToReach(await chooseAlias(...lines, `IdentityFile ${stranger}`, 'IdentitiesOnly yes'))
  const print = await readFingerprint(stranger)
  expect(failure.message).toContain(`refused every key: ssh-ed25519 ${print} from agent; it allows: publickey`)
  const none = { sources: { env: { SSH_AUTH_SOCK: agent.socketPath } } }
  const without = await failToReach(await chooseAlias('Host *', 'IdentityAgent none', ...lines), none)
  expect(without.message).toContain('refused the login: there is no key to offer')
  await agent.stop()
})

test('a key file of ssh_config that cannot be used is passed over', async () => {
  const bad = join(folder, 'bad')
  await writeFile(bad, 'no key')
  const lines = [`IdentityFile ${bad}`, 'IdentityFile /missing/key', ...linesOf('web1', web)]
  expect(await reach(await chooseAlias('Host *', ...lines), hello)).toEqual(answer())
})

test('a new key is stored under its HostKeyAlias', async () => {
  const known = join(folder, 'new/known')
  const lines = linesOf('web1', web).filter((line) => !line.includes('UserKnownHostsFile'))
  const host = await chooseAlias(...lines, 'HostKeyAlias web-one', `UserKnownHostsFile ${known}`)
  expect(await reach({ ...host, hostKeys: 'accept-new' }, hello)).toEqual(answer())
  const [type, base64] = (await web.hostKey('ed25519')).split(' ')
  expect(await readFile(known, 'utf8')).toBe(`web-one ${type} ${base64}\n`)
  expect(await reach(host, hello)).toEqual(answer())
})

test.each(['none', '/dev/null'])('UserKnownHostsFile %s takes a new key and keeps it nowhere', async (value) => {
  const global = join(folder, 'global')
  await writeFile(global, '# untouched\n')
  const lines = linesOf('web1', web).filter((line) => !line.includes('UserKnownHostsFile'))
  const files = [`UserKnownHostsFile ${value}`, `GlobalKnownHostsFile ${global}`]
  const host = await chooseAlias(...lines, ...files, 'StrictHostKeyChecking accept-new')
  expect(host.hostKeys).toBe('accept-new')
  expect(await reach(host, hello)).toEqual(answer())
  expect(await readFile(global, 'utf8')).toBe('# untouched\n')
  const failure = await failToReach({ ...host, hostKeys: 'strict' })
  expect(failure.mend).toBe(
    `compare the fingerprint, then: ssh-keyscan -p ${web.port} -t ed25519 127.0.0.1 >> ~/.ssh/known_hosts (ssh_config has no file for it: name that one with --known-hosts)`,
  )
})
