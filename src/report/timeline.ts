import { knownValue } from '../fact.js'
import { t, translate } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { chooseWindow, hasFreshTrouble, type Window } from '../timeline/choose-window.js'
import type { EventKind, TimelineEntry } from '../timeline/event.js'
import { cut, measure, wrap } from './fit.js'
import type { Ink, Style } from './style.js'

const inks: Partial<Record<EventKind, Ink>> = {
  'app-exit': 'bad',
  'oom-kill': 'bad',
  'disk-full': 'bad',
  'gateway-failure': 'bad',
  'gateway-errors': 'warn',
}

/**
 * What led to the trouble of a host, a line an event, below one that says which day and whose clock it is:
 * `14:02:11 34× nginx: connect refused, until 14:03:40`. Nothing where there is no trouble of this hour.
 */
export function drawTimeline(host: HostRecord, style: Style, width: number): string[] {
  if (!isTelling(host)) return []
  const chosen = chooseWindow(host.timeline)
  const { entries } = chosen
  const day = dayOf(entries.at(-1)?.until ?? entries.at(-1)?.at ?? '')
  const hasOlder = entries.some(({ mayBeOlder }) => mayBeOlder)
  const times = entries.map(({ at, mayBeOlder }) => `${hasOlder ? (mayBeOlder ? '<' : ' ') : ''}${tellTime(at, day)}`)
  const column = Math.max(0, ...times.map(measure))
  const lines = entries.map((entry, index) => {
    const text = cut(style.spell(describe(entry, day)), width - column - 1, style.spell('…'))
    return `${style.paint('dim', (times[index] ?? '').padEnd(column))} ${style.paint(inks[entry.kind] ?? 'plain', text)}`
  })
  return entries.length === 0 ? [] : [...drawLegend(host, day, chosen, style, width), ...lines]
}

/** `2026-11-24 UTC, its clock, 90 s fast, set right; < = or before; 8 more: see --format json` */
function drawLegend({ clockSkewMs }: HostRecord, day: string, { entries, left }: Window, style: Style, width: number) {
  const parts = [
    `${day} UTC${tellClock(clockSkewMs)}`,
    ...(entries.some(({ mayBeOlder }) => mayBeOlder) ? [t`< = or before`] : []),
    ...(left > 0 ? [t`${left} more: see --format json`] : []),
  ]
  return wrap(parts, width, translate('; ')).map((line) => style.paint('dim', line))
}

function isTelling({ status, timeline, facts, clockSkewMs }: HostRecord): boolean {
  const host = facts && knownValue(facts.host)
  return status === 'broken' || (host ? hasFreshTrouble(timeline, host.nowMs - (clockSkewMs ?? 0)) : false)
}

/** Whose clock it is, where that makes a difference. */
function tellClock(skewMs: number | null): string {
  if (skewMs === null) return t` by the host's clock`
  if (skewMs === 0) return ''
  const span = tellSpan(Math.abs(skewMs))
  return skewMs > 0 ? t`, its clock, ${span} fast, set right` : t`, its clock, ${span} slow, set right`
}

function tellSpan(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return t`${seconds} s`
  if (seconds < 7200) return t`${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? t`${Math.round(seconds / 3600)} h` : t`${Math.round(seconds / 86_400)} days`
}

function describe({ text, count, until }: TimelineEntry, day: string): string {
  if (count === undefined) return text
  const times = t`${count}× ${text}`
  return until === undefined ? times : t`${times}, until ${tellTime(until, day)}`
}

/** Of the day itself the time; of another one the date, and the time to the minute. */
function tellTime(iso: string, day: string): string {
  return dayOf(iso) === day ? iso.slice(11, 19) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`
}

function dayOf(iso: string): string {
  return iso.slice(0, 10)
}
