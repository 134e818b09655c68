import { z } from 'zod'
import type { HostRecord } from '../record.js'
import { clusterSchema } from './cluster.js'
import { commonCauseSchema } from './common-cause.js'
import { comparisonSchema } from './comparison.js'

/** What can be said only of many hosts together. */
export const fleetSchema = z.object({
  clusters: z.array(clusterSchema),
  commonCauses: z.array(commonCauseSchema),
  comparisons: z.array(comparisonSchema),
})

export type Fleet = z.infer<typeof fleetSchema>

/** Lays the hosts of a run side by side. Pure. */
export function compareFleet(_hosts: readonly HostRecord[]): Fleet {
  return { clusters: [], commonCauses: [], comparisons: [] }
}
