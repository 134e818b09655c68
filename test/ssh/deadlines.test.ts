import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { connect as connectTcp, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../src/inventory/host.js'
import { check } from '../../src/pipeline.js'
import type { RunRecord } from '../../src/record.js'
import { loadCredentials } from '../../src/ssh/auth/credentials.js'
import { Interrupted } from '../../src/time-limit.js'
import { writeInventory } from '../support/inventory.js'
import { installPackage } from '../support/packages.js'
import { endpointOf, findFreePort, makeFolder, makeHost, type Sshd, startSshd } from '../support/sshd.js'
import { listProcessesOf, makeUser } from '../support/users.js'

const user = makeUser('fxcut', 'x')
let sshd: Sshd
let folder: string

/** What a host runs in place of ss: it hears no signal that can be ignored, and so do its children, one in a session of its own. */
const deafProgram = `#!/bin/sh
trap '' TERM HUP INT
sleep 77071 &
setsid sleep 77072 &
sleep 77073
`

beforeAll(async () => {
  folder = await makeFolder()
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin', 'ss'), deafProgram, { mode: 0o755 })
  sshd = await startSshd({
    settings: [`SetEnv PATH=${join(folder, 'bin')}:/usr/bin:/bin`, 'ClientAliveInterval 1', 'ClientAliveCountMax 2'],
  })
  await chmod(sshd.folder, 0o755)
})
afterAll(() => sshd.stop())
afterEach(() => user.setSudoers())

/** Lets the user be root with its own PATH, so that root meets the same program. */
function allowRoot(): void {
  user.setSudoers(`Defaults:${user.name} !secure_path`, `${user.name} ALL=(root) NOPASSWD: /bin/sh`)
}

function hostOf({ sudo = 'auto' as Host['sudo'], ...rest }: Partial<Host> = {}): Host {
  return makeHost({ ...endpointOf(sshd), user: user.name, sudo, ...rest })
}

/** What is there of a round: the user's processes, and root's for that user. */
const left = () => listProcessesOf(user.name)
/** What hangs on the host just now. */
const hanging = () => left().filter((line) => /sleep 7707\d$/.test(line))

const within = { timeout: 15_000, interval: 100 }
const waitUntilHanging = (who: string) =>
  expect.poll(() => hanging().filter((line) => line.startsWith(`${who} `)).length, { timeout: 20_000 }).toBe(3)
const expectNothingLeft = () => expect.poll(left, within).toEqual([])

async function run(
  hosts: Host[],
  { runMs = 60_000, interrupt = new AbortController().signal } = {},
): Promise<RunRecord> {
  const credentials = await loadCredentials(hosts, { env: {} })
  return check({ hosts, credentials, jobs: 8, runMs, interrupt, onProgress: () => {} })
}

const troubleOf = ({ hosts }: RunRecord) => hosts.map(({ trouble }) => trouble)

describe.each([
  ['the user', 'never', user.name],
  ['root', 'auto', 'root'],
] as const)('what %s runs on a host ends with', (_name, sudo, who) => {
  test('the deadline of the round', async () => {
    allowRoot()
    const record = run([hostOf({ sudo, timeouts: { connectMs: 10_000, commandMs: 3_000, hostMs: 60_000 } })])
    await waitUntilHanging(who)
    expect(troubleOf(await record)[0]?.[0]).toMatch(
      /^only \d+ sections came: the 3 s for one round on the host were over \(--timeout-command\)$/,
    )
    await expectNothingLeft()
  })

  test('the deadline of the host', async () => {
    allowRoot()
    const record = run([hostOf({ sudo, timeouts: { connectMs: 10_000, commandMs: 30_000, hostMs: 3_000 } })])
    await waitUntilHanging(who)
    expect(troubleOf(await record)[0]?.[0]).toMatch(
      /^only \d+ sections came: the 3 s for one host were over \(--timeout-host\)$/,
    )
    await expectNothingLeft()
  })

  test('the deadline of the run', async () => {
    allowRoot()
    const record = run([hostOf({ sudo })], { runMs: 3_000 })
    await waitUntilHanging(who)
    expect(troubleOf(await record)[0]?.[0]).toMatch(
      /^only \d+ sections came: the 3 s for the whole run were over \(--timeout-run\)$/,
    )
    await expectNothingLeft()
  })

  test('an interrupt', async () => {
    allowRoot()
    const controller = new AbortController()
    const record = run([hostOf({ sudo })], { interrupt: controller.signal })
    await waitUntilHanging(who)
    controller.abort(new Interrupted())
    expect(troubleOf(await record)[0]?.[0]).toMatch(/^only \d+ sections came: the run was stopped$/)
    await expectNothingLeft()
  })

  test('the connection, when that is cut', async () => {
    allowRoot()
    const wire = await startWire(sshd.port)
    const record = run([behind(wire, hostOf({ sudo }))])
    await waitUntilHanging(who)
    wire.cut()
    expect(troubleOf(await record)[0]?.[0]).toMatch(/^only \d+ sections came: the connection was lost$/)
    await expectNothingLeft()
  })

  test('the connection, when nothing comes through any more', async () => {
    allowRoot()
    const wire = await startWire(sshd.port)
    const controller = new AbortController()
    const record = run([behind(wire, hostOf({ sudo }))], { interrupt: controller.signal })
    await waitUntilHanging(who)
    wire.drop()
    // The server asks every second, and takes two silences.
    await expectNothingLeft()
    controller.abort()
    await record
    wire.cut()
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('fleetdx, at %s', async (signal) => {
    allowRoot()
    const child = await startFleetdx(sudo)
    await waitUntilHanging(who)
    child.kill(signal)
    await ended(child)
    expect([child.exitCode, child.signalCode]).toEqual(signal === 'SIGKILL' ? [null, signal] : [130, null])
    await expectNothingLeft()
  })

  test('fleetdx, at the second Ctrl-C', async () => {
    allowRoot()
    const child = await startFleetdx(sudo)
    await waitUntilHanging(who)
    child.kill('SIGSTOP')
    child.kill('SIGINT')
    child.kill('SIGTERM')
    child.kill('SIGCONT')
    await ended(child)
    await expectNothingLeft()
  })
})

describe('over the system’s ssh, a round ends with', () => {
  test('its deadline', async () => {
    allowRoot()
    const timeouts = { connectMs: 10_000, commandMs: 3_000, hostMs: 60_000 }
    const record = run([hostOf({ transport: 'openssh', timeouts })])
    await waitUntilHanging('root')
    expect(troubleOf(await record)[0]?.[0]).toMatch(
      /^only \d+ sections came: the 3 s for one round on the host were over/,
    )
    await expectNothingLeft()
  })

  test.each(['SIGINT', 'SIGKILL'] as const)('fleetdx, at %s', async (signal) => {
    allowRoot()
    const child = await startFleetdx('auto', ['--transport', 'openssh'])
    await waitUntilHanging('root')
    child.kill(signal)
    await ended(child)
    await expectNothingLeft()
  })
})

test('a host that is cut off from the network ends what it had started', async () => {
  installPackage('iproute2', '/usr/bin/ss')
  allowRoot()
  const ip = (words: string) => execFileSync('ip', words.split(' '), { stdio: 'pipe' })
  ip('netns add fxcut')
  try {
    ip('link add fxcut0 type veth peer name fxcut1 netns fxcut')
    ip('addr add 10.213.77.1/30 dev fxcut0')
    ip('link set fxcut0 up')
    ip('netns exec fxcut ip addr add 10.213.77.2/30 dev fxcut1')
    ip('netns exec fxcut ip link set fxcut1 up')
    const words = [
      'netns',
      'exec',
      'fxcut',
      '/usr/sbin/sshd',
      '-D',
      '-e',
      '-o',
      `ListenAddress=10.213.77.2:${sshd.port}`,
    ]
    const server = spawn('ip', [...words, '-f', join(sshd.folder, 'sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await new Promise<void>((resolve) =>
      server.stderr.on('data', (said: Buffer) => void (said.includes('listening on 10.213.77.2') && resolve())),
    )
    const controller = new AbortController()
    const record = run([hostOf({ address: '10.213.77.2', hostKeys: 'off' })], { interrupt: controller.signal })
    await waitUntilHanging('root')
    ip('netns exec fxcut ip link set fxcut1 down')
    await expectNothingLeft()
    controller.abort()
    await record
    server.kill()
  } finally {
    ip('netns del fxcut')
  }
})

describe('from a login shell', () => {
  test.each(['bash', 'fish', 'tcsh', 'busybox sh'])('%s, a round ends just so', async (shell) => {
    const [name = '', applet] = shell.split(' ')
    installPackage(name, `/usr/bin/${name}`)
    const wrapper = join(folder, 'bin', 'login-shell')
    await writeFile(wrapper, `#!/bin/sh\nexec /usr/bin/${name} ${applet ?? ''} "$@"\n`, { mode: 0o755 })
    execFileSync('usermod', ['--shell', wrapper, user.name])
    allowRoot()
    const record = run([hostOf({ timeouts: { connectMs: 10_000, commandMs: 3_000, hostMs: 60_000 } })])
    await waitUntilHanging('root')
    await record
    await expectNothingLeft()
    execFileSync('usermod', ['--shell', '/bin/sh', user.name])
  })

  test('that hangs before anything runs, it is ended as well', async () => {
    const wrapper = join(folder, 'bin', 'slow-shell')
    await writeFile(wrapper, '#!/bin/sh\nsleep 77074\n', { mode: 0o755 })
    execFileSync('usermod', ['--shell', wrapper, user.name])
    const [trouble] = troubleOf(
      await run([hostOf({ timeouts: { connectMs: 10_000, commandMs: 2_000, hostMs: 60_000 } })]),
    )
    execFileSync('usermod', ['--shell', '/bin/sh', user.name])
    expect(trouble).toEqual(['no answer: the 2 s for one round on the host were over (--timeout-command)'])
    await expectNothingLeft()
  })
})

test('a probe that is ended at its own deadline has told what it had, and the round goes on', async () => {
  allowRoot()
  const { hosts } = await run([hostOf()])
  expect(hosts[0]?.trouble).toEqual([])
  expect(hosts[0]?.blind.filter(({ reason }) => reason === 'deadline').length).toBeGreaterThan(0)
  await expectNothingLeft()
})

test('dropbear: a round ends with its deadline, and with the connection', async () => {
  installPackage('dropbear-bin', '/usr/sbin/dropbear')
  const port = await findFreePort()
  const key = join(folder, 'dropbear_key')
  execFileSync('dropbearkey', ['-t', 'ecdsa', '-f', key], { stdio: 'ignore' })
  const home = `/home/${user.name}`
  execFileSync('sh', [
    '-c',
    `mkdir -p ${home}/.ssh && cp ${sshd.identityFile}.pub ${home}/.ssh/authorized_keys && chown -R ${user.name} ${home}/.ssh && chmod -R go= ${home}/.ssh`,
  ])
  execFileSync('sh', [
    '-c',
    `mkdir -p ${home}/bin && cp ${join(folder, 'bin', 'ss')} ${home}/bin/ss && chmod 755 ${home} ${home}/bin`,
  ])
  const server = spawn('dropbear', ['-F', '-E', '-r', key, '-p', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise((resolve) => server.stderr.once('data', resolve))
  const wrapper = join(folder, 'bin', 'path-shell')
  await writeFile(wrapper, `#!/bin/sh\nPATH=${home}/bin:$PATH exec /bin/sh "$@"\n`, { mode: 0o755 })
  execFileSync('usermod', ['--shell', wrapper, user.name])
  await writeFile('/etc/shells', `${execFileSync('cat', ['/etc/shells'])}${wrapper}\n`)
  allowRoot()
  const host = hostOf({ port, hostKeys: 'off', timeouts: { connectMs: 10_000, commandMs: 3_000, hostMs: 60_000 } })
  const record = run([host])
  await waitUntilHanging('root')
  expect(troubleOf(await record)[0]?.[0]).toMatch(/^only \d+ sections came: the 3 s for one round/)
  await expectNothingLeft()
  const again = run([hostOf({ port, hostKeys: 'off' })])
  await waitUntilHanging('root')
  server.kill('SIGKILL')
  execFileSync('sh', ['-c', `sed -i '\\#^${wrapper}$#d' /etc/shells; usermod --shell /bin/sh ${user.name}`])
  await again.catch(() => {})
  await expectNothingLeft()
})

async function startFleetdx(sudo: string, more: string[] = []): Promise<ChildProcess> {
  const known = execFileSync('cat', [sshd.knownHostsFile]).toString()
  const inventory = await writeInventory({ web1: { port: sshd.port, knownHosts: known } })
  const words = [
    'check',
    '-i',
    inventory,
    '--user',
    user.name,
    '--identity',
    sshd.identityFile,
    '--sudo',
    sudo,
    ...more,
  ]
  const program = new URL('../../bin/fleetdx.js', import.meta.url).pathname
  return spawn(process.execPath, [program, ...words], { stdio: 'ignore' })
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

/** A way to a server that can be cut, or that stops to carry anything. */
interface Wire {
  port: number
  cut(): void
  drop(): void
}

function behind({ port }: Wire, host: Host): Host {
  return { ...host, port, hostKeys: 'off' }
}

async function startWire(port: number): Promise<Wire> {
  const pairs: [Socket, Socket][] = []
  const wirePort = await findFreePort()
  const server = createServer((near) => {
    const far = connectTcp(port, '127.0.0.1')
    for (const socket of [near, far]) socket.on('error', () => {})
    near.pipe(far)
    far.pipe(near)
    pairs.push([near, far])
  })
  await new Promise<void>((resolve) => server.listen(wirePort, '127.0.0.1', resolve))
  return {
    port: wirePort,
    cut() {
      server.close()
      for (const socket of pairs.flat()) socket.destroy()
    },
    drop() {
      for (const [near, far] of pairs) {
        near.unpipe(far)
        far.unpipe(near)
        near.resume()
        far.resume()
      }
    },
  }
}
