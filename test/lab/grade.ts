import { causes } from '../../src/causes/index.js'
import type { HostRecord } from '../../src/record.js'
import type { Fault } from './faults/fault.js'

/**
 * right: the root cause comes first, or nothing is blamed on a healthy host. consequence: what follows from the root cause
 * is named in its place. unknown: it says that it cannot tell. wrong: anything else.
 */
export type Grade = 'right' | 'consequence' | 'unknown' | 'wrong'

/** How a verdict does against what is known to be true of a host. */
export function gradeVerdict({ cause, answer }: Fault, { status, causes: [first] }: HostRecord): Grade {
  if (first && first.id === cause) return 'right'
  if (first) return cause !== null && consequencesOf(cause).has(first.id) ? 'consequence' : 'wrong'
  if (status === 'healthy') {
    if (cause === null) return 'right'
    // What only threatens the next boot may well be out of sight.
    return answer === 200 ? 'unknown' : 'wrong'
  }
  return 'unknown'
}

/** All that follows from a cause, over however many steps. */
function consequencesOf(cause: string): Set<string> {
  const explained = (id: string) => causes.find((each) => each.id === id)?.explains ?? []
  const all = new Set(explained(cause))
  for (const id of all) for (const next of explained(id)) all.add(next)
  return all
}
