import type { Fault } from './faults/fault.js'

/** A host takes about 0.25 GB of memory, and half a minute of a processor until it has settled. */
const mostHosts = 32

/** The hosts of the table in groups that one machine can run at once; a host and its peer stay together. */
export function inBatches(faults: readonly Fault[]): Fault[][] {
  const peers = new Set(faults.map(({ peer }) => peer))
  const units = faults
    .filter(({ name }) => !peers.has(name))
    .map((fault) => faults.filter((each) => each === fault || each.name === fault.peer))
  const batches: Fault[][] = []
  for (const unit of units) {
    const last = batches.at(-1)
    if (last && last.length + unit.length <= mostHosts) last.push(...unit)
    else batches.push([...unit])
  }
  return batches
}
