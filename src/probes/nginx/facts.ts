import { z } from 'zod'
import { gatewayFactsSchema } from '../gateway/facts.js'

export type { Listen, Location, Mistake, Place, Site, Target, Upstream } from '../gateway/facts.js'

export const nginxFactsSchema = gatewayFactsSchema.extend({
  /** Files of sites-available that nothing in sites-enabled leads to. */
  notEnabled: z.array(z.string()),
})

export type NginxFacts = z.infer<typeof nginxFactsSchema>
