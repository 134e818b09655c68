import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { openSshConfig } from '../../src/inventory/ssh-config.js'
import { parseSshWords, readSshSettings } from '../../src/inventory/ssh-settings.js'
import { makeFolder } from '../support/sshd.js'

const run = promisify(execFile)
const sshHome = userInfo().homedir

let folder: string
beforeEach(async () => {
  folder = await makeFolder()
})

const file = () => join(folder, 'config')
const sources = () => ({ cwd: folder, home: folder, sshHome, env: process.env })

/** Opens an ssh_config with these lines. */
async function open(lines: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  await writeFile(file(), `${lines.join('\n')}\n`)
  return openSshConfig({ ...sources(), named: file(), env })
}

/** What stands for the system's ssh: itself, with every question written down. */
async function countQuestions(): Promise<{ env: NodeJS.ProcessEnv; list(): Promise<string[]> }> {
  const log = join(folder, 'questions')
  const { stdout } = await run('sh', ['-c', 'command -v ssh'])
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin/ssh'), `#!/bin/sh\necho "$*" >>'${log}'\nexec ${stdout.trim()} "$@"\n`)
  await chmod(join(folder, 'bin/ssh'), 0o755)
  const list = async () => (await readFile(log, 'utf8')).trim().split('\n')
  return { env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` }, list }
}

/** How many hosts of these names were asked for alone or as the first of their kind; two questions are always asked. */
async function countAsked(lines: readonly string[], names: readonly string[]): Promise<number> {
  const { env, list } = await countQuestions()
  const config = await open(lines, env)
  await Promise.allSettled(names.map((name) => config.lookUp(name, {})))
  return (await list()).length - 2
}

const fleet = Array.from({ length: 100 }, (_, index) => `web${index}`)

describe('ssh is asked once for all hosts that it treats alike', () => {
  const stock = ['Include /etc/ssh/nowhere.d/*.conf', 'Host *', 'SendEnv LANG LC_*', 'HashKnownHosts yes']
  it.each([
    ['with the stock configuration of Debian', stock, 1],
    // RHEL and Fedora: /etc/ssh/ssh_config.d/50-redhat.conf
    ['with that of RHEL', ['Match final all', 'Ciphers aes256-gcm@openssh.com', 'GSSAPIAuthentication yes'], 1],
    ['beside hosts of their own', [...stock, 'Host web1', 'HostName a', 'Host web2 web3', 'User x'], 3],
    ['by their patterns', ['Host web1*', 'User x', 'Host web2*', 'User y'], 3],
    ['with sockets that are not there', ['Host *', 'ControlMaster auto', 'ControlPath ~/.ssh/%r@%h:%p'], 1],
    ['with a jump host', ['Host !gate *', 'ProxyJump gate', 'Host gate', 'HostName 10.0.0.1'], 1],
    ['with a jump host that is one of them, and that ssh refuses alone', ['ProxyJump web1'], 2],
    ['whatever a Match does that is not for them', ['Match host db1 exec false', 'User x'], 1],
    ['with what fleetdx expands itself', ['IdentityFile ~/.ssh/%h', 'ProxyCommand nc %h %p'], 1],
  ])('%s', async (_, lines, asked) => {
    expect(await countAsked(lines, fleet)).toBe(asked)
  })

  it.each([
    ['a Match that may be for them', ['Match exec "test %n = web1"', 'User x']],
    ['their own name in their address', ['Host web*', 'HostName %h.example.com']],
    ['their own name in a file', ['UserKnownHostsFile /known/%h']],
    ['names that are looked up', ['CanonicalizeHostname yes', 'CanonicalDomains invalid']],
    ['an odd pattern', ["Host 'web1'", 'User x']],
  ])('and alone where there is %s', async (_, lines) => {
    expect(await countAsked(lines, fleet.slice(0, 5))).toBe(5)
  })

  it('and alone where a socket is, that may be theirs', async () => {
    const server = createServer().listen(join(folder, 'cm-x'))
    await new Promise((resolve) => server.once('listening', resolve))
    expect(await countAsked([`ControlPath ${folder}/cm-%C`], fleet.slice(0, 5))).toBe(5)
    await new Promise((resolve) => server.close(resolve))
  })

  it('and not at all without any configuration', async () => {
    const { env } = await countQuestions()
    const config = await openSshConfig({ ...sources(), named: 'none', env })
    await config.lookUp('web1', {})
    await expect(readFile(join(folder, 'questions'))).rejects.toThrow('ENOENT')
  })
})

describe('the hosts that ssh_config names', () => {
  it('are those without patterns, of included files too, in their order', async () => {
    await writeFile(join(folder, 'a.conf'), 'Host inner # not this\nHost *.example.com x\n')
    const config = await open([
      'Host web1 !web2 "quoted" web*',
      `Include ${folder}/*.conf`,
      'Host = web1 db-1.example.com',
      'Match host other',
    ])
    expect(config.aliases).toEqual(['web1', 'quoted', 'inner', 'x', 'db-1.example.com'])
  })

  it('are meant by a pattern, unless it is for everybody or has them left out', async () => {
    const config = await open(['Host *', 'Host web* !web9', 'Host *.*', 'Host db1'])
    const names = ['web1', 'web9', 'db1', 'db1.example.com', 'other']
    expect(names.map(config.names)).toEqual([true, false, true, false, false])
  })
})

describe('any configuration', () => {
  const names = ['web1', 'web2', 'db', 'gate', 'Web1', 'a.example.com']
  const word = fc.constantFrom('web1', 'web2', 'db', 'gate', 'other', 'a.example.com')
  const pattern = fc.oneof(word, fc.constantFrom('*', 'web*', 'web?', '!web1', '!db', '*.example.com', '"web1"', '#'))
  const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '))
  const list = fc.array(fc.constantFrom('web1', 'web*', '!web1', '*', '10.*', 'db'), { minLength: 1, maxLength: 2 })
  const match = fc.oneof(
    fc.constantFrom(
      'all',
      'final all',
      'exec true',
      'exec false',
      'exec "test %n = web1"',
      '!exec true',
      'canonical all',
    ),
    fc
      .tuple(fc.constantFrom('host', 'originalhost', '!host', 'user'), list)
      .map(([of, all]) => `${of} ${all.join(',')}`),
    list.map((all) => `host ${all.join(',')} exec true`),
  )
  const setting = fc.oneof(
    fc.tuple(fc.constant('HostName'), fc.constantFrom('%h.example.com', '10.0.0.1', 'web1', 'Name')),
    fc.tuple(fc.constantFrom('User', 'HostKeyAlias'), word),
    fc.tuple(fc.constantFrom('Port', 'ConnectTimeout'), fc.integer({ min: 1, max: 65535 }).map(String)),
    fc.tuple(
      fc.constant('IdentityFile'),
      fc.constantFrom('/a', '"/b c"', '/d%%', '~/k_%h_%p_%r', 'none', `%d/$${'{HOME}'}`),
    ),
    fc.tuple(fc.constant('CertificateFile'), fc.constantFrom('/cert', '"/my cert"', '~/%n-cert.pub')),
    fc.tuple(fc.constant('UserKnownHostsFile'), fc.constantFrom('/k', '"/k 1" /k2', '~/%h', 'none', '/dev/null /x')),
    fc.tuple(fc.constant('GlobalKnownHostsFile'), fc.constantFrom('/g', '"/g 1" /g2', 'none')),
    fc.tuple(fc.constant('StrictHostKeyChecking'), fc.constantFrom('yes', 'no', 'ask', 'accept-new', 'off')),
    fc.tuple(fc.constant('ProxyJump'), fc.constantFrom('none', 'gate', 'u@gate:22,ssh://b', 'web1')),
    fc.tuple(fc.constant('ProxyCommand'), fc.constantFrom('none', 'nc %h %p', 'x %% %r')),
    fc.tuple(fc.constant('IdentitiesOnly'), fc.constantFrom('yes', 'no')),
    fc.tuple(fc.constant('ControlPath'), fc.constantFrom('none', '~/.ssh/%C')),
    fc.tuple(fc.constant('AddressFamily'), fc.constantFrom('inet', 'any')),
    fc.tuple(fc.constant('Ciphers'), fc.constantFrom('aes128-ctr', '+aes256-cbc', '-aes*')),
    fc.tuple(fc.constant('CanonicalizeHostname'), fc.constant('no')),
  )
  const line = fc.oneof(
    { weight: 5, arbitrary: setting.map((pair) => pair.join(' ')) },
    { weight: 2, arbitrary: patterns.map((all) => `Host ${all}`) },
    { weight: 1, arbitrary: match.map((criteria) => `Match ${criteria}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('Include FOLDER/a.inc', 'Include FOLDER/*.inc', '  host = web2', '# Host *'),
    },
  )
  const config = fc.array(line, { maxLength: 10 })
  const given = fc.record(
    {
      address: fc.constantFrom('10.0.0.9', 'web1'),
      port: fc.constant(2200),
      user: fc.constantFrom('db', 'x'),
      jump: fc.constant('none'),
    },
    { requiredKeys: [] },
  )

  it('is read as if each host were asked for alone', async () => {
    const [a, b] = ['a', 'b'].map((name) => join(folder, `${name}.inc`))
    const { stdout: plain } = await run('ssh', ['-G', '-T', '-F', 'none', 'localhost'])
    const toLines = (lines: readonly string[]) => lines.map((text) => text.replace('FOLDER', folder))
    await fc.assert(
      fc.asyncProperty(config, config, config, given, async (lines, inA, inB, known) => {
        const flat = (all: string[]) => `${all.filter((text) => !text.startsWith('Include')).join('\n')}\n`
        await Promise.all([writeFile(a ?? '', flat(inA)), writeFile(b ?? '', flat(inB))])
        const opened = await open(toLines(lines))
        for (const name of names) {
          const words = ['-G', '-T', '-F', file(), ...writeGiven(known), '--', name]
          const asked = await run('ssh', words).catch(() => undefined)
          const seen = await opened.lookUp(name, known).catch((error: Error) => error.name)
          const alone =
            asked &&
            readSshSettings({
              ...{
                words: parseSshWords(known.jump ? withoutProxy(asked.stdout) : asked.stdout),
                defaults: parseSshWords(plain),
                hasMaster: false,
              },
              ...{ written: () => writtenIn([...toLines(lines), ...inA, ...inB]) },
              context: { ...sources(), name },
            })
          // How it is called in front of people is not ssh's.
          if (typeof seen === 'object') delete seen.ways.isAlias
          expect(seen).toEqual(alone ?? 'HostObstacle')
        }
      }),
      { numRuns: 60 },
    )
  }, 300_000)
})

function withoutProxy(answer: string): string {
  return answer.replace(/^proxy.*\n/gm, '')
}

function writeGiven({ address, port, user, jump }: { address?: string; port?: number; user?: string; jump?: string }) {
  return [
    ...(address ? ['-o', `HostName=${address}`] : []),
    ...(port ? ['-p', `${port}`] : []),
    ...(user ? ['-l', user] : []),
    ...(jump ? ['-o', 'ProxyJump=none'] : []),
  ]
}

/** The words of every line that may hold names with spaces. */
function writtenIn(lines: readonly string[]): string[][] {
  return lines
    .filter((text) => text.includes('KnownHostsFile'))
    .map((text) => [...text.matchAll(/"([^"]*)"|(\S+)/g)].slice(1).map((found) => found[1] ?? found[2] ?? ''))
}
