import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chooseHosts } from '../../../src/inventory/choose.js'
import { parseEndpoint } from '../../../src/inventory/endpoint.js'
import type { Endpoint, Host } from '../../../src/inventory/host.js'
import { makeAnsibleEnv } from '../../support/ansible.js'
import { makeFolder } from '../../support/sshd.js'

/* What Ansible gives to `ssh`, and `ssh -G` makes of it, is how fleetdx reaches the host. */

const run = promisify(execFile)
const maybe = (...values: string[]) => fc.constantFrom(undefined, undefined, ...values)

const options = [
  '-p 2200',
  '-l bob',
  '-lbob',
  '-i /etc/hostname',
  '-i/etc/hosts',
  '-o Port=33',
  '-oUser=x',
  '-o "User y"',
  '-o IdentityFile=/k2',
  '-J gate',
  '-J a@gate:2222,b@inner',
  '-o ProxyJump=none',
  '-o ProxyJump=x@[2001:db8::1]:7',
  '-o UserKnownHostsFile=/dev/null',
  "-o 'UserKnownHostsFile /a ~/b'",
  '-o GlobalKnownHostsFile=none',
  '-o StrictHostKeyChecking=no',
  '-o StrictHostKeyChecking=accept-new',
  '-o stricthostkeychecking=yes',
  '-qA',
  '-tt',
  '-o ServerAliveInterval=5',
  '-C',
  '-o HostName=10.9.9.9',
  '-vp44',
] as const

const words = fc.array(fc.constantFrom(...options), { maxLength: 3 }).map((parts) => parts.join(' ') || undefined)
// `ssh` refuses -J behind another jump host.
const wordsWithoutJump = words.filter((given) => !given?.includes('J'))
const wordsWithOneJump = words.filter((given) => (given?.match(/-J|ProxyJump/g) ?? []).length < 2)

const variables = fc.record({
  ansible_host: maybe('10.0.0.7', 'web.example.com', '2001:db8::7'),
  ansible_ssh_host: maybe('10.0.0.8'),
  ansible_port: maybe('2222', '22'),
  ansible_ssh_port: maybe('2223'),
  ansible_user: maybe('deploy', 'ops-1'),
  ansible_ssh_user: maybe('old'),
  ansible_private_key_file: maybe('~/keys/new'),
  ansible_ssh_private_key_file: maybe('/keys/old', 'relative/key'),
  ansible_ssh_args: wordsWithoutJump,
  ansible_ssh_common_args: wordsWithOneJump,
  ansible_ssh_extra_args: wordsWithoutJump,
  ansible_host_key_checking: maybe('false', 'True'),
  ansible_connection: maybe('ssh', 'smart', 'ansible.builtin.ssh'),
})

/** A stand-in for `ssh` that writes down what the real one makes of its words. */
const SSH = '#!/bin/sh\n/usr/bin/ssh -G -F none "$@" > "$0.said" 2>&1\nexit 0\n'

it('reaches a host as Ansible does', { timeout: 120_000 }, async () => {
  const folder = await makeFolder()
  const env = { ...(await makeAnsibleEnv()), HOME: folder }
  const hosts = fc.sample(variables, 60)
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'ssh'), SSH, { mode: 0o755 })
  const lines = hosts.map((given, index) => {
    const program = { ansible_ssh_executable: join(folder, 'bin', `h${index}`) }
    const all = Object.entries({ ...given, ...program }).filter(([, value]) => value !== undefined)
    return [`h${index}`, ...all.map(([name, value]) => `${name}='${String(value).replaceAll("'", '"')}'`)].join(' ')
  })
  await Promise.all(hosts.map((_, index) => symlink(join(folder, 'ssh'), join(folder, 'bin', `h${index}`))))
  await writeFile(join(folder, 'hosts'), `${lines.join('\n')}\n`)
  await run('ansible', ['all', '-i', 'hosts', '-f', '10', '-m', 'raw', '-a', 'true'], { cwd: folder, env })
  const choice = await chooseHosts({
    targets: [],
    inventory: 'hosts',
    sshConfigFile: 'none',
    overrides: {},
    env,
    cwd: folder,
    stdin: Readable.from([]),
  })
  expect(choice.notes).toEqual([])
  for (const [index, host] of choice.hosts.entries()) {
    const said = await readFile(join(folder, 'bin', `${host.name}.said`), 'utf8')
    expect({ line: lines[index], ...showHost(host) }).toEqual({ line: lines[index], ...showSaid(said, folder) })
  }
  expect(choice.hosts).toHaveLength(hosts.length)
})

function showHost({ address, port, user, jump, identityFiles, knownHostsFiles, hostKeys = 'strict' }: Host) {
  return {
    address,
    port,
    user,
    jump: jump ? showJump(jump) : 'none',
    identityFiles,
    knownHostsFiles,
    hostKeys,
  }
}

function showJump({ user, address, port, jump }: Endpoint): string {
  return `${jump ? `${showJump(jump)},` : ''}${user}@${address}:${port}`
}

/** The lines of `ssh -G`, in the words of fleetdx. */
function showSaid(said: string, home: string) {
  const all = (keyword: string) =>
    said.split('\n').flatMap((line) => (line.startsWith(`${keyword} `) ? [line.slice(keyword.length + 1)] : []))
  const one = (keyword: string) => all(keyword)[0] ?? 'none'
  const me = userInfo()
  const files = (text: string) =>
    text
      .split(' ')
      .filter((file) => file !== 'none' && !file.endsWith('known_hosts2'))
      .map((file) => resolve(home, file.replace('~', home).replace(`${me.homedir}/`, `${home}/`)))
  const own = files(one('userknownhostsfile'))
  const identityFiles = all('identityfile').flatMap(files)
  const isLoose = ['false', 'accept-new'].includes(one('stricthostkeychecking'))
  return {
    address: one('hostname'),
    port: Number(one('port')),
    user: one('user'),
    jump: one('proxyjump')
      .split(',')
      .map((hop) => (hop === 'none' ? hop : showHop(hop, me.username)))
      .join(','),
    identityFiles: identityFiles.some((file) => file.endsWith('/.ssh/id_rsa')) ? [] : identityFiles,
    knownHostsFiles: [...own, ...files(one('globalknownhostsfile'))],
    hostKeys: !isLoose ? 'strict' : own[0] === '/dev/null' ? 'off' : 'accept-new',
  }
}

function showHop(hop: string, me: string): string {
  const { user = me, address, port = 22 } = parseEndpoint(hop)
  return `${user}@${address}:${port}`
}
