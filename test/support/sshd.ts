import { execFile, spawn } from 'node:child_process'
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'
import type { Endpoint, Host } from '../../src/inventory/host.js'

const run = promisify(execFile)
const SSHD = '/usr/sbin/sshd'

/** A real OpenSSH server on 127.0.0.1, with keys, configuration and log of its own. */
export interface Sshd {
  folder: string
  port: number
  /** The private key that may log in. */
  identityFile: string
  /** Holds the server's host keys, all types. */
  knownHostsFile: string
  /** The public host key of a type, as its file has it: `type base64 comment`. */
  hostKey(type: KeyType): Promise<string>
  /** Every line that the server has logged so far. */
  log: string[]
  stop(): Promise<void>
}

export type KeyType = 'ed25519' | 'ecdsa' | 'rsa'

/**
 * Starts a server; `settings` are further lines of its sshd_config, before the others, so they win. `within` is a command
 * that runs it elsewhere, such as nsenter.
 */
export async function startSshd({
  settings = [] as string[],
  hostKeys = ['ed25519', 'ecdsa', 'rsa'] as KeyType[],
  within = [] as string[],
} = {}): Promise<Sshd> {
  await installSshd()
  const folder = await makeFolder()
  const port = await findFreePort()
  const identityFile = await makeKey(join(folder, 'identity'))
  await writeFile(join(folder, 'authorized_keys'), await readFile(`${identityFile}.pub`))
  for (const type of hostKeys) await makeKey(join(folder, `host_${type}`), { type })
  const lines = [
    ...settings,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...hostKeys.map((type) => `HostKey ${join(folder, `host_${type}`)}`),
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'PermitRootLogin prohibit-password',
    'MaxStartups 200',
    'LogLevel VERBOSE',
  ]
  await writeFile(join(folder, 'sshd_config'), `${lines.join('\n')}\n`)
  const hostKey = (type: KeyType) => readFile(join(folder, `host_${type}.pub`), 'utf8')
  const known = await Promise.all(hostKeys.map(async (type) => `[127.0.0.1]:${port} ${await hostKey(type)}`))
  await writeFile(join(folder, 'known_hosts'), known.join(''))
  const { log, stop } = await launch(folder, within)
  return { folder, port, identityFile, knownHostsFile: join(folder, 'known_hosts'), hostKey, log, stop }
}

async function launch(folder: string, within: string[]): Promise<Pick<Sshd, 'log' | 'stop'>> {
  const [program = '', ...words] = [...within, SSHD, '-D', '-e', '-f', join(folder, 'sshd_config')]
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const log: string[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      log.push(line)
      if (line.startsWith('Server listening')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`sshd ended with ${code}: ${log.join('\n')}`)))
  })
  const stop = () => {
    child.kill()
    return ended
  }
  return { log, stop }
}

/** Installs OpenSSH's server where it is missing; throws where it cannot. */
async function installSshd(): Promise<void> {
  const isThere = () =>
    access(SSHD).then(
      () => true,
      () => false,
    )
  if (!(await isThere())) await run('apt-get', ['install', '-y', '--no-install-recommends', 'openssh-server'])
  // sshd wants this empty folder, which systemd would have made.
  await mkdir('/run/sshd', { recursive: true })
}

/** A new private key without a passphrase, or with one. Returns its file. */
export async function makeKey(
  file: string,
  { type = 'ed25519', passphrase = '', extra = [] as string[] } = {},
): Promise<string> {
  await run('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-f', file, '-C', 'test', ...extra])
  return file
}

/** `SHA256:…` of a key file, by ssh-keygen. */
export async function readFingerprint(file: string): Promise<string> {
  const { stdout } = await run('ssh-keygen', ['-l', '-f', file])
  return stdout.split(' ')[1] ?? ''
}

/** A real ssh-agent that holds the given keys. */
export async function startAgent(files: string[]): Promise<{ socketPath: string; pid: number; stop(): Promise<void> }> {
  const socketPath = join(await makeFolder(), 'agent')
  const child = spawn('ssh-agent', ['-D', '-a', socketPath], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<unknown>((resolve) => child.stdout.once('data', resolve))
  for (const file of files) await run('ssh-add', ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: socketPath } })
  const stop = () => {
    child.kill()
    return ended
  }
  return { socketPath, pid: child.pid ?? 0, stop }
}

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** A new folder, removed when the test file is done. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fleetdx-ssh-'))
  folders.push(folder)
  return folder
}

export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** The endpoint of a server, for this machine's user. */
export function endpointOf(sshd: Sshd): Endpoint {
  return {
    address: '127.0.0.1',
    port: sshd.port,
    user: userInfo().username,
    identityFiles: [sshd.identityFile],
    knownHostsFiles: [sshd.knownHostsFile],
  }
}

/** A host of the fleet with everything that a test does not care about. */
export function makeHost(endpoint: Partial<Host>): Host {
  return {
    name: 'web1',
    transport: 'ssh2',
    address: '127.0.0.1',
    port: 22,
    user: userInfo().username,
    identityFiles: [],
    knownHostsFiles: [],
    sudo: 'never',
    labels: {},
    groups: [],
    apps: [],
    timeouts: { connectMs: 10_000, commandMs: 30_000, hostMs: 60_000 },
    ...endpoint,
  }
}
