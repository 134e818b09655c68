import { mkdir, rm } from 'node:fs/promises'
import pLimit from 'p-limit'
import { makeKeys, readPublicKey } from './access.js'
import { prepareBaseLayer } from './base/layer.js'
import type { Fault } from './faults/fault.js'
import { faults } from './faults/index.js'
import { listProcesses, removeCgroups } from './host/cgroups.js'
import type { LabHost } from './host/host.js'
import { writeInventory } from './inventory.js'
import { raiseLimits, restoreLimits } from './limits.js'
import { makeBridge, removeBridge } from './network.js'
import { poll } from './poll.js'
import { raiseWithPeer } from './raise.js'
import { stateFolder } from './site.js'

const startTogether = 3

/**
 * Builds the named hosts of the table (all, when none is named) and breaks each as the table says, after ending whatever a former lab left.
 * Resolves when every host has settled and gives a visitor the answer that the table promises. Rejects with an AggregateError when some do
 * not; the others keep running.
 * @returns the running hosts by name
 */
export async function startLab(names: string[], report: (line: string) => void): Promise<Map<string, LabHost>> {
  const chosen = chooseFaults(names)
  await stopLab()
  await mkdir(stateFolder, { recursive: true, mode: 0o700 })
  const layer = await prepareBaseLayer(report)
  await makeBridge()
  await raiseLimits()
  await makeKeys()
  const ground = { layer, authorizedKey: await readPublicKey(), report }
  const hosts = new Map<string, LabHost>()
  const limit = pLimit(startTogether)
  const peers = new Set(chosen.map((fault) => fault.peer))
  const jobs = chosen
    .filter((fault) => !peers.has(fault.name))
    .map((fault) => limit(() => raiseWithPeer(fault, ground, hosts)))
  const failures = (await Promise.allSettled(jobs)).filter((job) => job.status === 'rejected').map((job) => job.reason)
  await writeInventory(chosen)
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} hosts are not as the table says`)
  return hosts
}

/** Ends every process of the lab, of a half-dead one too, and removes its network, its control groups and its state. */
export async function stopLab(): Promise<void> {
  await poll(killAll, { timeoutMs: 20_000, describe: () => 'a process of the lab does not end' })
  await removeCgroups()
  await removeBridge()
  await restoreLimits()
  await rm(stateFolder, { recursive: true, force: true })
}

async function killAll(): Promise<true | undefined> {
  const pids = [...(await listProcesses()).values()].flat()
  for (const pid of pids) killIfThere(pid)
  return pids.length === 0 ? true : undefined
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // The first process of a host takes the others along.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function chooseFaults(names: string[]): Fault[] {
  const unknown = names.find((name) => !faults.some((fault) => fault.name === name))
  if (unknown !== undefined) throw new Error(`no host is called ${unknown}: see the list`)
  const named = faults.filter((fault) => names.length === 0 || names.includes(fault.name))
  const peers = named.map((fault) => fault.peer)
  return faults.filter((fault) => named.includes(fault) || peers.includes(fault.name))
}
