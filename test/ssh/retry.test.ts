import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Host } from '../../src/inventory/host.js'
import { loadCredentials } from '../../src/ssh/auth/credentials.js'
import { connect, shareConnections } from '../../src/ssh/connect.js'
import type { RetryWaits } from '../../src/ssh/retry.js'
import { ConnectFailure } from '../../src/ssh/session.js'
import { type OddServer, startTcpServer } from '../support/odd-servers.js'
import { runCommand } from '../support/reach.js'
import { endpointOf, makeHost, type Sshd, startSshd } from '../support/sshd.js'

const waits: RetryWaits = { busy: [1, 1, 1], penalty: [1] }
const started: OddServer[] = []
let sshd: Sshd
beforeAll(async () => {
  sshd = await startSshd()
})
afterAll(() => sshd.stop())
afterEach(() => Promise.all(started.splice(0).map((server) => server.stop())))

/** A server that says one thing and hangs up, and counts how often it was asked. */
async function serve(answer: (tries: number) => string): Promise<{ host: Host; tries: () => number }> {
  let tries = 0
  const server = await startTcpServer((socket) => {
    tries += 1
    socket.end(answer(tries))
  })
  started.push(server)
  return { host: makeHost({ user: 'ops', port: server.port }), tries: () => tries }
}

async function fail(host: Host, signal = new AbortController().signal) {
  const shared = shareConnections(await loadCredentials([host], { env: {} }), { waits })
  return connect(host, { shared, signal }).catch((error) => error)
}

test.each([
  ['', 'closed the connection while its SSH banner was awaited (tried 4 times)', 4],
  [
    'Exceeded MaxStartups\r\n',
    'closed the connection while its SSH banner was awaited: "Exceeded MaxStartups" (tried 4 times)',
    4,
  ],
  [
    'Not allowed at this time\r\n',
    'closed the connection while its SSH banner was awaited: "Not allowed at this time" (tried 2 times)',
    2,
  ],
  ['220 mail ESMTP\r\n', 'answers, but not with SSH: "220 mail ESMTP"', 1],
])('a server that says %j at once', async (answer, message, tries) => {
  const server = await serve(() => answer)
  const failure = await fail(server.host)
  expect(failure.message).toBe(`ops@127.0.0.1:${server.host.port} ${message}`)
  expect(server.tries()).toBe(tries)
})

test('a server that shuts this address out says what it is, and what to do', async () => {
  const { host } = await serve(() => 'Not allowed at this time\r\n')
  expect(await fail(host)).toMatchObject({
    reason: 'closed',
    phase: 'banner',
    mend: 'it shuts this address out for a while (PerSourcePenalties): wait, and see its log for what it minded',
  })
})

test('a refused login is never tried again', async () => {
  const host = makeHost({ ...endpointOf(sshd), identityFiles: [] })
  const before = sshd.log.length
  expect((await fail(host)).reason).toBe('auth')
  expect(sshd.log.slice(before).filter((line) => line.startsWith('Connection from'))).toHaveLength(1)
})

test('a server with few login slots serves everybody in the end', async () => {
  const tight = await startSshd({ settings: ['MaxStartups 2:50:4'] })
  const host = makeHost(endpointOf(tight))
  const busy = [50, 100, 200, 400, 800, 1600, 3200]
  const shared = shareConnections(await loadCredentials([host], { env: {} }), { waits: { busy, penalty: [] } })
  const outputs = await Promise.all(
    Array.from({ length: 24 }, async () => {
      const session = await connect(host, { shared, signal: new AbortController().signal })
      const { output } = await runCommand(session, 'echo in')
      session.close()
      return output
    }),
  )
  await tight.stop()
  expect(outputs).toEqual(Array(24).fill('in\n'))
})

test('waiting for the next try ends with the signal', async () => {
  const { host, tries } = await serve(() => '')
  const shared = shareConnections(await loadCredentials([host], { env: {} }), {
    waits: { busy: [60_000], penalty: [] },
  })
  const controller = new AbortController()
  const trying = connect(host, { shared, signal: controller.signal }).catch((error) => error)
  await vi.waitFor(() => expect(tries()).toBe(1))
  controller.abort()
  expect(await trying).toBeInstanceOf(ConnectFailure)
})
