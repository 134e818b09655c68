import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect as connectTcp, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Connection } from 'ssh2'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ClientError, explainError } from '../../src/ssh/connect-failure.js'
import { type OddServer, startSshServer, startTcpServer } from '../support/odd-servers.js'
import { failToReach, reach, runCommand } from '../support/reach.js'
import { endpointOf, findFreePort, makeFolder, makeHost, makeKey, type Sshd, startSshd } from '../support/sshd.js'

let sshd: Sshd
let keyFile: string
const started: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  sshd = await startSshd({ settings: ['LogLevel DEBUG'] })
  keyFile = await makeKey(join(await makeFolder(), 'key'))
})
afterAll(() => sshd.stop())
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
})

async function serveTcp(serve: (socket: Socket) => void): Promise<OddServer> {
  const server = await startTcpServer(serve)
  started.push(server)
  return server
}

/** An ssh2 server, and the host with its key known and one key to offer. */
async function serveSsh(serve: (client: Connection) => void, config: Parameters<typeof startSshServer>[0] = {}) {
  const server = await startSshServer(config, serve)
  started.push(server)
  const knownHosts = join(await makeFolder(), 'known_hosts')
  await writeFile(knownHosts, `[127.0.0.1]:${server.port} ecdsa-sha2-nistp256 ${server.hostKey.toString('base64')}\n`)
  return makeHost({ user: 'ops', port: server.port, identityFiles: [keyFile], knownHostsFiles: [knownHosts] })
}

function hostAt({ port }: { port: number }, connectMs = 10_000) {
  return makeHost({ user: 'ops', port, timeouts: { connectMs, commandMs: 30_000, hostMs: 60_000 } })
}

test('asks for the cheap algorithms that every current server has', async () => {
  await reach(makeHost(endpointOf(sshd)), (session) => runCommand(session, 'true'))
  const log = sshd.log.join('\n')
  expect(log).toContain('kex: algorithm: curve25519-sha256')
  expect(log).toContain('kex: client->server cipher: aes128-gcm@openssh.com MAC: <implicit> compression: none')
  expect(log).toContain('remote software version fleetdx')
})

test.each([
  'Ciphers chacha20-poly1305@openssh.com',
  'Ciphers aes256-ctr',
  'KexAlgorithms diffie-hellman-group14-sha1',
  'KexAlgorithms ecdh-sha2-nistp521',
])('logs in to a server that insists on %s', async (setting) => {
  const strict = await startSshd({ settings: [setting] })
  await reach(makeHost(endpointOf(strict)), async () => undefined).finally(strict.stop)
})

test('a name that is not known is a dns failure', async () => {
  const failure = await failToReach(makeHost({ user: 'ops', address: 'no..such..host' }))
  expect(failure).toMatchObject({
    reason: 'dns',
    phase: 'resolve',
    hop: 'ops@no..such..host:22',
    message: 'ops@no..such..host:22 has no address: its name is not known',
  })
})

test('a port where nothing listens is refused', async () => {
  const port = await findFreePort()
  const failure = await failToReach(hostAt({ port }))
  expect(failure).toMatchObject({ reason: 'refused', phase: 'connect' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${port} refused the connection: nothing listens there, or a firewall rejects it`,
  )
})

test.each([
  ['EAI_AGAIN', 'dns', 'ops@web1:22 has no address: the name server does not answer'],
  ['EHOSTUNREACH', 'unreachable', 'ops@web1:22 cannot be reached: no route to it, or a firewall rejects it'],
  ['ENETUNREACH', 'unreachable', 'ops@web1:22 cannot be reached: this machine has no route to its network'],
  ['ETIMEDOUT', 'timeout', 'ops@web1:22 does not answer: it is down, or a firewall drops the packets'],
  ['EMFILE', 'unreachable', 'ops@web1:22 cannot be reached: connect EMFILE'],
])('%s is told as %s', (code, reason, message) => {
  const error: ClientError = Object.assign(new Error(`connect ${code}`), { code, level: 'client-socket' })
  const failure = explainError(error, { hop: 'ops@web1:22', phase: 'connect', heard: '' })
  expect(failure).toMatchObject({ reason, message })
})

test('a server that says nothing has no banner', async () => {
  const server = await serveTcp(() => {})
  const failure = await failToReach(hostAt(server, 300))
  expect(failure).toMatchObject({ reason: 'no-banner', phase: 'banner', mend: 'see whether that port is SSH' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${server.port} accepted the connection and sent no SSH banner in 0.3 s (--timeout-connect)`,
  )
})

test('a web server is named by its own words', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const failure = await failToReach(hostAt(address))
  await new Promise((resolve) => server.close(resolve))
  expect(failure).toMatchObject({ reason: 'protocol', phase: 'banner', mend: 'see which service has that port' })
  expect(failure.message).toBe(`ops@127.0.0.1:${address.port} answers, but not with SSH: "HTTP/1.1 400 Bad Request"`)
})

