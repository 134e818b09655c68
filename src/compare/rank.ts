import type { HostRecord, Status } from '../record.js'

/** Statuses, the one that needs a person first in front. */
export const urgency = ['broken', 'unreachable', 'unknown', 'degraded', 'healthy'] as const satisfies readonly Status[]

/**
 * The hosts in the order in which a person should look at them; within a status in the order of the inventory. What is
 * waived waits until all else has been seen to.
 */
export function rankHosts(hosts: readonly HostRecord[]): HostRecord[] {
  const waived = hosts.filter(({ isWaived }) => isWaived)
  const others = hosts.filter(({ isWaived }) => !isWaived)
  const byUrgency = (some: readonly HostRecord[]) =>
    urgency.flatMap((status) => some.filter((host) => host.status === status))
  const [sick, well] = [
    others.filter(({ status }) => status !== 'healthy'),
    others.filter(({ status }) => status === 'healthy'),
  ]
  return [...byUrgency(sick), ...byUrgency(waived), ...well]
}
