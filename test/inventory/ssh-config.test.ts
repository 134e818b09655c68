import { execFile } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ChooseOptions, chooseHosts } from '../../src/inventory/choose.js'
import { parseSshWords, readSshSettings } from '../../src/inventory/ssh-settings.js'
import { makeFolder } from '../support/sshd.js'

/** ssh goes by the system's list of users, not by HOME. */
const sshHome = userInfo().homedir

let folder: string
beforeEach(async () => {
  folder = await makeFolder()
})

const choose = (options: Partial<ChooseOptions>) =>
  chooseHosts({
    targets: [],
    overrides: {},
    env: { ...process.env, HOME: folder },
    cwd: folder,
    stdin: Readable.from([]),
    ...options,
  })

/** Writes an ssh_config and chooses by it. */
async function chooseBy(lines: string[], options: Partial<ChooseOptions>) {
  await writeFile(join(folder, 'config'), `${lines.join('\n')}\n`)
  return choose({ sshConfigFile: 'config', ...options })
}

const inventory = (text: string) => writeFile(join(folder, 'inventory.yaml'), text)

describe('ssh_config', () => {
  it('says how a host is reached, without an inventory', async () => {
    const lines = [
      'Host web1',
      '  HostName 10.0.0.%h',
      '  User deploy',
      '  Port 2222',
      '  IdentityFile ~/keys/%n_%r_%p%%',
      `  IdentityFile $${'{KEYS}'}/id`,
      '  IdentitiesOnly yes',
      '  IdentityAgent $AGENT',
      '  UserKnownHostsFile ~/known /etc/k',
      '  GlobalKnownHostsFile none',
      '  HostKeyAlias Web-One',
      '  ConnectTimeout 7',
      '  ProxyCommand nc %h %p',
    ]
    const env = { ...process.env, HOME: folder, KEYS: '/keys', AGENT: '/run/agent' }
    const { hosts } = await chooseBy(lines, { targets: ['web1'], env })
    expect(hosts).toEqual([
      expect.objectContaining({
        name: 'web1',
        address: '10.0.0.web1',
        user: 'deploy',
        port: 2222,
        identityFiles: [join(sshHome, 'keys/web1_deploy_2222%'), '/keys/id'],
        passesOverIdentities: true,
        identitiesOnly: true,
        agentSocket: '/run/agent',
        knownHostsFiles: [join(sshHome, 'known'), '/etc/k'],
        hostKeyAlias: 'web-one',
        proxyCommand: 'nc 10.0.0.web1 2222',
        timeouts: { connectMs: 7000, commandMs: 30_000, hostMs: 60_000 },
      }),
    ])
  })

  it('says nothing by its own defaults', async () => {
    const { hosts } = await chooseBy(['Host other', '  User x'], { targets: ['web1'] })
    const unread = await choose({ targets: ['web1'], sshConfigFile: 'none' })
    expect(hosts).toEqual(unread.hosts.map((host) => ({ ...host, sshConfigFile: join(folder, 'config') })))
  })

  it('yields to the inventory, and both to the command line', async () => {
    await inventory('hosts:\n  web1: { user: b, port: 2, identityFile: /b }\n')
    const lines = ['Host web1', 'HostName h', 'User a', 'Port 1', 'IdentityFile /a', 'HostKeyAlias k']
    const { hosts, origins } = await chooseBy(lines, { targets: ['web1'], overrides: { user: 'c' } })
    expect(hosts[0]).toMatchObject({ address: 'h', user: 'c', port: 2, identityFiles: ['/b'], hostKeyAlias: 'k' })
    const file = join(folder, 'config')
    const entry = `${join(folder, 'inventory.yaml')} (host web1)`
    expect(origins.get('web1')).toEqual({ address: file, port: entry, user: 'command line', identityFile: entry })
  })

  it('does not excuse, nor need, a key that the inventory names', async () => {
    await inventory('hosts:\n  web1: { identityFile: /b }\n')
    const { hosts } = await chooseBy(['IdentityFile /%C'], { targets: ['web1'] })
    expect([hosts[0]?.identityFiles, hosts[0]?.passesOverIdentities, hosts[0]?.needsOpenssh]).toEqual([
      ['/b'],
      undefined,
      undefined,
    ])
  })

  it('sees what is given: Match goes by the user of the command line and the address of the inventory', async () => {
    await inventory('hosts:\n  web1: { address: 10.0.0.1 }\n')
    const lines = ['Match user root', 'Port 1', 'Match host 10.0.0.1', 'ConnectTimeout 3']
    const { hosts } = await chooseBy(lines, { targets: ['web1'], overrides: { user: 'root' } })
    expect(hosts[0]).toMatchObject({ address: '10.0.0.1', port: 1, timeouts: { connectMs: 3000 } })
  })

  it('goes by the name that is written behind the user', async () => {
    const lines = ['Host web1', 'HostName 10.0.0.1', 'User a', 'Port 1']
    const { hosts } = await chooseBy(lines, { targets: ['root@web1:2222', 'ssh://web1'] })
    expect(hosts).toMatchObject([
      { name: 'root@web1:2222', address: '10.0.0.1', user: 'root', port: 2222 },
      { name: 'ssh://web1', address: '10.0.0.1', user: 'a', port: 1 },
    ])
  })

  it("runs 'Match exec' as ssh does", async () => {
    const lines = ['Match exec "test %n = web1"', 'User by-exec']
    const { hosts } = await chooseBy(lines, { targets: ['web1', 'web2'] })
    expect(hosts.map(({ user }) => user)).toEqual(['by-exec', userInfo().username])
  })

  it('leaves this machine alone', async () => {
    const { hosts } = await chooseBy(['Host *', 'User x'], { local: true })
    expect(hosts[0]).toMatchObject({ user: userInfo().username, transport: 'local' })
  })
})

