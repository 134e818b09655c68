import { z } from 'zod'
import type { Environment } from './environment.js'

/** Which names make the difference between two environments: a digest of them would tell nobody anything. */
export const nameDifferenceSchema = z.object({
  /** Names that it has not, and most have. */
  lacks: z.array(z.string()).exactOptional(),
  /** Names that it has, and most have not. */
  adds: z.array(z.string()).exactOptional(),
})

export type NameDifference = z.infer<typeof nameDifferenceSchema>

export function compareNames(own: Environment | undefined, usual: Environment | undefined): NameDifference {
  return own && usual ? { lacks: namesNotIn(own, usual), adds: namesNotIn(usual, own) } : {}
}

function namesNotIn(one: Environment, other: Environment): string[] {
  return [...other.keys()].filter((name) => !one.has(name)).sort()
}
