import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { trustHost } from './access.js'
import { type Answer, askSite } from './answer.js'
import type { Fault } from './faults/fault.js'
import { addressOfFault, faults } from './faults/index.js'
import type { LabHost } from './host/host.js'
import { startHost } from './host/start.js'
import { poll } from './poll.js'

/** What the hosts of one lab have in common. */
export interface Ground {
  layer: string
  authorizedKey: string
  /** Told of each host that stands, in words. */
  report: (line: string) => void
}

/** Starts a host and breaks it, its peer before it; resolves when each gives a visitor the answer that the table promises. */
export async function raiseWithPeer(fault: Fault, ground: Ground, hosts: Map<string, LabHost>): Promise<void> {
  const peer = faults.find(({ name }) => name === fault.peer)
  if (peer !== undefined) await raise(peer, ground, hosts)
  await raise(fault, ground, hosts)
}

async function raise(fault: Fault, ground: Ground, hosts: Map<string, LabHost>): Promise<void> {
  const address = addressOfFault(fault.name)
  if (fault.login !== 'unreachable') {
    const host = await startHost({ ...fault, ...ground, address })
    hosts.set(fault.name, host)
    await awaitHealthy(host)
    await trustHost(host, fault.login === 'host-key-changed' ? 'other' : 'own')
    await breakHost(host, fault)
  }
  await expectAnswer(fault.answer, { name: fault.name, address, port: 80, timeoutMs: 20_000 })
  ground.report(`${fault.name}: ${fault.about} (${fault.answer})`)
}

/** Asks the app first and the gateway then, so that a healthy host's error log has no line about the time before its app was up. */
async function awaitHealthy(host: LabHost): Promise<void> {
  await expectAnswer(200, { ...host, port: 3000, timeoutMs: 60_000 })
  await expectAnswer(200, { ...host, port: 80, timeoutMs: 20_000 })
}

/** Where an answer is expected; `isRunning`, where there is a host at all, ends the wait for one that has died. */
type Place = { name: string; address: string; port: number; timeoutMs: number; isRunning?: () => boolean }

async function expectAnswer(expected: Answer, { name, address, port, timeoutMs, isRunning }: Place): Promise<void> {
  let last: Answer | undefined
  const ask = async () => {
    if (isRunning?.() === false) throw new Error(`${name} ended soon after its start`)
    last = await askSite(address, port)
    return last === expected ? true : undefined
  }
  await poll(ask, { timeoutMs, describe: () => `${name}: port ${port} gives ${last}, and should give ${expected}` })
}

async function breakHost(host: LabHost, { breakWith, peer }: Fault): Promise<void> {
  if (breakWith === undefined) return
  const prelude = await readFile(join(import.meta.dirname, 'faults/prelude.sh'), 'utf8')
  const env = { ADDRESS: host.address, ...(peer === undefined ? {} : { PEER: addressOfFault(peer) }) }
  const { exitCode, stdout, stderr } = await host.exec(`${prelude}\n${breakWith}`, env)
  if (exitCode !== 0) throw new Error(`${host.name}: breaking it failed (${exitCode})\n${stdout}${stderr}`)
}
