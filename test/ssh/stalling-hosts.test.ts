import type { ServerChannel } from 'ssh2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Host } from '../../src/inventory/host.js'
import { check } from '../../src/pipeline.js'
import { loadCredentials } from '../../src/ssh/auth/credentials.js'
import { startOddHost } from '../support/odd-hosts.js'
import { type OddServer, startSshServer, startTcpServer } from '../support/odd-servers.js'
import { endpointOf, makeHost, type Sshd, startSshd } from '../support/sshd.js'

let sshd: Sshd
const servers = new Map<string, OddServer>()

const silent = (channel: ServerChannel) => void channel.on('error', () => {})

/** Answers like a host until the end of the first round, and nothing to the second. */
function stallLater(channel: ServerChannel): void {
  silent(channel)
  let script = ''
  channel.on('data', (piece: Buffer) => {
    const before = nonceOf(script)
    script += piece.toString()
    const nonce = nonceOf(script)
    if (before === undefined && nonce !== undefined && !isSecond) {
      isSecond = true
      channel.write(`\n${nonce} right ops not-tried\n\n${nonce} done\n`)
      channel.exit(0)
      channel.end()
    }
  })
}
let isSecond = false
const nonceOf = (script: string) => /@fleetdx-[0-9a-f]{24}/.exec(script)?.[0]

/** Prints a byte now and then, for ever, and does not mind that the channel is closed. */
function dribble(channel: ServerChannel): void {
  silent(channel)
  const timer = setInterval(() => channel.write('x'), 50)
  channel.once('close', () => clearInterval(timer))
}

beforeAll(async () => {
  sshd = await startSshd()
  const open = async (name: string, server: Promise<OddServer>) => servers.set(name, await server)
  await open(
    'no-banner',
    startTcpServer((socket) => void socket.resume()),
  )
  await open(
    'dribbled-banner',
    startTcpServer((socket) => {
      const timer = setInterval(() => socket.write('x'), 50)
      socket.once('close', () => clearInterval(timer))
    }),
  )
  await open(
    'no-key-exchange',
    startTcpServer((socket) => void socket.write('SSH-2.0-odd\r\n')),
  )
  await open(
    'no-login',
    startSshServer({}, (client) => void client.on('authentication', () => {})),
  )
  await open(
    'no-channel',
    startSshServer({}, (client) => {
      client.on('authentication', (login) => login.accept()).on('session', () => {})
    }),
  )
  await open(
    'no-exec',
    startSshServer({}, (client) => {
      client
        .on('authentication', (login) => login.accept())
        .on('session', (accept) => void accept().on('exec', () => {}))
    }),
  )
  await open('no-word', startOddHost(silent))
  await open('dribble', startOddHost(dribble))
  await open('no-second-round', startOddHost(stallLater))
})
afterAll(() => Promise.all([sshd.stop(), ...[...servers.values()].map((server) => server.stop())]))

test('hosts that stall at every step end at their own deadline, and keep nobody waiting', async () => {
  const timeouts = { connectMs: 60_000, commandMs: 60_000, hostMs: 3_000 }
  const odd = [...servers].map(
    ([name, { port }]): Host => makeHost({ ...endpointOf(sshd), name, port, hostKeys: 'off', timeouts }),
  )
  const record = await check({
    hosts: [...odd, makeHost({ ...endpointOf(sshd), name: 'fine' })],
    credentials: await loadCredentials(odd, { env: {} }),
    jobs: 64,
    runMs: 600_000,
    interrupt: new AbortController().signal,
    onProgress: () => {},
  })
  const told = record.hosts.map(({ name, reason, trouble }) => [name, reason?.limit ?? trouble[0]])
  const over = 'the 3 s for one host were over (--timeout-host)'
  expect(Object.fromEntries(told)).toEqual({
    'no-banner': 'host',
    'dribbled-banner': 'host',
    'no-key-exchange': 'host',
    'no-login': 'host',
    'no-channel': `no answer: ${over}`,
    'no-exec': `no answer: ${over}`,
    'no-word': `no answer: ${over}`,
    dribble: `no answer: ${over}`,
    'no-second-round': `no answer: ${over}`,
    fine: undefined,
  })
})
