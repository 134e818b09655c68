import { formatSeconds } from '../compare/columns.js'
import { urgency } from '../compare/rank.js'
import { wordOf } from '../compare/status-word.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { DoneStatus, ProgressEvent } from '../progress.js'
import { cut, measure, wrap } from './fit.js'
import { type Ink, type Mark, type Style, statusLooks } from './style.js'

/** How far a run has come. */
export interface Tally {
  total: number
  done: number
  counts: Map<DoneStatus, number>
  /** Hosts under way, the longest running first. */
  running: Map<string, { phase: Phase; sinceMs: number }>
  /** When the first host was begun with; null before. */
  startedMs: number | null
  /** The first host that is broken, and what is wrong with it; null while there is none. */
  broken: { host: string; verdict: string } | null
}

type Phase = Exclude<ProgressEvent['phase'], 'done'>

export function openTally(total: number): Tally {
  return { total, done: 0, counts: new Map(), running: new Map(), startedMs: null, broken: null }
}

/** Enters an event; `nowMs` is of any clock that only moves on. */
export function count(tally: Tally, event: ProgressEvent, nowMs: number): Tally {
  const { done, counts, broken } = tally
  const running = new Map(tally.running)
  const startedMs = tally.startedMs ?? nowMs
  if (event.phase !== 'done') {
    running.set(event.host, { phase: event.phase, sinceMs: running.get(event.host)?.sinceMs ?? nowMs })
    return { ...tally, running, startedMs }
  }
  running.delete(event.host)
  const { host, status, verdict = '' } = event
  return {
    ...tally,
    ...{ running, startedMs, done: done + 1 },
    counts: new Map(counts).set(status, (counts.get(status) ?? 0) + 1),
    broken: broken ?? (status === 'broken' ? { host, verdict } : null),
  }
}

const mostSlow = 3
const barWidth = 16
/** Of fewer hosts the numbers alone are plain enough. */
const leastForBar = 8
const order: readonly DoneStatus[] = [...urgency, 'reached']
const looks: Record<DoneStatus, { mark: Mark; ink: Ink }> = { ...statusLooks, reached: { mark: 'good', ink: 'good' } }

/** The live area: how many are done and how they are, who is slow, and who is broken. At most three lines. */
export function renderProgress(tally: Tally, nowMs: number, style: Style): string {
  const room = style.width - 1
  const statuses = listCounts(tally).map(([status, count]) => {
    const { mark, ink } = looks[status]
    return style.paint(ink, `${style.mark(mark)} ${tellCount(status, count)}`)
  })
  const left = tellLeft(tally, nowMs)
  const parts = [formatDone(tally), ...statuses, ...(left === '' ? [] : [left])]
  const whole = [...(tally.total < leastForBar ? [] : [drawBar(tally, style)]), ...parts].join('  ')
  // Where the bar leaves no room for what is told, it gives way.
  const [first = ''] = measure(whole) <= room ? [whole] : wrap(parts, room, '  ')
  const slow = listSlow(tally, nowMs).join(style.spell(' · '))
  const broken = tally.broken ? `${style.mark('bad')} ${t`${tally.broken.host}: ${tally.broken.verdict}`}` : ''
  const cutLine = (text: string) => cut(style.spell(text), room, style.spell('…'))
  return [
    first.trimEnd(),
    ...(slow === '' ? [] : [style.paint('dim', cutLine(slow))]),
    ...(broken === '' ? [] : [style.paint('bad', cutLine(broken))]),
  ].join('\n')
}

/**
 * The same as one plain line, for a log: `12/40 done, 1 broken, 11 healthy; web07 collecting 4.2 s`; the first host that
 * is broken is named in one line, where no `earlier` one did.
 */
export function renderProgressLine(tally: Tally, nowMs: number, earlier: Tally): string {
  const counts = listCounts(tally).map(([status, count]) => tellCount(status, count))
  const { broken } = tally
  return [
    joinWords([formatDone(tally), ...counts]),
    ...(broken && !earlier.broken ? [t`first broken: ${broken.host}: ${broken.verdict}`] : []),
    ...listSlow(tally, nowMs),
  ].reduce((all, part) => t`${all}; ${part}`)
}

/** Pauses between lines of a log get longer: a run that takes minutes is not told by the second. */
const pausesMs = [5_000, 10_000, 20_000, 40_000]
const longestPauseMs = 60_000

/** Whether a log gets its next line: after the pause, if any host is done since, and else after the longest one. */
export function isLineDue(tally: Tally, last: { tally: Tally; count: number; atMs: number }, nowMs: number): boolean {
  const pauseMs = nowMs - last.atMs
  if (pauseMs >= longestPauseMs) return true
  const isNews = tally.done > last.tally.done || last.count === 0
  return isNews && pauseMs >= (pausesMs[last.count] ?? longestPauseMs)
}

function drawBar({ done, total }: Tally, style: Style): string {
  const full = total === 0 ? 0 : Math.floor((barWidth * done) / total)
  const [on, off] = style.unicode ? ['━', '─'] : ['#', '-']
  return style.paint('good', on.repeat(full)) + style.paint('dim', off.repeat(barWidth - full))
}

/** The least number of hosts that a rate is taken from. */
const leastDone = 10

/**
 * How long it may still take, or '' where that cannot be said: only while hosts wait for their turn does the rate of those
 * that are done tell anything; of the last ones each takes as long as it takes.
 */
function tellLeft({ total, done, running, startedMs }: Tally, nowMs: number): string {
  if (startedMs === null || done < leastDone || total - done - running.size <= 0) return ''
  const leftMs = ((nowMs - startedMs) / done) * (total - done)
  const seconds = leftMs / 1000
  return seconds < 90
    ? t`about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s left`
    : t`about ${Math.ceil(seconds / 60)} min left`
}

function listCounts({ counts }: Tally): [DoneStatus, number][] {
  return order.flatMap((status): [DoneStatus, number][] => {
    const count = counts.get(status)
    return count === undefined ? [] : [[status, count]]
  })
}

function tellCount(status: DoneStatus, count: number): string {
  return t`${count} ${status === 'reached' ? t`reached` : wordOf(status)}`
}

function formatDone({ done, total }: Tally): string {
  return t`${done}/${total} done`
}

function listSlow({ running }: Tally, nowMs: number): string[] {
  const words: Record<Phase, string> = { connecting: t`connecting`, collecting: t`collecting` }
  return [...running]
    .slice(0, mostSlow)
    .map(([host, { phase, sinceMs }]) => `${host} ${words[phase]} ${formatSeconds(nowMs - sinceMs)}`)
}
