import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type ServerChannel } from 'ssh2'
import { isWholeRound } from '../collect/script.js'
import type { Host } from '../inventory/host.js'
import { playRound } from './recording.js'

/** A small fleet on this machine's loopback address. */
export interface DemoFleet {
  hosts: Host[]
  /** Ends its servers and removes its keys. */
  stop(): void
}

/** The hosts of the demo, and the recording of a real host that each plays back; the last one has nobody behind its port. */
const cast: readonly { name: string; recording: string | null }[] = [
  { name: 'web01', recording: 'healthy' },
  { name: 'web02', recording: 'pm2-app-stopped' },
  { name: 'web03', recording: 'healthy' },
  { name: 'web04', recording: 'next-build-missing' },
  { name: 'web05', recording: 'proxy-port-mismatch' },
  { name: 'web06', recording: 'env-missing' },
  { name: 'web07', recording: 'gateway-down' },
  { name: 'web08', recording: null },
]

/** Starts the fleet: a real SSH server a host, each with its own port, that plays a recording back at its recorded pace. */
export async function startDemoFleet(): Promise<DemoFleet> {
  const folder = mkdtempSync(join(tmpdir(), 'fleetdx-demo-'))
  const clientKey = makeKey()
  const hostKey = makeKey()
  writeFileSync(join(folder, 'key'), clientKey, { mode: 0o600 })
  const servers = cast.flatMap(({ recording }) =>
    recording === null ? [] : [{ recording, server: createServer(recording, hostKey) }],
  )
  const ports = new Map<string, number>()
  for (const { recording, server } of servers) ports.set(recording, await listen(server))
  const deadPort = await findFreePort()
  writeFileSync(join(folder, 'known_hosts'), [...ports.values()].map((port) => knownHostLine(port, hostKey)).join(''))
  const hosts = cast.map(({ name, recording }) => toHost(name, ports.get(recording ?? '') ?? deadPort, folder))
  return {
    hosts,
    stop: () => {
      for (const { server } of servers) server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function toHost(name: string, port: number, folder: string): Host {
  return {
    name,
    address: '127.0.0.1',
    port,
    user: 'ops',
    identityFiles: [join(folder, 'key')],
    knownHostsFiles: [join(folder, 'known_hosts')],
    transport: 'ssh2',
    sudo: 'auto',
    labels: {},
    groups: ['demo'],
    apps: [],
    timeouts: { connectMs: 10_000, commandMs: 30_000, hostMs: 60_000 },
  }
}

/** No ed25519: ssh2 1.17 drops a zero byte at the start of such a key, so that one of 256 is malformed (keygen.js). */
function makeKey(): string {
  return ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private
}

function knownHostLine(port: number, hostKey: string): string {
  const key = ssh2.utils.parseKey(hostKey)
  if (key instanceof Error) throw key
  return `[127.0.0.1]:${port} ${key.type} ${key.getPublicSSH().toString('base64')}\n`
}

function createServer(recording: string, hostKey: string): InstanceType<typeof ssh2.Server> {
  const text = readFileSync(new URL(`./captures/${recording}.txt`, import.meta.url), 'utf8')
  return new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    let round = 0
    client.on('error', () => {})
    client.on('authentication', (login) => login.accept())
    client.on('session', (accept) =>
      accept().on('exec', (acceptExec) => {
        play(acceptExec(), text, round)
        round += 1
      }),
    )
  })
}

/** Answers a script with what the recorded host sent for that round, section by section, each after the time it took there. */
function play(channel: ServerChannel, recording: string, round: number): void {
  let script = ''
  channel.on('data', (piece: Buffer) => {
    const isWhole = isWholeRound(script)
    script += piece.toString()
    if (!isWhole && isWholeRound(script)) void answer()
  })
  const answer = async () => {
    // sample: @fleetdx-… end pm2 180
    const sections = playRound(recording, round, script).split(/(?<=^@fleetdx-\w+ end \S+ \d+.*\n)/m)
    for (const section of sections) {
      const elapsedMs = Number(/ end \S+ (\d+)/.exec(section)?.[1] ?? 0)
      await new Promise((resolve) => setTimeout(resolve, elapsedMs))
      channel.write(section)
    }
    channel.exit(0)
    channel.end()
  }
}

/** Listens on a free loopback port, and says which. */
function listen(server: Pick<Server, 'on' | 'listen' | 'address'>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the demo server has no port'))
      else resolve(address.port)
    })
  })
}

/** A port that was free a moment ago: nobody listens there. */
async function findFreePort(): Promise<number> {
  const server = createTcpServer()
  const port = await listen(server)
  server.close()
  return port
}
