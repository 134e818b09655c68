import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runPing } from '../../src/commands/ping.js'
import { endpointOf, findFreePort, makeFolder, type Sshd, startSshd } from '../support/sshd.js'

let bastion: Sshd
let inner: Sshd
let folder: string
let user: string
let closedPort: number
beforeAll(async () => {
  bastion = await startSshd()
  // Nobody who only logs in needs a session, and here nobody gets one.
  inner = await startSshd({ settings: ['MaxSessions 0'] })
  folder = await makeFolder()
  user = endpointOf(inner).user
  closedPort = await findFreePort()
  const to = ({ port, identityFile, knownHostsFile }: Sshd) => ({
    address: '127.0.0.1',
    port,
    identityFile,
    knownHostsFile,
  })
  const inventory = {
    defaults: { user },
    hosts: {
      bastion: to(bastion),
      inner: { ...to(inner), jump: 'bastion' },
      named: { ...to(inner), address: 'localhost', hostKeys: 'off' },
      gone: { ...to(inner), address: 'no..such..host' },
      down: { ...to(inner), port: closedPort },
    },
  }
  await writeFile(join(folder, 'inventory.yaml'), JSON.stringify(inventory))
})
afterAll(() => Promise.all([bastion.stop(), inner.stop()]))

async function run(targets: string[], format: 'table' | 'json', { local = false } = {}) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const io = { stdout, stderr, stdin: Readable.from([]), env: { HOME: folder, LANG: 'C.UTF-8' }, cwd: folder }
  const exitCode = await runPing({ targets, overrides: {}, jobs: 4, breaker: true, format, local }, io)
  stdout.end()
  stderr.end()
  return { exitCode, stdout: await text(stdout), stderr: await text(stderr) }
}

it('logs in, directly and through a jump host, and tells the time of every step', async () => {
  const { exitCode, stdout } = await run(['bastion', 'inner'], 'table')
  expect(exitCode).toBe(0)
  const times = stdout.replaceAll(/ +\d+\.\d ms/g, ' N ms').replaceAll(/ {2,}/g, '  ')
  const hop = (port: number) => `${user}@127.0.0.1:${port}`
  expect(times.replace(/[\d.]+ s\n$/, 'N s\n')).toBe(
    [
      'HOST  SERVER  RESOLVE  CONNECT  BANNER  HANDSHAKE  AUTH  RESULT',
      `bastion  ${hop(bastion.port)}  - N ms N ms N ms N ms  ✔ logged in`,
      `inner  ${hop(bastion.port)}  - N ms N ms N ms N ms  jump host`,
      `inner  ${hop(inner.port)}  - N ms N ms N ms N ms  ✔ logged in`,
      '',
      '2 hosts: 2 reached — in N s',
      '',
    ].join('\n'),
  )
})

it('connects to a jump host once, and opens no session anywhere', () => {
  expect(bastion.log.filter((line) => line.includes('Accepted publickey'))).toHaveLength(2)
  expect([...bastion.log, ...inner.log].filter((line) => /Starting session|exec|refused/i.test(line))).toEqual([])
})

it('tells as JSON how far it came, and why it went no further', async () => {
  const { exitCode, stdout } = await run(['named', 'down', 'inner'], 'json')
  expect(exitCode).toBe(3)
  const { hosts, takenHostKeys } = JSON.parse(stdout)
  const [inner_, named, down] = ['inner', 'named', 'down'].map((name) =>
    hosts.find((host: { name: string }) => host.name === name),
  )
  const number = expect.any(Number)
  const login = { banner: number, handshake: number, auth: number }
  expect(named).toMatchObject({ status: 'reached', failure: null })
  expect(named.hops).toEqual([
    { hop: `${user}@localhost:${inner.port}`, phases: { resolve: number, connect: number, ...login } },
  ])
  expect(inner_.hops.map(({ phases }: { phases: object }) => phases)).toEqual([
    { connect: number, ...login },
    { channel: number, ...login },
  ])
  expect(down).toMatchObject({
    status: 'unreachable',
    failure: { reason: 'refused', phase: 'connect' },
    hops: [{ phases: { connect: number } }],
  })
  expect(takenHostKeys).toMatchObject([{ name: `[localhost]:${inner.port}`, file: null }])
})

it('explains in the table who was not reached, and whose key is not verified', async () => {
  const { exitCode, stdout } = await run(['down', 'named'], 'table')
  expect(exitCode).toBe(3)
  const down = `${user}@127.0.0.1:${closedPort}`
  expect(stdout).toMatch(new RegExp(`^down   ${down} +- +[\\d.]+ ms +- +- +-  ⊘ unreachable: refused$`, 'm'))
  expect(stdout).toContain(
    `⊘ down\n  ${down} refused the connection: nothing listens there, or a firewall rejects it\n\n` +
      'Not verified: host keys that are not known (--host-keys off)\n' +
      `  [localhost]:${inner.port} ssh-ed25519 SHA256:`,
  )
  expect(stdout).toMatch(/\n2 hosts: 1 unreachable, 1 reached — in [\d.]+ s\n$/)
})

it('counts no step that was not come to', async () => {
  const { stdout } = await run(['gone'], 'json')
  expect(JSON.parse(stdout).hosts).toMatchObject([{ name: 'gone', failure: { reason: 'dns', phase: 'resolve' } }])
  expect(Object.keys(JSON.parse(stdout).hosts[0].hops[0].phases)).toEqual(['resolve'])
})

it('has nothing to measure on this machine', async () => {
  await expect(run([], 'table', { local: true })).rejects.toThrow('there is no way to this machine to measure')
})