describe('what may be used to log in', () => {
  it.each([
    [['PasswordAuthentication no'], ['publickey', 'keyboard-interactive']],
    [['PubkeyAuthentication no', 'KbdInteractiveAuthentication no'], ['password']],
    [['PreferredAuthentications password,publickey'], ['password', 'publickey']],
    [['PasswordAuthentication no', 'PreferredAuthentications password,gssapi-with-mic,publickey'], ['publickey']],
  ])('%j', async (lines, allowed) => {
    const { hosts } = await chooseBy(lines, { targets: ['web1'] })
    expect(hosts[0]?.loginMethods).toEqual({ allowed, says: lines.join(', ') })
    expect(hosts[0]?.needsOpenssh).toBeUndefined()
  })

  it('is everything, where nothing is said', async () => {
    const { hosts } = await chooseBy(['PreferredAuthentications none', 'Match host web1', 'User x'], {
      targets: ['web1'],
    })
    expect(hosts[0]?.loginMethods).toEqual({ allowed: [], says: 'PreferredAuthentications none' })
    const plain = await chooseBy(['PasswordAuthentication yes'], { targets: ['web1'] })
    expect(plain.hosts[0]?.loginMethods).toBeUndefined()
  })
})

it('tells names to which it knows the way, and that stored names are hashed', async () => {
  const lines = ['Host web1 db*', 'HostName 10.0.0.1', 'Host *', 'HashKnownHosts yes']
  await inventory('hosts: { web1: {}, db1: { address: 10.0.0.2 }, other: {} }\n')
  const { hosts } = await chooseBy(lines, {})
  expect(hosts.map(({ name, isAlias, hashKnownHosts }) => [name, isAlias, hashKnownHosts])).toEqual([
    ['web1', true, true],
    ['db1', undefined, true],
    ['other', undefined, true],
  ])
})

