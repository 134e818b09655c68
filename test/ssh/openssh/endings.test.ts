import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect as connectTcp, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Host } from '../../../src/inventory/host.js'
import { check } from '../../../src/pipeline.js'
import { loadCredentials } from '../../../src/ssh/auth/credentials.js'
import { writeInventory } from '../../support/inventory.js'
import { startTcpServer } from '../../support/odd-servers.js'
import { endpointOf, makeFolder, makeHost, type Sshd, startSshd } from '../../support/sshd.js'
import { listProcesses, makeUser } from '../../support/users.js'

/* However a run ends, nothing of it is left: on the host, and here. */

const user = makeUser('fxossh', 'x')
let sshd: Sshd
let tmp: string

/** What a host runs in place of ss: it hears no signal that can be ignored. */
const deafProgram = "#!/bin/sh\ntrap '' TERM HUP INT\nsleep 78071 &\nsetsid sleep 78072 &\nsleep 78073\n"

beforeAll(async () => {
  const folder = await makeFolder()
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin', 'ss'), deafProgram, { mode: 0o755 })
  sshd = await startSshd({ settings: [`SetEnv PATH=${join(folder, 'bin')}:/usr/bin:/bin`] })
  await chmod(sshd.folder, 0o755)
  tmp = await mkdtemp('/tmp/fleetdx-e')
})
afterAll(async () => {
  await sshd.stop()
  await rm(tmp, { recursive: true })
})

const hanging = () => listProcesses().filter((line) => /sleep 7807\d$/.test(line)).length
const waitUntilHanging = () => expect.poll(hanging, { timeout: 30_000, interval: 50 }).toBe(3)

/** The user's processes on the host, the `ssh` that goes there, and what `TMPDIR` holds. */
async function left(): Promise<string[]> {
  const isOurs = (line: string) => line.startsWith(`${user.name} `) || /sleep 7807/.test(line) || isOurSsh(line)
  const isOurSsh = (line: string) => /fleetdx-link-/.test(line) && line.includes(tmp)
  const folders = (await readdir(tmp)).filter((name) => name.startsWith('fleetdx-link-'))
  return [...listProcesses().filter(isOurs), ...folders]
}
const expectNothingLeft = () => expect.poll(left, { timeout: 10_000, interval: 50 }).toEqual([])

function hostOf(changes: Partial<Host> = {}): Host {
  return makeHost({
    ...endpointOf(sshd),
    user: user.name,
    sudo: 'never',
    transport: 'openssh',
    sshConfigFile: 'none',
    ...changes,
  })
}

async function checkHost(host: Host): Promise<string[]> {
  const credentials = await loadCredentials([host], { env: {} })
  const terms = { jobs: 1, runMs: 60_000, interrupt: new AbortController().signal, onProgress: () => {} }
  const { hosts } = await check({ hosts: [host], credentials, ...terms })
  return hosts[0]?.trouble ?? []
}

test('the deadline of a round', async () => {
  const trouble = checkHost(hostOf({ timeouts: { connectMs: 10_000, commandMs: 3000, hostMs: 60_000 } }))
  await waitUntilHanging()
  expect((await trouble)[0]).toMatch(
    /^only \d+ sections came: the 3 s for one round on the host were over \(--timeout-command\)$/,
  )
  await expectNothingLeft()
})

test('a connection that is cut', async () => {
  const sockets: Socket[] = []
  const wire = await startTcpServer((socket) => {
    const far = connectTcp(sshd.port, '127.0.0.1').on('error', () => {})
    sockets.push(socket, far)
    socket.pipe(far).pipe(socket)
  })
  const trouble = checkHost(hostOf({ port: wire.port, hostKeys: 'off' }))
  await waitUntilHanging()
  for (const socket of sockets) socket.destroy()
  expect((await trouble)[0]).toMatch(/^only \d+ sections came: the connection was lost$/)
  await wire.stop()
  await expectNothingLeft()
})

test.each([[['SIGINT']], [['SIGKILL']], [['SIGINT', 'SIGTERM']], [['SIGHUP']]] as [NodeJS.Signals[]][])(
  'fleetdx, at %s',
  async (signals) => {
    const child = await startFleetdx()
    child.kill('SIGSTOP')
    for (const signal of signals) child.kill(signal)
    child.kill('SIGCONT')
    await new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve()
      else child.once('exit', () => resolve())
    })
    await expectNothingLeft()
  },
)

test("over the user's own control master, whose connection stays", async () => {
  const { identityFile, knownHostsFile, port } = sshd
  const socket = join(tmp, 'mine')
  const config = join(tmp, 'config')
  await writeFile(config, `Host *\n  ControlPath ${socket}\n`)
  const words = ['-F', 'none', '-N', '-M', '-S', socket, '-o', `UserKnownHostsFile=${knownHostsFile}`]
  const master = spawn('ssh', [...words, '-i', identityFile, '-p', String(port), '-l', user.name, '127.0.0.1'])
  const isThere = () => listProcesses().some((line) => line.includes(`-S ${socket}`)) && readdir(tmp)
  await expect.poll(isThere, { timeout: 10_000 }).toContain('mine')
  const child = await startFleetdx(config)
  child.kill('SIGKILL')
  await expect.poll(hanging, { timeout: 10_000 }).toBe(0)
  const folders = async () => (await readdir(tmp)).filter((name) => name.startsWith('fleetdx-link-'))
  await expect.poll(folders, { timeout: 10_000 }).toEqual([])
  expect(() => execFileSync('ssh', ['-S', socket, '-O', 'check', '127.0.0.1'], { stdio: 'ignore' })).not.toThrow()
  master.kill()
  await rm(join(tmp, 'mine'), { force: true })
})

async function startFleetdx(config = 'none'): Promise<ChildProcess> {
  const knownHosts = await readFile(sshd.knownHostsFile, 'utf8')
  const inventory = await writeInventory({ web1: { port: sshd.port, knownHosts } })
  const login = ['--user', user.name, '--identity', sshd.identityFile, '--transport', 'openssh', '--sudo', 'never']
  const words = ['check', '-i', inventory, '--ssh-config-file', config, ...login]
  const program = new URL('../../../bin/fleetdx.js', import.meta.url).pathname
  const child = spawn(process.execPath, [program, ...words], { env: { ...process.env, TMPDIR: tmp } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece))
  const early = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`fleetdx ended with ${code} before anything hung: ${output}`)))
  })
  await Promise.race([waitUntilHanging(), early])
  early.catch(() => {})
  return child
}
