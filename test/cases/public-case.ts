import { causes } from '../../src/causes/index.js'
import type { Diagnosis } from '../../src/diagnose/diagnose.js'
import type { findingsOf } from '../support/cases.js'

/**
 * right: the case's own cause comes first. consequence: what follows from it does, as its root could not be seen.
 * unknown: no cause, or one that is said to be unsure. wrong: another cause, without a doubt.
 */
export type Grade = 'right' | 'consequence' | 'unknown' | 'wrong'

/** A public thread, as the host that it is about: what the thread quotes and says, and nothing else that decides. */
export interface PublicCase {
  /** Where it was told, on GitHub. */
  thread: string
  /** What it was. */
  cause: string
  /** How the verdict does. */
  grade: Exclude<Grade, 'wrong'>
  /** What the excerpt lacks, where that is not `right`. */
  lacks?: string
  /** Whether visitors get pages: then nothing has to be found. */
  isUp?: true
  host: Exclude<Parameters<typeof findingsOf>[0], string>
}

/** Cases by their numbers. */
export type PublicCases = Readonly<Record<number, PublicCase>>

/** How a verdict does against what was the matter. What only threatens is not what an outage comes of. */
export function gradeCase({ cause, isUp }: PublicCase, { status, causes: found }: Diagnosis): Grade {
  const [first] = found.filter(({ effect }) => status !== 'broken' || effect === 'outage')
  if (!first) return status === 'healthy' && !isUp ? 'wrong' : 'unknown'
  if (first.id === cause) return 'right'
  if (first.confidence === 'low') return 'unknown'
  return consequencesOf(cause).has(first.id) ? 'consequence' : 'wrong'
}

/** All that follows from a cause, over however many steps. */
function consequencesOf(cause: string): Set<string> {
  const explained = (id: string) => causes.find((each) => each.id === id)?.explains ?? []
  const all = new Set(explained(cause))
  for (const id of all) for (const next of explained(id)) all.add(next)
  return all
}
