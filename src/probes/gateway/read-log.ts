import { ParseError } from '../../errors.js'
import type { Section } from '../define.js'
import type { ErrorKind, LogFacts } from './log-facts.js'

/** A line of the error log. */
export interface LogLine {
  atMs: number
  level: string
  /** Without date, process, and the fields at the end. */
  message: string
  kind: ErrorKind
  errno: number | null
  phase: string | null
  upstream: string | null
  server: string | null
  /** The whole line, at most `longestText` characters of it. */
  text: string
}

/** Reads `now SECONDS ZONE` of `date '+now %s %z'`. Throws ParseError. */
export function readClock(text: string): { nowMs: number; utcOffsetMinutes: number } {
  // sample: now 1795507181 +0530
  const [, seconds, sign, hours, minutes] = /^now (\d+) ([+-])(\d\d)(\d\d)$/m.exec(text) ?? []
  if (seconds === undefined) throw new ParseError('the clock of the host is missing', text.split('\n')[0])
  const offset = Number(hours) * 60 + Number(minutes)
  return { nowMs: Number(seconds) * 1000, utcOffsetMinutes: sign === '-' ? -offset : offset }
}

/** Reads what a part `log MTIME SIZE PATH` or `absent PATH` is about. */
export function readLogFile({ kind, label }: Section['parts'][number]): LogFacts['files'][number] {
  if (kind === 'absent') return { path: label, exists: false, sizeBytes: 0, modifiedMs: null }
  const [seconds, size, ...path] = label.split(' ')
  return { path: path.join(' '), exists: true, sizeBytes: Number(size), modifiedMs: Number(seconds) * 1000 }
}

type Kind = LogFacts['kinds'][number]

const hourMs = 3_600_000

/** Puts lines that say the same together; they come oldest first. */
export function groupLines(lines: readonly LogLine[], nowMs: number): Kind[] {
  const groups = new Map<string, Kind>()
  for (const { kind, level, errno, phase, upstream, server, atMs, text } of lines) {
    if (level === 'emerg') continue
    const key = JSON.stringify([kind, level, errno, phase, upstream, server])
    const group = groups.get(key) ?? {
      kind,
      level,
      errno,
      phase,
      upstream,
      server,
      count: 0,
      countLastHour: 0,
      firstMs: atMs,
      lastMs: atMs,
      sample: text,
      bursts: [],
    }
    groups.set(key, {
      ...group,
      count: group.count + 1,
      countLastHour: group.countLastHour + (atMs > nowMs - hourMs ? 1 : 0),
      lastMs: atMs,
      sample: text,
      bursts: addToBursts(group.bursts ?? [], atMs),
    })
  }
  return [...groups.values()].sort((a, b) => (a.lastMs ?? 0) - (b.lastMs ?? 0))
}

type Burst = NonNullable<Kind['bursts']>[number]

const burstGapMs = 5 * 60_000
const mostBursts = 20

function addToBursts(bursts: readonly Burst[], atMs: number): Burst[] {
  const last = bursts.at(-1)
  if (last && atMs - last.lastMs < burstGapMs)
    return [...bursts.slice(0, -1), { ...last, lastMs: atMs, count: last.count + 1 }]
  return [...bursts, { firstMs: atMs, lastMs: atMs, count: 1 }].slice(-mostBursts)
}
