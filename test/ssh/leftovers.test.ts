import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTcpServer } from '../support/odd-servers.js'
import { failToReach, reach, runCommand } from '../support/reach.js'
import { endpointOf, findFreePort, makeHost, type Sshd, startSshd } from '../support/sshd.js'

let sshd: Sshd
beforeAll(async () => {
  sshd = await startSshd()
})
afterAll(() => sshd.stop())

test('nothing keeps the process once all is closed, failures included', async () => {
  const silent = await startTcpServer((socket) => socket.resume())
  const before = countHandles()
  await reach(makeHost(endpointOf(sshd)), (session) => runCommand(session, 'true'))
  await failToReach(makeHost({ port: silent.port, timeouts: { connectMs: 300, commandMs: 1, hostMs: 1 } }))
  await failToReach(makeHost({ port: await findFreePort() }))
  await reach(makeHost({ transport: 'local' }), (session) => runCommand(session, 'sleep 60', { timeoutMs: 50 }))
  await failToReach(makeHost({ ...endpointOf(sshd), identityFiles: [] }))
  await reach(makeHost({ ...endpointOf(sshd), jump: endpointOf(sshd) }), (session) => runCommand(session, 'true'))
  await vi.waitFor(() => expect(countHandles()).toEqual(before), { timeout: 4000 })
  await silent.stop()
})

/** What keeps Node's event loop alive, by kind. */
function countHandles(): Record<string, number> {
  const kinds = ['TCPSocketWrap', 'TCPConnectWrap', 'PipeWrap', 'ProcessWrap', 'GetAddrInfoReqWrap']
  const active = process.getActiveResourcesInfo()
  return Object.fromEntries(kinds.map((kind) => [kind, active.filter((resource) => resource === kind).length]))
}
