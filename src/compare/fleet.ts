import { z } from 'zod'
import type { HostRecord } from '../record.js'
import { clusterSchema, findClusters } from './cluster.js'
import { commonCauseSchema, findCommonCauses } from './common-cause.js'
import { compareSubjects, comparisonSchema } from './comparison.js'
import { findSharedChanges } from './shared-change.js'
import { contrastSchema, findContrasts } from './sick-and-well.js'
import { listSubjects } from './subjects.js'

/** What can be said only of many hosts together. */
export const fleetSchema = z.object({
  clusters: z.array(clusterSchema),
  commonCauses: z.array(commonCauseSchema),
  comparisons: z.array(comparisonSchema),
  contrasts: z.array(contrastSchema).default([]),
})

export type Fleet = z.infer<typeof fleetSchema>

/** Lays the hosts of a run side by side. Pure. */
export function compareFleet(hosts: readonly HostRecord[]): Fleet {
  const subjects = listSubjects(hosts)
  return {
    clusters: findClusters(hosts),
    commonCauses: [...findCommonCauses(hosts), ...findSharedChanges(hosts)],
    comparisons: compareSubjects(subjects),
    contrasts: findContrasts(subjects),
  }
}
