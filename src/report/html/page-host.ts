import type { Cell } from '../../compare/cell.js'
import { type Column, columns, formatSeconds } from '../../compare/columns.js'
import { type HostView, mainPathOf, viewHost } from '../../compare/host-view.js'
import { formatBlind } from '../../fact.js'
import { gatewaysOf } from '../../path/gateways.js'
import type { Edge } from '../../path/request-path.js'
import type { CauseRecord, HostRecord, PathRecord, Status } from '../../record.js'
import { chooseWindow } from '../../timeline/choose-window.js'
import type { TimelineEntry } from '../../timeline/event.js'
import { isBuiltIn } from '../host-block.js'

/** A host in the grid and in the table. */
export interface PageHost {
  name: string
  status: Status
  verdict: string
  /** Of the root cause, where there is one. */
  cause: string | null
  /** The verdict in fewer words. */
  title: string
  groups: string[]
  isWaived: boolean
  /** By the columns of the page. */
  cells: Pick<Cell, 'text' | 'state'>[]
  /** In what it differs from the majority, by heading. */
  differs: string[]
}

export type PageEdge = Omit<Edge, 'evidence'>

/** A request path, as far as the page shows it. */
export interface PagePath
  extends Pick<
    PathRecord,
    'id' | 'app' | 'serves' | 'directAnswer' | 'gatewayAnswer' | 'outsideAnswer' | 'upstreamHost'
  > {
  edges: PageEdge[]
}

export interface PageCause extends Omit<CauseRecord, 'consequences' | 'layer' | 'subject' | 'paths'> {
  consequences: string[]
  /** Whether `fleetdx explain` knows it. */
  isBuiltIn: boolean
}

/** An event; times in epoch milliseconds. */
export interface PageEvent extends Pick<TimelineEntry, 'kind' | 'text' | 'source' | 'count' | 'mayBeOlder'> {
  at: number
  until?: number
  /** Whether it is among the few that tell how the trouble came. */
  isKey?: true
}

/** What is shown of one host when somebody asks for it. */
export interface PageDetails
  extends Pick<
    HostRecord,
    'waivers' | 'reason' | 'notes' | 'undecided' | 'checks' | 'right' | 'trouble' | 'labels' | 'clockSkewMs'
  > {
  /** `deploy@10.0.0.1:22` */
  place: string
  transport: string | null
  /** How long it took to look at it: `3.2 s`. */
  took: string
  causes: PageCause[]
  /** What could not be seen, and why. */
  blind: string[]
  /** The one that matters most first. */
  paths: PagePath[]
  events: PageEvent[]
  /** Events that the page has no room for; all are older than those it has. */
  eventsLeft: number
  /** Errors of the gateways' logs within the last hour, the most frequent first. */
  errors: { kind: string; count: number }[]
}

/** What the page tells in places of their own. */
const toldElsewhere = ['host', 'verdict', 'time']

/** The columns of the page's table besides the host and its verdict. */
export function columnsOfPage(all: readonly Column[] = columns): Column[] {
  return all.filter(({ id }) => !toldElsewhere.includes(id))
}

export function toPageHost(record: HostRecord, shown: readonly Column[], differs: string[]): PageHost {
  const view = viewHost(record)
  const [root] = record.causes
  return {
    name: record.name,
    status: record.status,
    verdict: record.verdict,
    cause: root?.id ?? record.reason?.reason ?? null,
    title: root?.title ?? verdictOf(view),
    groups: record.groups,
    isWaived: record.isWaived,
    cells: shown.map((column) => {
      const { text, state } = column.cell(view)
      return { text, ...(state && { state }) }
    }),
    differs,
  }
}

/** As the table of every report has it. */
function verdictOf(view: HostView): string {
  return columns.find(({ id }) => id === 'verdict')?.cell(view).text ?? ''
}

export function toDetails(record: HostRecord, mostEvents: number): PageDetails {
  const { waivers, reason, notes, undecided, checks, blind, right, trouble, labels, clockSkewMs } = record
  const main = mainPathOf(record)
  const paths = main ? [main, ...record.paths.filter((path) => path !== main)] : []
  return {
    ...{ waivers, reason, notes, undecided, checks, right, trouble, labels, clockSkewMs },
    place: `${record.user}@${record.address}:${record.port}`,
    transport: record.transport?.kind ?? null,
    took: formatSeconds(record.elapsedMs),
    causes: record.causes.map(toPageCause),
    paths: paths.map(toPagePath),
    ...toEvents(record.timeline, mostEvents),
    errors: countErrors(record),
    blind: blind.filter(({ reason }) => reason !== 'not-asked').map(formatBlind),
  }
}

function toPageCause({
  layer: _layer,
  subject: _subject,
  paths: _paths,
  consequences,
  ...cause
}: CauseRecord): PageCause {
  return { ...cause, consequences: consequences.map(({ title }) => title), isBuiltIn: isBuiltIn(cause.id) }
}

function toPagePath({ serverName: _name, target: _target, edges, ...path }: PathRecord): PagePath {
  return { ...path, edges: edges.map(({ evidence: _, ...edge }) => edge) }
}

function toEvents(timeline: readonly TimelineEntry[], most: number): Pick<PageDetails, 'events' | 'eventsLeft'> {
  const key = new Set(chooseWindow(timeline).entries)
  const others = timeline.filter((entry) => !key.has(entry))
  const newest = new Set(others.slice(Math.max(others.length - Math.max(most - key.size, 0), 0)))
  const kept = timeline.filter((entry) => key.has(entry) || newest.has(entry))
  return {
    events: kept.map((entry) => ({ ...toEvent(entry), ...(key.has(entry) && { isKey: true as const }) })),
    eventsLeft: timeline.length - kept.length,
  }
}

export function toEvent({ at, until, ...event }: TimelineEntry): PageEvent {
  return { ...event, at: Date.parse(at), ...(until !== undefined && { until: Date.parse(until) }) }
}

function countErrors({ facts }: HostRecord): PageDetails['errors'] {
  const counts = new Map<string, number>()
  const kinds = facts ? gatewaysOf(facts).flatMap(({ errors }) => errors?.kinds ?? []) : []
  for (const { kind, level, countLastHour } of kinds)
    if (level !== 'warn' && countLastHour > 0) counts.set(kind, (counts.get(kind) ?? 0) + countLastHour)
  return [...counts].map(([kind, count]) => ({ kind, count })).toSorted((a, b) => b.count - a.count)
}
