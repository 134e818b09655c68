import type { HostRecord, Status } from '../record.js'

/** Statuses, the one that needs a person first in front. */
export const urgency = ['broken', 'unreachable', 'unknown', 'degraded', 'healthy'] as const satisfies readonly Status[]

/** The hosts in the order in which a person should look at them; within a status in the order of the inventory. */
export function rankHosts(hosts: readonly HostRecord[]): HostRecord[] {
  return urgency.flatMap((status) => hosts.filter((host) => host.status === status))
}