describe('what one host cannot have', () => {
  it('is told of that host alone, in the words of ssh', async () => {
    const { hosts } = await chooseBy(['Host web1', 'HostName %Q'], { targets: ['web1', 'web2'] })
    expect(hosts.map(({ name, obstacle }) => [name, obstacle])).toEqual([
      [
        'web1',
        {
          message: "ssh cannot read its configuration for 'web1': vdollar_percent_expand: unknown key %Q",
          mend: `see what 'ssh -G -F ${join(folder, 'config')} web1' says, or leave ssh_config out: -F none`,
        },
      ],
      ['web2', undefined],
    ])
  })

  it('is a token that no ssh knows', async () => {
    const { hosts } = await chooseBy(['IdentityFile /%Q'], { targets: ['web1'] })
    expect(hosts[0]?.obstacle).toEqual({
      message: "ssh_config says '/%Q' for 'web1', and no version of ssh knows %Q",
      mend: 'mend that line of ssh_config; %% stands for a percent sign',
    })
  })

  it('is a user that a shell would run, as a part of ProxyCommand, where an older ssh lets it pass', () => {
    const words = parseSshWords('user a;id\nhostname web1\nproxycommand nc -u %r %h\n')
    const context = { name: 'web1', cwd: folder, sshHome: folder, env: {} }
    const read = () => readSshSettings({ words, defaults: new Map(), written: () => [], hasMaster: false, context })
    expect(read).toThrow("'a;id' would be run by a shell, as a part of the ProxyCommand of ssh_config")
  })
})

describe('a file that no host can be read by', () => {
  it('is a mistake, with its place', async () => {
    await expect(chooseBy(['Host *', 'Usr x'], { targets: ['web1'] })).rejects.toMatchObject({
      message: 'ssh cannot read it: Bad configuration option: usr',
      place: { file: join(folder, 'config'), line: 2 },
      mend: 'mend that line, or leave ssh_config out: -F none',
    })
  })

  it('may be one that is not there', async () => {
    await expect(choose({ targets: ['web1'], sshConfigFile: 'nowhere' })).rejects.toMatchObject({
      message: `ssh cannot read its configuration: Can't open user config file ${join(folder, 'nowhere')}: No such file or directory`,
      mend: 'name another one: -F FILE',
    })
  })

  it('is a file that was named, where there is no ssh to read it', async () => {
    const env = { HOME: folder, PATH: folder }
    await expect(chooseBy([], { targets: ['web1'], env })).rejects.toMatchObject({
      message: `${join(folder, 'config')} cannot be honoured: there is no program 'ssh' on the PATH`,
      mend: "install OpenSSH's client, which reads it",
    })
  })
})

describe("what only the system's ssh can do", () => {
  const needsOf = async (...lines: string[]) => {
    const { hosts } = await chooseBy(lines, { targets: ['web1'] })
    expect(hosts[0]?.obstacle).toBeUndefined()
    return hosts[0]?.needsOpenssh
  }

  it.each([
    ['ProxyUseFdpass', ['ProxyUseFdpass yes', 'ProxyCommand x']],
    ['BindAddress', ['BindAddress 127.0.0.1']],
    ['PKCS11Provider', ['PKCS11Provider /usr/lib/p11.so']],
    ['SecurityKeyProvider', ['SecurityKeyProvider /usr/lib/sk.so']],
    ['CertificateFile', ['CertificateFile ~/.ssh/web-cert.pub']],
    ['KnownHostsCommand', ['KnownHostsCommand /bin/known %H']],
    ['VerifyHostKeyDNS', ['VerifyHostKeyDNS yes']],
    ['RevokedHostKeys', ['RevokedHostKeys /revoked']],
    ['PreferredAuthentications', ['PreferredAuthentications gssapi-with-mic,publickey']],
    ['%C in IdentityFile', ['IdentityFile ~/.ssh/%C']],
    ['%C in ProxyCommand', ['ProxyCommand dial %C']],
    ['KexAlgorithms', ['KexAlgorithms sntrup761x25519-sha512@openssh.com']],
    ['HostKeyAlgorithms, CertificateFile', ['HostKeyAlgorithms sk-ssh-ed25519@openssh.com', 'CertificateFile /c']],
  ])('is a need: %s', async (need, lines) => {
    expect(await needsOf(...lines)).toBe(need)
  })

  it.each([
    ['PreferredAuthentications publickey,gssapi-with-mic'],
    // in the stock configuration of Debian
    ['GSSAPIAuthentication yes'],
    ['KexAlgorithms +diffie-hellman-group1-sha1'],
    ['ControlPath ~/.ssh/nowhere-%C'],
    ['ServerAliveInterval 5'],
    ['PKCS11Provider none'],
  ])('is not: %s', async (line) => {
    expect(await needsOf(line)).toBeUndefined()
  })

  it('is a connection of the user that others may share, as long as it answers', async () => {
    const server = createServer().listen(join(folder, 'dead'))
    await new Promise((resolve) => server.once('listening', resolve))
    server.on('connection', (socket) => socket.destroy())
    expect(await needsOf(`ControlPath ${folder}/dead`)).toBeUndefined()
    await new Promise((resolve) => server.close(resolve))
  })

  it('stands in the way of ssh2 where the host would be reached otherwise', async () => {
    const choice = await chooseBy(['Host web1', 'ProxyCommand x %C', 'Host web2', 'CertificateFile /c'], {
      ...{ targets: ['web1', 'web2'], overrides: { transport: 'ssh2' } },
    })
    expect(choice.hosts.map(({ obstacle }) => obstacle)).toEqual([
      {
        message: "ssh_config says of 'web1' what only the system's ssh can do: %C in ProxyCommand",
        mend: 'leave out --transport ssh2 (transport: ssh2 in the inventory), or choose openssh',
      },
      undefined,
    ])
  })
})

