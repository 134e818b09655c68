import { isSelected } from '../inventory/is-selected.js'
import { globTest } from '../inventory/target.js'
import type { HostRecord } from '../record.js'
import type { AppliedWaiver, Waiver } from './waiver.js'

/** What can be wrong with a host: one of its root causes, or its status where it has none. */
interface Problem {
  cause: string
  subject: string | null
}

/** What stands for a host's status where no cause is known. */
export const statusesToWaive = ['unreachable', 'unknown', 'broken'] as const

/**
 * The host with the waivers that its problems fall under; it is waived when each of them is, by one that has not expired.
 * Its status stays what it is. `today` is the day that counts, as in `2027-01-31`. Pure.
 */
export function applyWaivers(host: HostRecord, waivers: readonly Waiver[], today: string): HostRecord {
  const own = waivers.filter(({ hosts }) => hosts.some((target) => isSelected(host, target)))
  if (own.length === 0) return host
  const problems = problemsOf(host)
  const applied = problems.flatMap((problem) => waive(problem, own, today) ?? [])
  const isCovered = (problem: Problem) =>
    applied.some(
      ({ cause, subject, isExpired }) => !isExpired && cause === problem.cause && subject === problem.subject,
    )
  return { ...host, waivers: applied, isWaived: problems.length > 0 && problems.every(isCovered) }
}

/** The day of a time by the clock and time zone of this machine. */
export function dayOf(time: Date): string {
  const two = (number: number) => `${number}`.padStart(2, '0')
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
}

function problemsOf({ status, causes }: HostRecord): Problem[] {
  if (causes.length > 0) return causes.map(({ id, subject }) => ({ cause: id, subject }))
  return status === 'healthy' ? [] : [{ cause: status, subject: null }]
}

/** Of several waivers the one that holds longest. */
function waive({ cause, subject }: Problem, waivers: readonly Waiver[], today: string): AppliedWaiver | undefined {
  const isAbout = (waiver: Waiver) =>
    waiver.causes.includes(cause) && (waiver.subject === undefined || globTest(waiver.subject)(subject ?? ''))
  const longest = waivers.filter(isAbout).toSorted((a, b) => b.until.localeCompare(a.until))[0]
  if (!longest) return undefined
  const { reason, owner, until } = longest
  return { cause, subject, reason, owner, until, isExpired: until < today }
}
