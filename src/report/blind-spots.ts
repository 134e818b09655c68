import { type Blind, blindSpots, formatBlind } from '../fact.js'
import { groupBy } from '../group-by.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { wrapWords } from './fit.js'
import { listNames } from './list-names.js'
import type { Style } from './style.js'
import { explainRefusal } from './sudo-refusal.js'

type Right = NonNullable<HostRecord['right']>

/** Something that stays unseen on a host. */
interface Spot {
  host: string
  right: Right | null
  blind: Blind
  /** Whether it is a log of the gateways' errors. */
  isErrorLog: boolean
}

/** What could not be seen, over all hosts: for want of a right first, with the right that is missing, then the rest. */
export function drawBlindSpots(hosts: readonly HostRecord[], style: Style): string[] {
  const spots = hosts.flatMap(findSpots)
  const isDenied = ({ blind }: Spot) => blind.reason === 'permission'
  // What nobody asked for was of no use there: it is no blind spot.
  const others = spots.filter((spot) => !isDenied(spot) && spot.blind.reason !== 'not-asked')
  const lines = [
    ...groupBy(spots.filter(isDenied), ({ right }) => JSON.stringify(right)).flatMap((group) =>
      drawDenied(group, style),
    ),
    ...drawOthers(others, style),
  ]
  return lines.length === 0 ? [] : [style.paint('strong', t`Not seen`), ...lines]
}

function findSpots({ name, right, blind, facts }: HostRecord): Spot[] {
  const logs = facts ? [facts['nginx-errors'], facts['gateway-errors']].flatMap(blindSpots) : []
  const whats = new Set(logs.map(({ what }) => what))
  return blind.map((blind) => ({ host: name, right, blind, isErrorLog: whats.has(blind.what) }))
}

/** What the same hosts lack for the same reason is told in one line: `on web01, web02: nginx, the processes (deadline)`. */
function drawOthers(spots: readonly Spot[], style: Style): string[] {
  const byThing = groupBy(spots, ({ blind }) => formatBlind(blind)).map((group) => ({
    hosts: listNames(group.map(({ host }) => host)),
    blind: group[0].blind,
  }))
  return groupBy(byThing, ({ hosts, blind: { what: _, ...why } }) => JSON.stringify([hosts, why])).flatMap((group) => {
    const [{ hosts, blind }] = group
    const what = joinWords(group.map(({ blind }) => blind.what))
    return indent(t`on ${hosts}: ${formatBlind({ ...blind, what })}`, 2, style)
  })
}

/** What one user was denied: everywhere the same is told once, and so is the right that is missing. */
function drawDenied(spots: readonly [Spot, ...Spot[]], style: Style): string[] {
  const { right } = spots[0]
  const byHost = groupBy(spots, ({ host }) => host).map((group) => ({ ...group[0], what: listWhat(group) }))
  return [
    ...indent(describeRight(right), 2, style),
    ...groupBy(byHost, ({ what }) => what).flatMap((group) =>
      indent(t`${listNames(group.map(({ host }) => host))}: ${group[0].what}`, 4, style),
    ),
    ...(right ? drawMissingRight(right, spots, style) : []),
  ]
}

function describeRight(right: Right | null): string {
  if (!right) return t`with rights that were not seen`
  const { user, kind, detail } = right
  if (kind === 'refused')
    return detail === null ? t`as ${user}; sudo was refused` : t`as ${user}; sudo was refused (${detail})`
  if (kind === 'not-tried') return t`as ${user}; sudo was not tried`
  return kind === 'root' ? t`even as ${user}` : t`as ${user}, even with ${kind}`
}

/** What gives the right by which everything is seen, honest about what it grants, and less where less is enough. */
function drawMissingRight(right: Right, spots: readonly Spot[], style: Style): string[] {
  const { user, kind } = right
  if (kind !== 'refused' && kind !== 'not-tried') return []
  const hidesErrorLog = spots.some(({ isErrorLog }) => isErrorLog)
  return [
    ...drawRefusal(right, style),
    ...(hidesErrorLog
      ? [
          ...indent(t`for the error logs alone: the group adm, where the distribution gives them to it:`, 4, style),
          `      ${style.paint('strong', `sudo usermod -aG adm ${user}`)}`,
        ]
      : []),
  ]
}

/** What the words of the refusal mean where they are known, and the line that mends it; else that of sudoers. */
function drawRefusal({ user, kind, detail }: Right, style: Style): string[] {
  if (kind === 'not-tried')
    return indent(t`sudo would show it: leave out --sudo never, or 'sudo: never' in the inventory`, 4, style)
  const refusal = detail === null ? undefined : explainRefusal(detail, user)
  if (!refusal)
    return [
      ...indent(
        t`passwordless sudo shows it; the line grants all of root, because one script reads everything:`,
        4,
        style,
      ),
      `      ${style.paint('strong', `${user} ALL=(ALL) NOPASSWD: /bin/sh`)}`,
    ]
  const { says, mend, line } = refusal
  return [
    ...indent(t`${says}: ${mend}`, 4, style),
    ...(line === undefined ? [] : [`      ${style.paint('strong', line)}`]),
  ]
}

function listWhat(spots: readonly Spot[]): string {
  return joinWords([...new Set(spots.map(({ blind }) => blind.what))])
}

function indent(text: string, by: number, style: Style): string[] {
  const lines = wrapWords(style.spell(text), style.width - by - 2)
  return lines.map((line, index) => ' '.repeat(index === 0 ? by : by + 2) + line)
}
