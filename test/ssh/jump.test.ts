import { readFile, writeFile } from 'node:fs/promises'
import { connect as connectTcp, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../src/inventory/host.js'
import { loadCredentials } from '../../src/ssh/auth/credentials.js'
import { connect, shareConnections } from '../../src/ssh/connect.js'
import { formatHop } from '../../src/ssh/connect-failure.js'
import { startSshServer, startTcpServer } from '../support/odd-servers.js'
import { failToReach, reach, runCommand } from '../support/reach.js'
import {
  endpointOf,
  findFreePort,
  makeFolder,
  makeHost,
  readFingerprint,
  type Sshd,
  startSshd,
} from '../support/sshd.js'

let bastion: Sshd
let inner: Sshd
let bastionHop: string
let innerHop: string
beforeAll(async () => {
  bastion = await startSshd()
  inner = await startSshd()
  bastionHop = `${endpointOf(bastion).user}@127.0.0.1:${bastion.port}`
  innerHop = `${endpointOf(inner).user}@127.0.0.1:${inner.port}`
})
afterAll(() => Promise.all([bastion.stop(), inner.stop()]))

const behindBastion = (changes: Partial<Host> = {}) =>
  makeHost({ ...endpointOf(inner), jump: endpointOf(bastion), ...changes })
const countLogins = (sshd: Sshd) => sshd.log.filter((line) => line.includes('Accepted publickey')).length

test('a host is reached through its jump host, each under its own key', async () => {
  const end = await reach(behindBastion(), (session) => runCommand(session, 'echo $SSH_CONNECTION; exit 4'))
  expect(end.exitCode).toBe(4)
  expect(end.output).toContain(` 127.0.0.1 ${inner.port}\n`)
})

test('many hosts share one connection, more of them than may be open at once', async () => {
  const loginsBefore = countLogins(bastion)
  const host = behindBastion()
  const shared = shareConnections(await loadCredentials([host], { env: {} }))
  const outputs = await Promise.all(
    Array.from({ length: 25 }, async (_, index) => {
      const session = await connect(host, { shared, signal: new AbortController().signal })
      const { output } = await runCommand(session, `echo ${index}`)
      session.close()
      return output.trim()
    }),
  )
  shared.close()
  expect(outputs).toEqual(Array.from({ length: 25 }, (_, index) => String(index)))
  expect(countLogins(bastion) - loginsBefore).toBe(1)
})

test('a jump host that refuses is the reason, and it is asked once for all hosts', async () => {
  const port = await findFreePort()
  const hosts = [1, 2].map(() => behindBastion({ jump: { ...endpointOf(bastion), port } }))
  const shared = shareConnections(await loadCredentials(hosts, { env: {} }))
  const signal = new AbortController().signal
  const failures = await Promise.all(hosts.map((host) => connect(host, { shared, signal }).catch((error) => error)))
  shared.close()
  const hop = bastionHop.replace(/\d+$/, String(port))
  for (const failure of failures) {
    expect(failure).toMatchObject({ reason: 'jump', phase: 'connect', hop })
    expect(failure.message).toBe(
      `jump host (refused): ${hop} refused the connection: nothing listens there, or a firewall rejects it`,
    )
  }
})

test('a jump host with an unknown key is not trusted for the sake of the host behind it', async () => {
  const jump = { ...endpointOf(bastion), knownHostsFiles: [inner.knownHostsFile] }
  const failure = await failToReach(behindBastion({ jump }))
  expect(failure).toMatchObject({ reason: 'jump', phase: 'host-key', hop: bastionHop })
  expect(failure.message).toMatch(/^jump host \(host-key-unknown\): \S+ shows the ssh-ed25519 key SHA256:/)
  expect(failure.mend).toContain(`ssh-keyscan -p ${bastion.port} -t ed25519 127.0.0.1 >> `)
})

test('an unknown host behind a jump host is scanned from there', async () => {
  const file = join(await makeFolder(), 'known')
  await writeFile(file, await readFile(bastion.knownHostsFile))
  const failure = await failToReach(behindBastion({ knownHostsFiles: [file] }))
  const print = await readFingerprint(join(inner.folder, 'host_ed25519.pub'))
  expect(failure).toMatchObject({ reason: 'host-key-unknown', hop: innerHop })
  expect(failure.message).toBe(`${innerHop} shows the ssh-ed25519 key ${print}, which is not known yet`)
  expect(failure.mend).toBe(
    `compare the fingerprint, then: ssh -i ${bastion.identityFile} -p ${bastion.port} ${endpointOf(bastion).user}@127.0.0.1 ` +
      `ssh-keyscan -p ${inner.port} -t ed25519 127.0.0.1 >> ${file}`,
  )
})

test('a host that the jump host cannot reach is its own failure', async () => {
  const port = await findFreePort()
  const failure = await failToReach(behindBastion({ port }))
  const hop = innerHop.replace(/\d+$/, String(port))
  expect(failure).toMatchObject({ reason: 'refused', phase: 'connect', hop })
  expect(failure.message).toBe(`${hop} cannot be reached from jump host ${bastionHop}: Connection refused`)
})

test('a jump host that may not forward says what to allow', async () => {
  const strict = await startSshd({ settings: ['AllowTcpForwarding no'] })
  const failure = await failToReach(behindBastion({ jump: endpointOf(strict) }))
  await strict.stop()
  const hop = bastionHop.replace(/\d+$/, String(strict.port))
  expect(failure).toMatchObject({ reason: 'jump', phase: 'channel', hop })
  expect(failure.message).toBe(`jump host ${hop} does not forward to 127.0.0.1:${inner.port}: open failed`)
  expect(failure.mend).toBe('allow it in the sshd_config of the jump host: AllowTcpForwarding yes, and PermitOpen')
})

test('the login of the host behind is judged by itself', async () => {
  const failure = await failToReach(behindBastion({ identityFiles: [bastion.identityFile] }))
  expect(failure).toMatchObject({ reason: 'auth', phase: 'auth', hop: innerHop })
})

test('a silent server behind a jump host meets the deadline', async () => {
  const silent = await startTcpServer(() => {})
  const timeouts = { connectMs: 1000, commandMs: 30_000, hostMs: 60_000 }
  const failure = await failToReach(behindBastion({ port: silent.port, timeouts }))
  await silent.stop()
  expect(failure).toMatchObject({ reason: 'no-banner', phase: 'banner' })
})

test('an aborted host leaves the shared connection to the others', async () => {
  const host = behindBastion()
  const shared = shareConnections(await loadCredentials([host], { env: {} }))
  const controller = new AbortController()
  const aborted = connect(host, { shared, signal: controller.signal }).catch((error) => error)
  controller.abort()
  const session = await connect(host, { shared, signal: new AbortController().signal })
  expect((await runCommand(session, 'echo fine')).output).toBe('fine\n')
  expect((await aborted).message).toBe(`${bastionHop} was given up while a channel was opened`)
  session.close()
  shared.close()
})

test('a jump host that is lost ends the sessions through it, and is connected to anew', async () => {
  const sockets: Socket[] = []
  const relay = await startTcpServer((socket) => {
    sockets.push(socket)
    const far = connectTcp(bastion.port, '127.0.0.1').on('error', () => {})
    socket.pipe(far).pipe(socket)
  })
  const file = join(await makeFolder(), 'known')
  await writeFile(file, `[127.0.0.1]:${relay.port} ${await bastion.hostKey('ed25519')}`)
  const host = behindBastion({ jump: { ...endpointOf(bastion), port: relay.port, knownHostsFiles: [file] } })
  const shared = shareConnections(await loadCredentials([host], { env: {} }))
  const signal = new AbortController().signal
  const first = await connect(host, { shared, signal })
  const end = await runCommand(first, 'echo up; sleep 60', { onOutput: () => sockets[0]?.destroy() })
  const lost = `jump host (closed): ${formatHop({ ...endpointOf(bastion), port: relay.port })} was lost`
  expect(end).toEqual({ exitCode: null, cut: 'connection-lost', stderr: lost, output: '' })
  const second = await connect(host, { shared, signal })
  expect((await runCommand(second, 'echo again')).output).toBe('again\n')
  second.close()
  shared.close()
  await relay.stop()
})

test('more hosts are held at once than may log in at once', async () => {
  const host = behindBastion()
  const shared = shareConnections(await loadCredentials([host], { env: {} }))
  const signal = new AbortController().signal
  const sessions = await Promise.all(Array.from({ length: 25 }, () => connect(host, { shared, signal })))
  const outputs = await Promise.all(sessions.map((session) => runCommand(session, 'echo up')))
  for (const session of sessions) session.close()
  shared.close()
  expect(outputs.map(({ output }) => output)).toEqual(Array(25).fill('up\n'))
})

describe('two jump hosts, one behind the other', () => {
  let outer: Sshd
  beforeAll(async () => {
    outer = await startSshd()
  })
  afterAll(() => outer.stop())
  const middle = () => ({ ...endpointOf(bastion), jump: endpointOf(outer) })
  const behindBoth = (changes: Partial<Host> = {}) => makeHost({ ...endpointOf(inner), jump: middle(), ...changes })
  const outerHop = () => `${endpointOf(outer).user}@127.0.0.1:${outer.port}`

  test('are passed in their order, each connected to once, each under its own key', async () => {
    const before = [countLogins(outer), countLogins(bastion)]
    const hosts = [1, 2, 3].map(() => behindBoth())
    const shared = shareConnections(await loadCredentials(hosts, { env: {} }))
    const signal = new AbortController().signal
    const outputs = await Promise.all(
      hosts.map(async (host) => {
        const session = await connect(host, { shared, signal })
        const { output } = await runCommand(session, 'echo $SSH_CONNECTION')
        session.close()
        return output
      }),
    )
    shared.close()
    for (const output of outputs) expect(output).toContain(` 127.0.0.1 ${inner.port}\n`)
    expect([countLogins(outer), countLogins(bastion)]).toEqual(before.map((count) => count + 1))
  })

  test('the outer one that refuses is told as it is, for every host behind', async () => {
    const port = await findFreePort()
    const jump = { ...endpointOf(bastion), jump: { ...endpointOf(outer), port } }
    const failure = await failToReach(behindBoth({ jump }))
    const hop = outerHop().replace(/\d+$/, String(port))
    expect(failure).toMatchObject({ reason: 'jump', phase: 'connect', hop })
    expect(failure.message).toBe(
      `jump host (refused): ${hop} refused the connection: nothing listens there, or a firewall rejects it`,
    )
  })

  test('the inner one that the outer one cannot reach is told as such', async () => {
    const port = await findFreePort()
    const failure = await failToReach(behindBoth({ jump: { ...middle(), port } }))
    const hop = bastionHop.replace(/\d+$/, String(port))
    expect(failure).toMatchObject({ reason: 'jump', phase: 'connect', hop })
    expect(failure.message).toBe(
      `jump host (refused): ${hop} cannot be reached from jump host ${outerHop()}: Connection refused`,
    )
  })

  test('an unknown host behind both is scanned from the inner one', async () => {
    const file = join(await makeFolder(), 'known')
    const failure = await failToReach(behindBoth({ knownHostsFiles: [file] }))
    expect(failure).toMatchObject({ reason: 'host-key-unknown', hop: innerHop })
    expect(failure.mend).toBe(
      'compare the fingerprint, then: ' +
        `ssh -o 'ProxyCommand=ssh -i ${outer.identityFile} -p ${outer.port} ${endpointOf(outer).user}@127.0.0.1 -W %h:%p' ` +
        `-i ${bastion.identityFile} -p ${bastion.port} ${endpointOf(bastion).user}@127.0.0.1 ` +
        `ssh-keyscan -p ${inner.port} -t ed25519 127.0.0.1 >> ${file}`,
    )
  })
})

const resourceShortage = 4

test('a jump host with room for few channels is asked again when one has closed', async () => {
  let open = 0
  let refused = 0
  const server = await startSshServer({}, (client) => {
    // ssh2's server has no way to give this reason (RFC 4254, 5.1).
    const protocol = Reflect.get(client, '_protocol')
    const fail = protocol.channelOpenFail.bind(protocol)
    protocol.channelOpenFail = (id: number) => fail(id, resourceShortage, '')
    client
      .on('authentication', (context) => context.accept())
      .on('tcpip', (accept, reject, { destIP, destPort }) => {
        if (open >= 3) {
          refused += 1
          return reject()
        }
        open += 1
        const far = connectTcp(destPort, destIP)
        const channel = accept()
        far.on('error', () => {}).on('close', () => channel.end())
        channel
          .on('error', () => {})
          .on('close', () => {
            open -= 1
            far.destroy()
          })
        far.pipe(channel).pipe(far)
      })
  })
  const file = join(await makeFolder(), 'known')
  await writeFile(file, `[127.0.0.1]:${server.port} ecdsa-sha2-nistp256 ${server.hostKey.toString('base64')}\n`)
  const host = behindBastion({ jump: { ...endpointOf(bastion), port: server.port, knownHostsFiles: [file] } })
  const shared = shareConnections(await loadCredentials([host], { env: {} }))
  const outputs = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const session = await connect(host, { shared, signal: new AbortController().signal })
      const { output } = await runCommand(session, 'echo in')
      session.close()
      return output
    }),
  )
  shared.close()
  await server.stop()
  expect(outputs).toEqual(Array(8).fill('in\n'))
  expect(refused).toBeGreaterThan(0)
})
