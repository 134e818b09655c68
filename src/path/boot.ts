import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'

/**
 * When the host started, by its own clock; null where that is not known. A container shows the uptime of its machine: there
 * process 1 is younger, and its start is the boot.
 */
export function bootedMs(facts: Facts): number | null {
  const host = knownValue(facts.host)
  if (!host) return null
  const init = knownValue(facts.processes)?.processes.find(({ pid }) => pid === 1)
  return Math.max(host.nowMs - host.uptimeSeconds * 1000, init?.startedMs ?? 0)
}
