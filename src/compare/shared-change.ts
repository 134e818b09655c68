import { groupBy } from '../group-by.js'
import { t } from '../language/language.js'
import { keepFirst } from '../probes/keep-first.js'
import type { HostRecord } from '../record.js'
import { burstGapMs, type EventKind, type TimelineEntry } from '../timeline/event.js'
import type { CommonCause } from './common-cause.js'
import { foldHosts } from './fold-hosts.js'
import { findStart } from './onset.js'
import { shapeFor } from './shape.js'

/** The more telling first: of several of the same hosts that one is named, as a deployment changes other things, too. */
const changes: readonly EventKind[] = ['deploy', 'build', 'configuration', 'settings']
/** What was changed longer before has hardly led to it. */
const leadMs = 30 * 60_000
const mostEvidence = 5

interface Change {
  host: HostRecord
  entry: TimelineEntry
  /** The same change has the same one on every host. */
  key: string
}

/**
 * What was changed on several hosts at about one time (5 minutes), within half an hour before each of them broke, and on no
 * healthy host then: one deployment or rollout that is to be looked at first.
 */
export function findSharedChanges(hosts: readonly HostRecord[]): CommonCause[] {
  const healthy = hosts.filter(({ status }) => status === 'healthy').flatMap((host) => listChanges(host))
  const leading = hosts.flatMap(listLeading).toSorted((a, b) => rankOf(a) - rankOf(b))
  const shared = groupBy(leading, ({ key }) => key).flatMap((group) => {
    const times = group.map(({ entry }) => Date.parse(entry.at)).toSorted((a, b) => a - b)
    const [first = 0, last = first] = [times.at(0), times.at(-1)]
    const isNear = ({ entry }: Change) =>
      Date.parse(entry.at) >= first - burstGapMs && Date.parse(entry.at) <= last + burstGapMs
    const isOne = group.length > 1 && last - first <= burstGapMs
    const isElsewhere = healthy.some((change) => change.key === group[0].key && isNear(change))
    return isOne && !isElsewhere ? [toCommonCause(group)] : []
  })
  return keepFirst(shared, ({ folded }) => folded)
}

function rankOf({ entry }: Change): number {
  return changes.indexOf(entry.kind)
}

/** Of each kind of change the last one before the host broke. */
function listLeading(host: HostRecord): Change[] {
  const start = findStart(host)
  if (!start) return []
  const startMs = Date.parse(start.at)
  const near = listChanges(host).filter(({ entry }) => {
    const aheadMs = startMs - Date.parse(entry.at)
    return aheadMs >= 0 && aheadMs <= leadMs
  })
  return [...new Map(near.map((change) => [change.key, change])).values()]
}

function listChanges(host: HostRecord): Change[] {
  const shape = shapeFor(host)
  return host.timeline
    .filter(({ kind }) => changes.includes(kind))
    .map((entry) => ({ host, entry, key: `${entry.kind} ${shape(entry.text)}` }))
}

function toCommonCause(group: [Change, ...Change[]]): CommonCause {
  const names = group.map(({ host }) => host.name)
  const { entry } = group.reduce((a, b) => (Date.parse(b.entry.at) < Date.parse(a.entry.at) ? b : a))
  const time = `${entry.at.slice(0, 16).replace('T', ' ')} UTC`
  return {
    ...{ kind: 'change', what: entry.text, host: null, hosts: names, folded: foldHosts(names) },
    summary: t`${names.length} hosts broke within half an hour of the same change: ${entry.text} (${time}); see whether it was that`,
    evidence: group
      .slice(0, mostEvidence)
      .map(({ host, entry }) => ({ host: host.name, source: entry.source, text: `${entry.at} ${entry.text}` })),
  }
}