describe('the way of a connection', () => {
  it('goes by the algorithms that are chosen, as far as ssh2 has them', async () => {
    const lines = ['Ciphers aes256-cbc,aes128-ctr,nothing@openssh.com', 'MACs hmac-sha2-512', 'AddressFamily inet6']
    const known = lines.map((line) => line.replace(',nothing@openssh.com', ''))
    const { hosts } = await chooseBy(known, { targets: ['web1'] })
    expect(hosts[0]).toMatchObject({
      algorithms: { cipher: ['aes256-cbc', 'aes128-ctr'], hmac: ['hmac-sha2-512'] },
      addressFamily: 6,
    })
    const plus = await chooseBy(['KexAlgorithms +diffie-hellman-group1-sha1'], { targets: ['web1'] })
    expect(plus.hosts[0]?.algorithms?.kex?.at(-1)).toBe('diffie-hellman-group1-sha1')
  })

  it('shows certificates', async () => {
    const lines = ['CertificateFile ~/c-%n-cert.pub', 'CertificateFile "/my cert"']
    const { hosts } = await chooseBy(lines, { targets: ['web1'] })
    expect(hosts[0]?.certificateFiles).toEqual([join(sshHome, 'c-web1-cert.pub'), '/my cert'])
  })
})

describe('StrictHostKeyChecking', () => {
  const policyOf = async (value: string, options: Partial<ChooseOptions> = {}) => {
    const { hosts, notes } = await chooseBy([`StrictHostKeyChecking ${value}`], { targets: ['web1'], ...options })
    return [hosts[0]?.hostKeys, notes]
  }

  it('may be strict, and may store new keys', async () => {
    expect(await policyOf('yes')).toEqual(['strict', []])
    expect(await policyOf('accept-new')).toEqual(['accept-new', []])
    expect(await policyOf('ask')).toEqual([undefined, []])
    expect(await policyOf('accept-new', { overrides: { hostKeys: 'strict' } })).toEqual(['strict', []])
  })

  it.each(['no', 'off'])('%s weakens nothing, and that is said once', async (value) => {
    const note =
      "'StrictHostKeyChecking no' of ssh_config is not followed (web1): --host-keys off would trust unknown host keys unseen"
    expect(await policyOf(value)).toEqual([undefined, [note]])
    expect(await policyOf(value, { overrides: { hostKeys: 'off' } })).toEqual(['off', []])
    const many = await chooseBy([`StrictHostKeyChecking ${value}`], { targets: ['web[1-5]'] })
    expect(many.notes).toEqual([note.replace('(web1)', '(web1, web2, web3 and 2 more)')])
  })
})

describe('UserKnownHostsFile', () => {
  const filesOf = async (...lines: string[]) =>
    (await chooseBy(lines, { targets: ['web1'] })).hosts[0]?.knownHostsFiles.filter((file) => !file.startsWith('/etc'))

  it.each(['none', '/dev/null'])('%s keeps new keys out of every other file', async (value) => {
    expect(await filesOf(`UserKnownHostsFile ${value}`)).toEqual(['/dev/null'])
  })

  it('may hold spaces', async () => {
    expect(await filesOf('UserKnownHostsFile "/my hosts" ~/k%%1')).toEqual(['/my hosts', join(sshHome, 'k%1')])
    expect(await filesOf('UserKnownHostsFile "~/my hosts/%h"')).toEqual([join(sshHome, 'my hosts/web1')])
  })
})

