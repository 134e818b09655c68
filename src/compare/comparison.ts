import { z } from 'zod'

/** What the hosts of a group, or of an app, have in common, and who differs in what. */
export const comparisonSchema = z.object({
  hosts: z.array(z.string()),
})

export type Comparison = z.infer<typeof comparisonSchema>
