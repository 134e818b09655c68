import { type Case, haveOneMend, listCases } from '../compare/cases.js'
import { breakFold, foldHostList } from '../compare/fold-hosts.js'
import type { Onset } from '../compare/onset.js'
import { groupBy } from '../group-by.js'
import { expandRanges } from '../inventory/ranges.js'
import { splitTarget } from '../inventory/target.js'
import { t } from '../language/language.js'
import type { HostRecord, RunRecord } from '../record.js'
import { measure, wrap } from './fit.js'
import { type BlockPart, drawHostBlock } from './host-block.js'
import type { Style } from './style.js'

/** A block for each cluster of the run: that of its host where it has one, else one that stands for all of them. */
export function drawClusters(record: RunRecord, style: Style): string[] {
  return listCases(record).map((each) => {
    const [host, ...others] = each.hosts
    const lines = others.length === 0 ? drawHostBlock(host, style) : drawCluster(each, record, style)
    return lines.join('\n')
  })
}

/** Up to here the names stand in the head of the block. */
const shortNames = 40
const mostLines = 4

/**
 * What holds for all is said of all. Of the rest the first host is the example, which is said; what only some of them have
 * besides stands below, with their names; and commands that differ are never shown as if they were for all.
 */
function drawCluster({ hosts, onset }: Case, record: RunRecord, style: Style): string[] {
  const [example, second] = hosts
  const parts = foldHostList(hosts.map(({ name }) => name))
  const folded = parts.join(',')
  const isShort = measure(folded) <= shortNames
  const isAlike = hosts.every((host) => told(host) === told(example))
  const only = (label: string, lines: string[]): BlockPart => ({ label, lines })
  const [root] = example.causes
  const isOneVerdict = hosts.every(({ verdict }) => verdict === example.verdict)
  const shown: HostRecord = {
    ...example,
    name: isShort ? t`${hosts.length} hosts ${folded}` : t`${hosts.length} hosts`,
    verdict: isOneVerdict ? example.verdict : (root?.title ?? example.verdict),
    timeline: [],
    causes: [
      ...(root ? [root] : []),
      ...example.causes.slice(1).filter(({ id }) => hosts.every((one) => hasCause(one, id))),
    ],
    notes: example.notes.filter(({ id }) => hosts.every(({ notes }) => notes.some((note) => note.id === id))),
  }
  return drawHostBlock(shown, style, {
    before: [
      only(t`on`, isShort ? [] : drawNames(parts, style)),
      only(t`when`, onset ? [style.spell(tellOnset(onset, hosts.length, record.startedAt))] : []),
      only(t`e.g.`, isAlike ? [] : [t`${example.name}: what follows is of this host, and alike on the others`]),
    ],
    mend: isAlike ? [] : [tellMend(hosts, second ?? example)],
    after: [only(t`also`, drawOthers(hosts, shown))],
  })
}

/** Every line is a target of its own. */
function drawNames(folds: readonly string[], style: Style): string[] {
  const width = style.width - 8
  const lines = wrap(
    folds.flatMap((fold) => breakFold(fold, width)),
    width,
    ',',
  ).map((line) => line.replace(/,$/, ''))
  const count = lines.slice(mostLines).flatMap(splitTarget).flatMap(expandRanges).length
  return [...lines.slice(0, mostLines), ...(count > 0 ? [t`and ${count} more: see --format json`] : [])]
}

/** All that a block says of a host, but for its name and when it happened. */
function told({ verdict, path, paths, causes, notes, undecided, trouble, reason }: HostRecord): string {
  return JSON.stringify([verdict, path, paths, causes, notes, undecided, trouble, reason])
}

function hasCause({ causes }: HostRecord, id: string): boolean {
  return causes.slice(1).some((cause) => cause.id === id)
}

function tellMend(hosts: Case['hosts'], second: HostRecord): string {
  const [example] = hosts
  return haveOneMend(hosts)
    ? t`the same on all ${hosts.length} hosts:`
    : t`of ${example.name}; each of the others has its own, as by: fleetdx check ${second.name}`
}

/** What only some of them have besides: `web[05-06]: the disk is full (disk-full)`. */
function drawOthers(hosts: Case['hosts'], { causes, notes }: HostRecord): string[] {
  const said = new Set([...causes, ...notes].map(({ id }) => id))
  const others = hosts.flatMap(({ name, causes, notes }) =>
    [...causes.slice(1), ...notes].filter(({ id }) => !said.has(id)).map(({ id, title }) => ({ name, id, title })),
  )
  return groupBy(others, ({ id }) => id).map((group) => {
    const [{ id, title }] = group
    const names = [...new Set(group.map(({ name }) => name))]
    return t`${foldHostList(names).join(',')}: ${title} (${id})`
  })
}

/** `since 14:02 UTC or before (5 of 7 hosts tell)`; where they differ, at the first and at the last. */
export function tellOnset({ from, to, isShared, mayBeOlder, known }: Onset, count: number, startedAt: string): string {
  const time = (iso: string) =>
    iso.slice(0, 10) === startedAt.slice(0, 10) ? iso.slice(11, 16) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`
  const since = isShared ? t`since ${time(from)} UTC` : t`since ${time(from)} UTC on the first, ${time(to)} on the last`
  const older = mayBeOlder ? t`${since} or before` : since
  return known < count ? t`${older} (${known} of ${count} hosts tell)` : older
}
