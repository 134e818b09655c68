import type { RunRecord, Status } from './record.js'

const failing: readonly Status[] = ['degraded', 'broken']
const unseen: readonly Status[] = ['unreachable', 'unknown']

/** 0 all healthy, or what is wrong is waived · 1 a host is degraded or broken · 3 nothing broken was seen, but a host is unreachable or unknown. */
export function exitCodeOf({ hosts, interrupted }: RunRecord): number {
  if (interrupted) return 130
  const statuses = hosts.filter(({ isWaived }) => !isWaived).map(({ status }) => status)
  if (statuses.some((status) => failing.includes(status))) return 1
  return statuses.some((status) => unseen.includes(status)) ? 3 : 0
}
