import { formatSeconds } from '../compare/columns.js'
import { urgency } from '../compare/rank.js'
import type { DoneStatus, ProgressEvent } from '../progress.js'
import { cut, wrap } from './fit.js'
import { type Ink, type Mark, type Style, statusLooks } from './style.js'

/** How far a run has come. */
export interface Tally {
  total: number
  done: number
  counts: Map<DoneStatus, number>
  /** Hosts under way, the longest running first. */
  running: Map<string, { phase: string; sinceMs: number }>
}

export function openTally(total: number): Tally {
  return { total, done: 0, counts: new Map(), running: new Map() }
}

/** Enters an event; `nowMs` is of any clock that only moves on. */
export function count({ done, counts, running, ...tally }: Tally, event: ProgressEvent, nowMs: number): Tally {
  const now = new Map(running)
  if (event.phase !== 'done') {
    now.set(event.host, { phase: event.phase, sinceMs: running.get(event.host)?.sinceMs ?? nowMs })
    return { ...tally, done, counts, running: now }
  }
  now.delete(event.host)
  const counted = new Map(counts).set(event.status, (counts.get(event.status) ?? 0) + 1)
  return { ...tally, done: done + 1, counts: counted, running: now }
}

const mostSlow = 3
const order: readonly DoneStatus[] = [...urgency, 'reached']
const looks: Record<DoneStatus, { mark: Mark; ink: Ink }> = { ...statusLooks, reached: { mark: 'good', ink: 'good' } }

/** The live area: how many are done and how they are, and below that who is slow. At most two lines. */
export function renderProgress(tally: Tally, nowMs: number, style: Style): string {
  const statuses = order
    .filter((status) => tally.counts.has(status))
    .map((status) => {
      const { mark, ink } = looks[status]
      return style.paint(ink, `${style.mark(mark)} ${tally.counts.get(status)} ${status}`)
    })
  const [first = ''] = wrap([formatDone(tally), ...statuses], style.width - 1, '  ')
  const slow = cut(style.spell(listSlow(tally, nowMs).join(' · ')), style.width - 1, style.spell('…'))
  return [first, ...(slow === '' ? [] : [style.paint('dim', slow)])].join('\n')
}

/** The same as one plain line, for a log: `12/40 done, web07 collecting 4.2 s`. */
export function renderProgressLine(tally: Tally, nowMs: number): string {
  return [formatDone(tally), ...listSlow(tally, nowMs)].join(', ')
}

function formatDone({ done, total }: Tally): string {
  return `${done}/${total} done`
}

function listSlow({ running }: Tally, nowMs: number): string[] {
  return [...running]
    .slice(0, mostSlow)
    .map(([host, { phase, sinceMs }]) => `${host} ${phase} ${formatSeconds(nowMs - sinceMs)}`)
}
