import type { HostRecord } from '../../record.js'
import { chooseWindow } from '../../timeline/choose-window.js'
import type { EventKind } from '../../timeline/event.js'
import type { PageCase } from './clusters.js'
import { type PageEvent, toEvent } from './page-host.js'

/** The same on one or several hosts, at about the same time; times in epoch milliseconds. */
export interface Mark extends Pick<PageEvent, 'kind' | 'text' | 'at' | 'count' | 'mayBeOlder'> {
  until: number
  /** On how many hosts, and the first of them. */
  hosts: number
  host: string
}

/** What led to the trouble of some hosts, and the trouble, on the axis that all lanes share. */
export interface Lane {
  title: string
  hosts: string
  marks: Mark[]
}

export interface Lanes {
  from: number
  to: number
  lanes: Lane[]
}

const mostLanes = 16
/** What happened longer before the last sign of trouble would press all else to the edge. */
const longestMs = 24 * 3_600_000
const shortestMs = 60_000
/** As many places as the axis has: what falls into one is one mark. */
const places = 400
const troubles: readonly EventKind[] = ['gateway-errors', 'gateway-failure', 'app-exit', 'oom-kill', 'disk-full']

/** One lane for each set of hosts that are sick in the same way; null where no time is known. */
export function drawLanes(cases: readonly PageCase[]): Lanes | null {
  const told = cases.slice(0, mostLanes).map(({ cluster, hosts }) => ({ cluster, marks: hosts.flatMap(listMarks) }))
  const signs = told.flatMap(({ marks }) => marks).filter(({ kind }) => troubles.includes(kind))
  if (signs.length === 0) return null
  const last = signs.reduce((latest, { until }) => Math.max(latest, until), 0)
  const first = signs.reduce((earliest, { at }) => Math.min(earliest, at), last)
  const from = Math.max(Math.min(first, last - shortestMs), last - longestMs)
  const margin = (last - from) / 24
  const axis = { from: from - 6 * margin, to: last + margin }
  const lanes = told.map(({ cluster: { title, label }, marks }) => ({
    ...{ title, hosts: label },
    marks: merge(marks, axis),
  }))
  return { ...axis, lanes: lanes.filter(({ marks }) => marks.length > 0) }
}

function listMarks({ name, timeline }: HostRecord): Mark[] {
  return chooseWindow(timeline).entries.map((entry) => {
    const { source: _, until, ...event } = toEvent(entry)
    return { ...event, until: until ?? event.at, hosts: 1, host: name }
  })
}

/** What is off the axis is left out; what falls into the same place of it is one. */
function merge(marks: readonly Mark[], { from, to }: { from: number; to: number }): Mark[] {
  const merged = new Map<string, Mark>()
  for (const mark of marks.filter(({ until }) => until >= from)) {
    const key = `${mark.kind} ${Math.floor(((mark.at - from) / (to - from)) * places)}`
    const same = merged.get(key)
    merged.set(key, same ? join(same, mark) : mark)
  }
  return [...merged.values()]
}

function join(one: Mark, other: Mark): Mark {
  const isCounted = one.count !== undefined || other.count !== undefined
  return {
    ...one,
    at: Math.min(one.at, other.at),
    until: Math.max(one.until, other.until),
    ...(isCounted && { count: (one.count ?? 1) + (other.count ?? 1) }),
    hosts: one.hosts + (one.host === other.host ? 0 : other.hosts),
  }
}
