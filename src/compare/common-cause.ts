import { z } from 'zod'

/** One thing that several hosts fail to reach. */
export const commonCauseSchema = z.object({
  hosts: z.array(z.string()),
})

export type CommonCause = z.infer<typeof commonCauseSchema>
