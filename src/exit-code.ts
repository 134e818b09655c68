import type { RunRecord, Status } from './record.js'

const failing: readonly Status[] = ['degraded', 'broken']
const unseen: readonly Status[] = ['unreachable', 'unknown']

/** The states of a plugin of Nagios; the place of one here is its exit code (plugin guidelines, «Plugin Return Codes»). */
const pluginStates = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const
export type PluginState = (typeof pluginStates)[number]

/**
 * 0 all healthy, or what is wrong is waived · 1 a host is degraded or broken · 3 nothing broken was seen, but a host is
 * unreachable or unknown · 130 interrupted. Where the result is printed for Nagios, its codes count.
 */
export function exitCodeOf(record: RunRecord, format = 'table'): number {
  if (format === 'nagios') return pluginExitCode(pluginStateOf(record))
  if (record.interrupted) return 130
  const statuses = countingStatuses(record)
  if (statuses.some((status) => failing.includes(status))) return 1
  return statuses.some((status) => unseen.includes(status)) ? 3 : 0
}

/** How Nagios is told: what fails before what could not be seen, as in the exit codes of every other format. */
export function pluginStateOf(record: RunRecord): PluginState {
  const statuses = countingStatuses(record)
  if (statuses.includes('broken')) return 'CRITICAL'
  if (statuses.includes('degraded')) return 'WARNING'
  const isOpen = record.hosts.length === 0 || statuses.some((status) => unseen.includes(status))
  return isOpen ? 'UNKNOWN' : 'OK'
}

export function pluginExitCode(state: PluginState): number {
  return pluginStates.indexOf(state)
}

function countingStatuses({ hosts }: RunRecord): Status[] {
  return hosts.filter(({ isWaived }) => !isWaived).map(({ status }) => status)
}
