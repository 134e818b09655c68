import type { Event } from '../timeline/event.js'
import { cut, measure } from './fit.js'
import type { Ink, Style } from './style.js'

const inks: Partial<Record<Event['kind'], Ink>> = {
  'app-exit': 'bad',
  'oom-kill': 'bad',
  'disk-full': 'bad',
  'gateway-errors': 'warn',
}

const dayMs = 24 * 3_600_000

/**
 * What happened on a host, a line an event, the newest last: `14:02:11–14:03:40 nginx: 34× connect refused`. Times are UTC;
 * an event more than a day before `nowMs` has its date in their place.
 */
export function drawTimeline(events: readonly Event[], style: Style, width: number, nowMs = newest(events)): string[] {
  const times = events.map((event) => timeOf(event, nowMs, style.unicode ? '–' : '-'))
  const column = Math.max(0, ...times.map(measure))
  return events.map((event, index) => {
    const time = times[index] ?? ''
    const text = cut(style.spell(textOf(event)), width - column - 1, style.spell('…'))
    return `${style.paint('dim', time.padEnd(column + time.length - measure(time)))} ${style.paint(inks[event.kind] ?? 'plain', text)}`
  })
}

function newest(events: readonly Event[]): number {
  return Math.max(0, ...events.map(({ atMs, untilMs }) => untilMs ?? atMs))
}

function timeOf({ atMs, untilMs }: Event, nowMs: number, dash: string): string {
  const [first, last] = [clockOf(atMs, nowMs), clockOf(untilMs ?? atMs, nowMs)]
  return first === last ? first : first + dash + last
}

function clockOf(ms: number, nowMs: number): string {
  const stamp = new Date(ms).toISOString()
  return nowMs - ms > dayMs ? stamp.slice(0, 10) : stamp.slice(11, 19)
}

/** `nginx: 34× connect refused`: how often stands behind the name of who says it. */
function textOf({ text, count }: Event): string {
  if (count === undefined) return text
  return text.startsWith('nginx: ') ? text.replace('nginx: ', `nginx: ${count}× `) : `${text}, ${count}×`
}
