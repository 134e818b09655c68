import { z } from 'zod'

/** Hosts with the same root cause, seen in the same way. */
export const clusterSchema = z.object({
  /** The id of the root cause; null where the status itself says it all (`unreachable`, or `unknown`). */
  cause: z.string().nullable(),
  title: z.string(),
  hosts: z.array(z.string()),
})

export type Cluster = z.infer<typeof clusterSchema>
