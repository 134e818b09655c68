import { type Case, haveOneMend, listCases } from '../../compare/cases.js'
import type { CommonCause } from '../../compare/common-cause.js'
import type { RunRecord, Status } from '../../record.js'
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

/** A case of the run as the page shows it, with its hosts. */
export interface PageCase extends Pick<Case, 'hosts'> {
  cluster: PageCluster
}

export function listPageCases(record: RunRecord): PageCase[] {
  return listCases(record).map((each) => ({ hosts: each.hosts, cluster: toPageCluster(each, record.startedAt) }))
}

function toPageCluster({ title, folded, onset, hosts, isWaived }: Case, startedAt: string): PageCluster {
  const [first, ...others] = hosts
  const isOneVerdict = others.every(({ verdict }) => verdict === first.verdict)
  return {
    title: isOneVerdict ? first.verdict : title,
    cause: first.causes[0]?.id ?? null,
    status: first.status,
    ...{ isWaived, folded, hosts: hosts.map(({ name }) => name) },
    onset: onset && tellOnset(onset, hosts.length, startedAt),
    label: folded.length <= longestLabel ? folded : countHosts(hosts.length),
    isMendSame: haveOneMend(hosts),
  }
}

/** What several hosts fail at alike. */
export type PageCommonCause = Pick<CommonCause, 'summary' | 'folded' | 'hosts' | 'evidence'>

export function listCommonCauses({ fleet }: RunRecord): PageCommonCause[] {
  return fleet.commonCauses.map(({ summary, folded, hosts, evidence }) => ({ summary, folded, hosts, evidence }))
}