describe('without a program that reads it', () => {
  const file = () => join(folder, '.ssh/config')
  beforeEach(async () => {
    await mkdir(join(folder, '.ssh'))
    await writeFile(file(), 'Host *\nUser x\n')
  })

  it('ssh_config is passed over, and said so once', async () => {
    const { hosts, notes } = await choose({ targets: ['web1', 'web2'], env: { HOME: folder, PATH: folder } })
    expect(notes).toEqual([`${file()} is not honoured: there is no program 'ssh' on the PATH`])
    expect(hosts.map(({ user }) => user)).toEqual([userInfo().username, userInfo().username])
  })

  it('so it is where ssh is another one', async () => {
    await writeFile(join(folder, 'ssh'), '#!/bin/sh\necho "Invalid option -G" >&2\nexit 1\n')
    await chmod(join(folder, 'ssh'), 0o755)
    const { notes } = await choose({ targets: ['web1'], env: { HOME: folder, PATH: folder } })
    expect(notes).toEqual([`${file()} is not honoured: Invalid option -G`])
  })
})

describe('any configuration', () => {
  const value = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/)
  const line = fc.oneof(
    fc.tuple(fc.constantFrom('HostName', 'User', 'HostKeyAlias', 'Host', 'Match user', 'Match host'), value),
    fc.tuple(fc.constant('HostName'), fc.constantFrom('%h.example.com', '10.0.0.1')),
    fc.tuple(fc.constantFrom('Host'), fc.constantFrom('*', 'web*', '!web1 *', 'web1 web2')),
    fc.tuple(fc.constantFrom('Port', 'ConnectTimeout'), fc.integer({ min: 1, max: 65535 }).map(String)),
    fc.tuple(fc.constant('IdentityFile'), fc.constantFrom('/a', '/b c', '/d%%')),
    fc.tuple(fc.constant('IdentitiesOnly'), fc.constantFrom('yes', 'no')),
    fc.tuple(fc.constant('Match'), fc.constantFrom('all', 'exec true', 'exec false', 'originalhost web2')),
    fc.tuple(fc.constantFrom('ProxyCommand'), fc.constantFrom('none', 'nc %h %p', 'x %%')),
  )
  const config = fc
    .array(line, { maxLength: 12 })
    .map((pairs) => pairs.map((pair) => pair.join(' ').replace(' /b c', ' "/b c"')))

  it('gives what ssh -G says', async () => {
    await fc.assert(
      fc.asyncProperty(config, fc.constantFrom('web1', 'web2', 'db'), async (lines, name) => {
        const { hosts } = await chooseBy(lines, { targets: [name] })
        const { stdout } = await promisify(execFile)('ssh', ['-G', '-T', '-F', join(folder, 'config'), name])
        const all = (keyword: string) =>
          [...stdout.matchAll(new RegExp(`^${keyword} (.*)$`, 'gm'))].map((match) => match[1])
        const isSet = stdout.includes('\nidentityfile /')
        const [host] = hosts
        expect([host?.address, String(host?.port), host?.user]).toEqual(['hostname', 'port', 'user'].flatMap(all))
        expect(host?.identityFiles).toEqual(isSet ? all('identityfile').map((file) => file?.replace('%%', '%')) : [])
        expect(host?.hostKeyAlias).toBe(all('hostkeyalias')[0])
        expect(host?.identitiesOnly ?? false).toBe(all('identitiesonly')[0] === 'yes')
        const [seconds = 'none'] = all('connecttimeout')
        expect(host?.timeouts.connectMs).toBe(seconds === 'none' ? 10_000 : Number(seconds) * 1000)
        const command = all('proxycommand')[0]
          ?.replace('%h', host?.address ?? '')
          .replace('%p', String(host?.port))
        expect(host?.proxyCommand).toBe(command?.replace('%%', '%'))
      }),
      { numRuns: 60 },
    )
  })
})
