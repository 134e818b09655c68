import type { CommonCause } from '../../compare/common-cause.js'
import { rankHosts } from '../../compare/rank.js'
import type { HostRecord, RunRecord, Status } from '../../record.js'
import { tellOnset } from '../cluster-block.js'
import { countHosts } from '../last-line.js'

/** Hosts that are sick in the same way. */
export interface PageCluster {
  title: string
  cause: string | null
  status: Status
  isWaived: boolean
  /** All of them as one target. */
  folded: string
  /** The same, or how many they are where that is too long to be read at a glance. */
  label: string
  hosts: string[]
  /** `since 14:02 UTC` */
  onset: string | null
  /** Whether what mends the first of them is, to the letter, what mends the others. */
  isMendSame: boolean
}

const longestLabel = 40

/** A cluster with its hosts. */
export interface Members {
  cluster: PageCluster
  hosts: HostRecord[]
}

/** The clusters of the run; a record of an older version has none: each of its sick hosts is one. What is waived comes last. */
export function listMembers({ hosts, fleet: { clusters }, startedAt }: RunRecord): Members[] {
  const byName = new Map(hosts.map((host) => [host.name, host]))
  const clustered = new Set(clusters.flatMap((cluster) => cluster.hosts))
  const joint = clusters.flatMap(({ onset, hosts: names, ...cluster }) => {
    const members = names.flatMap((name) => byName.get(name) ?? [])
    const told = onset && tellOnset(onset, members.length, startedAt)
    return toMembers(members, { title: cluster.title, folded: cluster.folded, onset: told })
  })
  const alone = rankHosts(hosts)
    .filter(({ name, status }) => status !== 'healthy' && !clustered.has(name))
    .flatMap((host) => toMembers([host], { title: host.verdict, folded: host.name, onset: null }))
  return [...joint, ...alone].toSorted((a, b) => Number(a.cluster.isWaived) - Number(b.cluster.isWaived))
}

function toMembers(
  hosts: HostRecord[],
  { title, folded, onset }: Pick<PageCluster, 'title' | 'folded' | 'onset'>,
): Members[] {
  const [first, ...others] = hosts
  if (!first) return []
  const isOneVerdict = others.every(({ verdict }) => verdict === first.verdict)
  const cluster = {
    title: isOneVerdict ? first.verdict : title,
    cause: first.causes[0]?.id ?? null,
    status: first.status,
    isWaived: hosts.every(({ isWaived }) => isWaived),
    ...{ folded, onset, hosts: hosts.map(({ name }) => name) },
    label: folded.length <= longestLabel ? folded : countHosts(hosts.length),
    isMendSame: others.every((host) => mendOf(host) === mendOf(first)),
  }
  return [{ cluster, hosts }]
}

function mendOf({ causes: [root], reason }: HostRecord): string {
  return JSON.stringify(root ? root.remedy.map(({ command }) => command) : (reason?.mend ?? null))
}

/** What several hosts fail at alike. */
export type PageCommonCause = Pick<CommonCause, 'summary' | 'folded' | 'hosts' | 'evidence'>

export function listCommonCauses({ fleet }: RunRecord): PageCommonCause[] {
  return fleet.commonCauses.map(({ summary, folded, hosts, evidence }) => ({ summary, folded, hosts, evidence }))
}
