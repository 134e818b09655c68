import { knownValue } from '../fact.js'
import { t } from '../language/language.js'
import { type Gateway, gatewaysOf } from '../path/gateways.js'
import type { ErrorKind, LogFacts } from '../probes/gateway/log-facts.js'
import type { Facts } from '../probes/index.js'
import { burstGapMs, type Event } from './event.js'

/** What happened to the gateways: starts, reloads and stops, their configuration, their errors. */
export function gatewayEvents(facts: Facts): Event[] {
  return gatewaysOf(facts).flatMap((gateway) => [
    ...lifeEvents(gateway),
    ...unitEvents(gateway, facts),
    ...configurationEvents(gateway),
    ...errorEvents(gateway, knownValue(facts.host)?.nowMs ?? 0),
  ])
}

/** Workers that start with their master are no reload. */
const startMs = 3_000

function lifeEvents({ name, facts: { startedMs, workersStartedMs } }: Gateway): Event[] {
  if (startedMs === null) return []
  const start: Event = { atMs: startedMs, kind: 'gateway-start', text: t`${name} started`, source: 'ps' }
  const isReload = workersStartedMs !== null && workersStartedMs > startedMs + startMs
  if (!isReload) return [start]
  return [start, { atMs: workersStartedMs, kind: 'gateway-reload', text: t`${name} was reloaded`, source: 'ps' }]
}

/** Of a gateway that does not run, systemd knows since when. */
function unitEvents({ name, unit, facts: { running } }: Gateway, facts: Facts): Event[] {
  const found = (knownValue(facts.services)?.units ?? []).find((each) => each.name === `${unit}.service`)
  if (!found || running) return []
  const { activeState, changedMs, inactiveMs, result } = found
  const source = `systemctl show ${unit}`
  if (activeState === 'failed' && changedMs !== null)
    return [{ atMs: changedMs, kind: 'gateway-failure', text: t`${name} failed (${result})`, source }]
  if (activeState === 'inactive' && inactiveMs !== null)
    return [{ atMs: inactiveMs, kind: 'gateway-stop', text: t`${name} was stopped`, source }]
  return []
}

/** Only the files that were touched last: those of a package all have the time of its making. */
const mostFiles = 5

function configurationEvents({ facts: { files } }: Gateway): Event[] {
  const dated = files.flatMap(({ path, modifiedMs }) => (modifiedMs === null ? [] : [{ path, atMs: modifiedMs }]))
  return dated
    .toSorted((a, b) => b.atMs - a.atMs)
    .slice(0, mostFiles)
    .map(({ path, atMs }) => ({ atMs, kind: 'configuration', text: t`${path} was changed`, source: path }))
}

/** What an error kind is called in a line of a few words. */
function wordsOf(kind: ErrorKind): string {
  return {
    'connect-refused': t`connect refused`,
    'connect-timeout': t`connect timed out`,
    'connect-unreachable': t`connect unreachable`,
    'connect-denied': t`connect denied`,
    'connect-no-socket': t`connect no socket`,
    'connect-failed': t`connect failed`,
    'response-timeout': t`no response in time`,
    'closed-early': t`closed before the response`,
    reset: t`reset`,
    'header-too-big': t`response header too big`,
    'invalid-response': t`invalid response`,
    'no-live-upstreams': t`no live upstreams`,
    'no-resolver': t`no resolver`,
    'name-not-resolved': t`name not resolved`,
    tls: t`tls`,
    'worker-connections': t`worker connections`,
    'open-files': t`open files`,
    disk: t`disk`,
    'health-check': t`health check failed`,
    'no-handler': t`no handler`,
    limited: t`limited`,
    'temp-file': t`temp file`,
    'worker-crash': t`worker crash`,
    other: t`other`,
  }[kind]
}

/** A log no longer than this was read as a whole. */
const wholeBytes = 262_144

/** The check itself asks through the gateway, too: what is logged while it runs is no news. */
function errorEvents({ name, errors }: Gateway, checkedMs: number): Event[] {
  if (!errors) return []
  const { files, kinds, emergencies } = errors
  const isWhole = files.every(({ sizeBytes }) => sizeBytes <= wholeBytes)
  const startMs = isWhole ? Number.NEGATIVE_INFINITY : Math.min(...kinds.map(({ firstMs }) => firstMs ?? 0))
  const source = files.find(({ exists }) => exists)?.path ?? t`the error log of ${name}`
  return [
    ...kinds
      .flatMap((kind) => burstsOf(kind, name))
      .filter(({ atMs }) => atMs < checkedMs)
      .map((event) => ({ ...event, source, ...(event.atMs - startMs <= burstGapMs && { isAtLogStart: true }) })),
    ...emergencies.flatMap(({ atMs, text, file, line }): Event[] => {
      const place = file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`
      return atMs === null ? [] : [{ atMs, kind: 'gateway-failure', text: `${name}: ${text}${place}`, source }]
    }),
  ]
}

/** ENOSPC and EDQUOT. */
const isNoSpace = (errno: number | null) => errno === 28 || errno === 122

/** What cannot be put into a kind (a favicon that is missing) is no trouble of the app's requests. */
function burstsOf(
  { kind, errno, upstream, bursts = [] }: LogFacts['kinds'][number],
  name: string,
): Omit<Event, 'source'>[] {
  if (kind === 'other') return []
  const words = wordsOf(kind)
  const text = upstream === null ? t`${name}: ${words}` : t`${name}: ${words} (${upstream.replace(/^https?:\/\//, '')})`
  return bursts.map(({ firstMs, lastMs, count }) => ({
    atMs: firstMs,
    ...(count > 1 && { untilMs: lastMs, count }),
    kind: isNoSpace(errno) ? 'disk-full' : 'gateway-errors',
    text,
  }))
}
