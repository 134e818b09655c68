import { z } from 'zod'
import { gatewayFactsSchema } from '../gateway/facts.js'

export type { Listen, Location, Mistake, Place, Refusal, Site, Target, Upstream } from '../gateway/facts.js'

export const nginxFactsSchema = gatewayFactsSchema.extend({
  /** Files of sites-available that nothing in sites-enabled leads to. */
  notEnabled: z.array(z.string()),
  /** `worker_connections`, if set. */
  workerConnections: z.number().nullable().optional(),
  /** Of each worker that was looked at: how many files it may open, and has open; null where that may not be seen. */
  workers: z
    .array(z.object({ pid: z.number(), openFilesLimit: z.number().nullable(), openFiles: z.number().nullable() }))
    .optional(),
})

export type NginxFacts = z.infer<typeof nginxFactsSchema>