test('garbage is quoted without its control characters', async () => {
  const server = await serveTcp((socket) => socket.end('\x1b[31m220 mail\u0000 ESMTP\r\n'))
  const failure = await failToReach(hostAt(server))
  expect(failure).toMatchObject({ reason: 'protocol', phase: 'banner' })
  expect(failure.message).toBe(`ops@127.0.0.1:${server.port} answers, but not with SSH: ".[31m220 mail. ESMTP"`)
})

test.each([
  ['in one line', Buffer.alloc(1 << 16, 'x')],
  ['in many lines', Buffer.from('x\n'.repeat(1 << 15))],
])('a gigabyte before the banner, %s, is cut early', async (_form, piece) => {
  let sentBytes = 0
  const server = await serveTcp((socket) => {
    const pour = () => {
      while (sentBytes < 1e9 && socket.writable && socket.write(piece)) sentBytes += piece.length
    }
    socket.on('drain', pour)
    pour()
  })
  const failure = await failToReach(hostAt(server))
  expect(failure).toMatchObject({ reason: 'protocol', phase: 'banner' })
  expect(failure.message).toMatch(/ answers, but not with SSH: "x+"$/)
  expect(sentBytes).toBeLessThan(50_000_000)
})

test('a gigabyte after the banner is cut early', async () => {
  let sentBytes = 0
  const server = await serveTcp((socket) => {
    socket.write('SSH-2.0-odd\r\n')
    const piece = Buffer.alloc(1 << 16, 0xff)
    const pour = () => {
      while (sentBytes < 1e9 && socket.writable && socket.write(piece)) sentBytes += piece.length
    }
    socket.on('drain', pour)
    pour()
  })
  const failure = await failToReach(hostAt(server))
  expect(failure).toMatchObject({ reason: 'protocol', phase: 'handshake' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${server.port} broke the SSH protocol while keys were exchanged: Bad packet length`,
  )
  expect(sentBytes).toBeLessThan(50_000_000)
})

test('lines before the banner are allowed', async () => {
  const host = await serveSsh((client) => client.on('authentication', (login) => login.accept()), {
    greeting: 'Welcome to this server\r\nit is monitored',
  })
  await reach(host, async () => undefined)
})

test('a banner that comes byte by byte is put together', async () => {
  const relay = await serveTcp((socket) => {
    const far = connectTcp(sshd.port, '127.0.0.1').on('error', () => {})
    socket.setNoDelay(true).pipe(far)
    far.once('data', async (banner: Buffer) => {
      far.pause()
      for (const byte of banner) {
        await new Promise((resolve) => socket.write(Buffer.of(byte), resolve))
        await new Promise((resolve) => setImmediate(resolve))
      }
      far.pipe(socket)
    })
  })
  const known = join(await makeFolder(), 'known_hosts')
  await writeFile(known, `[127.0.0.1]:${relay.port} ${await sshd.hostKey('ed25519')}`)
  await reach(makeHost({ ...endpointOf(sshd), port: relay.port, knownHostsFiles: [known] }), async () => undefined)
})

test('a server that hangs up at once is closed, not garbage', async () => {
  const server = await serveTcp((socket) => socket.end())
  const failure = await failToReach(hostAt(server))
  expect(failure).toMatchObject({ reason: 'closed', phase: 'banner' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${server.port} closed the connection while its SSH banner was awaited (tried 4 times)`,
  )
  expect(failure.mend).toBe('it may be short of login slots (MaxStartups), or refuse this address')
})

test('an sshd that is full says so', async () => {
  const server = await serveTcp((socket) => socket.end('Exceeded MaxStartups\r\n'))
  const failure = await failToReach(hostAt(server))
  expect(failure).toMatchObject({ reason: 'closed', phase: 'banner' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${server.port} closed the connection while its SSH banner was awaited: "Exceeded MaxStartups" (tried 4 times)`,
  )
})

test('a connection that is reset is closed', async () => {
  const server = await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
  const failure = await failToReach(hostAt(server))
  expect(failure).toMatchObject({ reason: 'closed', phase: 'banner' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${server.port} cut the connection while its SSH banner was awaited (ECONNRESET) (tried 4 times)`,
  )
})

test('a server that stops after its banner is late in the handshake', async () => {
  const server = await serveTcp((socket) => socket.write('SSH-2.0-odd\r\n'))
  const failure = await failToReach(hostAt(server, 300))
  expect(failure).toMatchObject({ reason: 'timeout', phase: 'handshake' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${server.port} took over 0.3 s (--timeout-handshake): given up while keys were exchanged`,
  )
})

test('a server that hangs up after its banner is closed', async () => {
  const server = await serveTcp((socket) => socket.end('SSH-2.0-odd\r\n'))
  const failure = await failToReach(hostAt(server))
  expect(failure).toMatchObject({ reason: 'closed', phase: 'handshake' })
  expect(failure.message).toBe(`ops@127.0.0.1:${server.port} closed the connection while keys were exchanged`)
})

test('an SSH 1 server is a protocol failure', async () => {
  const server = await serveTcp((socket) => socket.write('SSH-1.5-old\r\n'))
  const failure = await failToReach(hostAt(server))
  expect(failure).toMatchObject({ reason: 'protocol', phase: 'handshake' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${server.port} broke the SSH protocol while keys were exchanged: Invalid identification string`,
  )
})

test('a server without an algorithm in common is told by what is missing', async () => {
  const host = await serveSsh(() => {}, { algorithms: { cipher: ['aes256-cbc'] } })
  const failure = await failToReach(host)
  expect(failure).toMatchObject({ reason: 'protocol', phase: 'handshake' })
  expect(failure.message).toBe(`ops@127.0.0.1:${host.port} shares no C->S cipher with this client`)
  expect(failure.mend).toBe(
    "see 'ssh -vv' for what the server offers; the system's ssh may know it: --transport openssh",
  )
})

test('a server that hangs up during the login is closed', async () => {
  const host = await serveSsh((client) => client.on('authentication', () => client.end()))
  const failure = await failToReach(host)
  expect(failure).toMatchObject({ reason: 'closed', phase: 'auth' })
  expect(failure.message).toBe(`ops@127.0.0.1:${host.port} closed the connection while logging in`)
})

test('a server that never answers the login is late in it', async () => {
  const host = await serveSsh((client) => client.on('authentication', () => {}))
  const failure = await failToReach({ ...host, timeouts: { ...host.timeouts, connectMs: 1000 } })
  expect(failure).toMatchObject({ reason: 'timeout', phase: 'auth' })
  expect(failure.message).toBe(
    `ops@127.0.0.1:${host.port} took over 1 s (--timeout-handshake): given up while logging in`,
  )
})

test('an aborted signal gives the attempt up, before it and during it', async () => {
  const early = await failToReach(hostAt({ port: 1 }), { signal: AbortSignal.abort() })
  expect(early.message).toBe('ops@127.0.0.1:1 was given up while the TCP connection was opened')
  const controller = new AbortController()
  const server = await serveTcp((socket) => socket.once('data', () => controller.abort()))
  const failure = await failToReach(hostAt(server), { signal: controller.signal })
  expect(failure).toMatchObject({ reason: 'timeout', phase: 'banner' })
  expect(failure.message).toBe(`ops@127.0.0.1:${server.port} was given up while its SSH banner was awaited`)
})

test('a server that refuses the channel refuses the command, in its own words', async () => {
  const host = await serveSsh((client) => {
    client.on('authentication', (login) => login.accept()).on('session', (_accept, reject) => reject())
  })
  const end = await reach(host, (session) => runCommand(session, 'true'))
  expect(end).toMatchObject({ exitCode: null, cut: 'refused' })
  expect(end.stderr).toBe('the server did not run the command: (SSH) Channel open failure: ')
})

test('a server that refuses the command itself', async () => {
  const host = await serveSsh((client) => {
    client.on('authentication', (login) => login.accept())
    client.on('session', (accept) => accept().on('exec', (_accept, reject) => reject()))
  })
  const end = await reach(host, (session) => runCommand(session, 'true'))
  expect(end).toEqual({
    exitCode: null,
    output: '',
    stderr: 'the server did not run the command: Unable to exec',
    cut: 'refused',
  })
})

test('a connection that is lost during a command keeps what had come', async () => {
  const host = await serveSsh((client) => {
    client.on('authentication', (login) => login.accept())
    client.on('session', (accept) => accept().on('exec', (run) => run().write('half', () => client.end())))
  })
  const end = await reach(host, (session) => runCommand(session, 'true'))
  expect(end).toEqual({ exitCode: null, output: 'half', stderr: '', cut: 'connection-lost' })
})

test('a peer that goes silent is noticed before the deadline of the command', async () => {
  const sockets: Socket[] = []
  const relay = await serveTcp((socket) => {
    sockets.push(socket)
    const far = connectTcp(sshd.port, '127.0.0.1').on('error', () => {})
    socket.pipe(far).pipe(socket)
  })
  const known = join(await makeFolder(), 'known_hosts')
  await writeFile(known, `[127.0.0.1]:${relay.port} ${await sshd.hostKey('ed25519')}`)
  const timeouts = { connectMs: 10_000, commandMs: 2000, hostMs: 60_000 }
  const host = makeHost({ ...endpointOf(sshd), port: relay.port, knownHostsFiles: [known], timeouts })
  const end = await reach(host, (session) =>
    runCommand(session, 'echo alive; sleep 60', {
      onOutput: () => {
        for (const socket of sockets) socket.unpipe()
      },
    }),
  )
  expect(end).toMatchObject({ exitCode: null, cut: 'connection-lost' })
})
