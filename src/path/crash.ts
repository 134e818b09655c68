import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import { withoutLogTime } from '../probes/log-time.js'
import type { App, AppLog } from './app.js'
import { type Signature, signatures, uncaught } from './crash-signatures.js'
import { pm2StateOf } from './pm2-state.js'
import type { Evidence } from './request-path.js'

/** Why the last life of an app ended, as its own log says it. */
export interface Crash {
  /** The id of the cause that this is. */
  cause: string
  /** What the line names: a variable, a module, a port; '' where it names nothing. */
  name: string
  evidence: Evidence[]
  /** Whether the last life wrote it for sure: where a log has no times, an older life may have. */
  isCertain: boolean
}

/** How many of the last lines belong to the last life at the most. */
const lastLifeLines = 40
/** A log that was last written this long before the last start says nothing of it. */
const slackMs = 3_000
/** How far from each other the lines of one error stand. */
const nearLines = 8

type Line = AppLog['lines'][number]

/**
 * Reads from an app's log why its last life ended. Lines from before the last start never count: the log must have been
 * written since, and of its last lines only those after the last start banner.
 */
export function findCrash(app: App, facts: Facts): Crash | undefined {
  const fromMs = sinceMs(app, facts)
  for (const { log, lines } of lastLife(app, fromMs)) {
    const crash = matchSignature(log, lines) ?? (log.stream === 'error' ? matchUncaught(log, lines) : undefined)
    if (!crash) continue
    const { at, ...found } = crash
    const isCertain = isOfLastLife(lines, at, fromMs)
    // What lives did not end by what an older life may have said.
    return isCertain || !isAlive(app, facts) ? { ...found, isCertain } : undefined
  }
  return undefined
}

function isAlive(app: App, facts: Facts): boolean {
  const state = app.instances.length > 0 ? pm2StateOf(app, facts) : app.service?.state
  return state === 'online' || state === 'starting' || state === 'running'
}

/** What the present life of an app has written, the newest line that says this; undefined where none surely does. */
export function findSaid(app: App, facts: Facts, pattern: RegExp): Evidence | undefined {
  const fromMs = spokeSinceMs(app, facts)
  for (const { log, lines } of lastLife(app, fromMs)) {
    const at = lines.findLastIndex(({ text }) => pattern.test(text))
    const line = lines[at]
    if (line && isOfLastLife(lines, at, fromMs)) return { source: log.path, text: line.text.trim() }
  }
  return undefined
}

/** The logs that were written since the last start, errors first, each with its lines that may be of that life. */
function lastLife(app: App, fromMs: number): { log: AppLog; lines: Line[] }[] {
  return app.logs
    .toSorted((a, b) => Number(a.stream === 'out') - Number(b.stream === 'out'))
    .filter((log) => log.exists && log.modifiedMs !== null && log.modifiedMs >= fromMs)
    .map((log) => ({ log, lines: linesSince(log, fromMs) }))
}

/**
 * From when on a log tells of the last life. Of one that ended, a little before its start: clocks differ. Of one that
 * goes on, its start itself: right before it the former one may have died.
 */
function sinceMs(app: App, facts: Facts): number {
  return lastStartMs(app, facts) - (isAlive(app, facts) ? 0 : slackMs)
}

/**
 * From when on the present life may have spoken. Its first words come before pm2 calls it online, and so before the start
 * that pm2 tells; logs tell whole seconds.
 */
function spokeSinceMs(app: App, facts: Facts): number {
  const pids = app.instances.map(({ pid }) => pid)
  const begunMs = app.processes.flatMap(({ pid, startedMs }) => (pids.includes(pid) ? (startedMs ?? []) : []))
  const fromMs = Math.min(sinceMs(app, facts), Math.max(...begunMs, 0) || Number.POSITIVE_INFINITY)
  return Math.floor(fromMs / 1000) * 1000
}

function lastStartMs(app: App, facts: Facts): number {
  const starts = [...app.instances, app.service?.unit].map((each) => each?.startedMs ?? 0)
  const startedMs = Math.max(...starts, 0)
  return startedMs || (knownValue(facts.host)?.nowMs ?? 0)
}

function linesSince(log: AppLog, fromMs: number): Line[] {
  const old = log.lines.findLastIndex(({ atMs }) => atMs !== null && atMs < fromMs)
  const lines = log.lines
    .slice(old + 1)
    .slice(-lastLifeLines)
    .map(({ atMs, text }) => ({ atMs, text: withoutLogTime(text) }))
  // sample: > next start
  const banner = lines.findLastIndex(({ text }) => /^> (?:next start|\S+@\S+ start)|▲ Next\.js/.test(text))
  return log.stream === 'out' && banner >= 0 ? lines.slice(banner) : lines
}

/**
 * Whether a line was written since the last start: it, or one before it, has a time that says so; or it is the last that
 * was said, in a log that was written since. Where others without a time follow, an older life may have written it.
 */
function isOfLastLife(lines: readonly Line[], at: number, fromMs: number): boolean {
  return (
    lines.slice(0, at + 1).some(({ atMs }) => atMs !== null && atMs >= fromMs) ||
    lines.slice(at + 1).every(({ text }) => belongsToError.test(text))
  )
}

// sample:     at Module.load (node:internal/…); }; Node.js v20.20.2; npm error code 1
const belongsToError =
  /^\s|^[{}\][^]|^$|^Node\.js v|^npm (?:ERR!|error)|^ELIFECYCLE|^(?:error Command failed|info Visit)|^Emitted '|^Require stack:|^- \/|^NODE_MODULE_VERSION|^was compiled against|^the module|^Error Code:|^errno:|^code:/

/** `at` = the last line of the error. */
type Found = Omit<Crash, 'isCertain'> & { at: number }

function matchSignature(log: AppLog, lines: readonly Line[]): Found | undefined {
  const last = lines.findLastIndex((_, at) => signatures.some((signature) => isSigned(lines, at, signature)))
  for (const signature of last < 0 ? [] : signatures) {
    const from = Math.max(0, last - nearLines)
    const at = lines.findLastIndex((_, at) => at >= from && at <= last && isSigned(lines, at, signature))
    const line = lines[at]
    if (line === undefined) continue
    const [, ...groups] = signature.pattern.exec(line.text) ?? []
    const name = groups.find((group) => group !== undefined) ?? ''
    const end = Math.max(last, lastNear(lines, at, signature))
    return { cause: signature.cause, name, at: end, evidence: [{ source: log.path, text: line.text.trim() }] }
  }
  return undefined
}

function isSigned(lines: readonly Line[], at: number, signature: Signature): boolean {
  if (!signature.pattern.test(lines[at]?.text ?? '')) return false
  return signature.near === undefined || lastNear(lines, at, signature) >= 0
}

/** The last line around that says what the signature wants near it, of the same error then; -1 where none does. */
function lastNear(lines: readonly Line[], at: number, { near }: Signature): number {
  return lines.findLastIndex(({ text }, index) => Math.abs(index - at) <= nearLines && near?.test(text))
}

function matchUncaught(log: AppLog, lines: readonly Line[]): Found | undefined {
  const at = lines.findLastIndex(({ text }) => uncaught.test(text))
  const line = lines[at]
  if (line === undefined) return undefined
  const frame = lines.slice(at + 1, at + 4).find(({ text }) => /^\s+at /.test(text) && !text.includes('node:'))
  const evidence = [line, ...(frame === undefined ? [] : [frame])]
  return {
    cause: 'app-crash-uncaught',
    name: line.text.trim(),
    at,
    evidence: evidence.map(({ text }) => ({ source: log.path, text: text.trim() })),
  }
}
