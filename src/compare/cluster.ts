import { z } from 'zod'
import { groupBy } from '../group-by.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { foldHosts } from './fold-hosts.js'
import { mainPathOf } from './host-view.js'
import { findOnset, onsetSchema } from './onset.js'
import { urgency } from './rank.js'
import { shapeFor } from './shape.js'

/** Hosts that are sick in the same way: one case, to be looked at once. */
export const clusterSchema = z.object({
  status: z.enum(urgency),
  /** The id of the root cause; null where none is known: the host is `unreachable` or `unknown`, or breaks for no known cause. */
  cause: z.string().nullable(),
  /** What is wrong, in a few words. */
  title: z.string(),
  /** What the cause is about, where that is the same on all of them: an app, an address; else null. */
  subject: z.string().nullable(),
  /** Their names, in the order of the run. */
  hosts: z.array(z.string()),
  /** The same folded, as a target takes it: `web[03-07,12]`. */
  folded: z.string(),
  /** When it began; null where too few of them tell. */
  onset: onsetSchema.nullable(),
})

export type Cluster = z.infer<typeof clusterSchema>

/**
 * The hosts that are not healthy, each in one cluster: the most urgent first, then the largest. In one are those with the
 * same root cause, about the same thing, with the same links broken and the same telling evidence, but for what is a host's
 * own (names, addresses, times, counts); those out of reach for the same reason at the same server; and those of
 * which the same stayed unseen. Risks beside the root cause and notes make no difference.
 */
export function findClusters(hosts: readonly HostRecord[]): Cluster[] {
  const sick = hosts.filter(({ status }) => status !== 'healthy')
  return groupBy(sick, caseOf)
    .map(toCluster)
    .toSorted((a, b) => urgency.indexOf(a.status) - urgency.indexOf(b.status) || b.hosts.length - a.hosts.length)
}

/** Two hosts are one case if this is the same of both. */
function caseOf(host: HostRecord): string {
  const { status, isWaived, reason, verdict, causes } = host
  const [root] = causes
  const shape = shapeFor(host)
  if (reason)
    return JSON.stringify([status, isWaived, reason.reason, reason.phase, shape(reason.hop), shape(reason.message)])
  const known = root && [
    root.id,
    root.effect,
    shape(root.subject),
    ...root.evidence.slice(0, 1).map(({ text }) => shape(text)),
  ]
  return JSON.stringify([status, isWaived, known ?? shape(verdict), brokenLinks(host)])
}

function brokenLinks(host: HostRecord): string[] {
  const edges = mainPathOf(host)?.edges ?? host.path
  return edges.filter(({ state }) => state === 'broken').map(({ id }) => id)
}

function toCluster(hosts: [HostRecord, ...HostRecord[]]): Cluster {
  const [{ status, causes, reason, verdict }] = hosts
  const [root] = causes
  const names = hosts.map(({ name }) => name)
  const isSame = hosts.every((host) => host.causes[0]?.subject === root?.subject)
  return {
    ...{ status, cause: root?.id ?? null },
    title: root?.title ?? (reason ? t`unreachable: ${reason.reason}` : verdict),
    subject: isSame ? (root?.subject ?? null) : null,
    hosts: names,
    folded: foldHosts(names),
    onset: findOnset(hosts),
  }
}
