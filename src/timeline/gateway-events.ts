import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import type { ErrorKind, NginxErrorsFacts } from '../probes/nginx-errors.js'
import type { Event } from './event.js'

/** What happened to the gateway: its starts and reloads, its configuration, its errors. */
export function gatewayEvents(facts: Facts): Event[] {
  return [...nginxEvents(facts), ...errorEvents(facts), ...otherGateways(facts)]
}

/** Workers that start with their master are no reload. */
const startMs = 3_000
/** Of a configuration, only what was touched last; a package's files all have the time of its making. */
const mostFiles = 5

function nginxEvents(facts: Facts): Event[] {
  const nginx = knownValue(facts.nginx)
  if (!nginx) return []
  const { startedMs, workersStartedMs, files } = nginx
  const isReload = workersStartedMs !== null && workersStartedMs > (startedMs ?? 0) + startMs
  const changed = files.toSorted((a, b) => (b.modifiedMs ?? 0) - (a.modifiedMs ?? 0)).slice(0, mostFiles)
  return [
    ...(startedMs !== null
      ? [{ atMs: startedMs, kind: 'gateway-start' as const, text: 'nginx started', source: 'ps' }]
      : []),
    ...(isReload
      ? [
          {
            atMs: workersStartedMs,
            kind: 'gateway-reload' as const,
            text: 'nginx took its configuration anew',
            source: 'ps',
          },
        ]
      : []),
    ...changed.flatMap(({ path, modifiedMs }): Event[] =>
      modifiedMs === null
        ? []
        : [{ atMs: modifiedMs, kind: 'configuration', text: `${path} was changed`, source: path }],
    ),
  ]
}

/** What an error kind is called in a line of a few words. */
const words: Partial<Record<ErrorKind, string>> = {
  'connect-refused': 'connect refused',
  'connect-timeout': 'connect timed out',
  'response-timeout': 'no response in time',
  'closed-early': 'closed before the response',
}

function errorEvents(facts: Facts): Event[] {
  const errors = knownValue(facts['nginx-errors'])
  const source = errors?.files[0]?.path ?? 'nginx error log'
  return [
    ...(errors?.kinds ?? []).flatMap((kind) => burstsOf(kind, source)),
    ...(errors?.emergencies ?? []).flatMap(({ atMs, text }): Event[] =>
      atMs === null ? [] : [{ atMs, kind: 'gateway-errors', text: `nginx: ${text}`, source }],
    ),
  ]
}

function burstsOf({ kind, upstream, bursts }: NginxErrorsFacts['kinds'][number], source: string): Event[] {
  const at = upstream === null ? '' : ` (${upstream.replace(/^http:\/\//, '')})`
  return (bursts ?? []).map(({ firstMs, lastMs, count }) => ({
    atMs: firstMs,
    ...(count > 1 && { untilMs: lastMs, count }),
    kind: kind === 'disk' ? ('disk-full' as const) : ('gateway-errors' as const),
    text: `nginx: ${words[kind] ?? kind.replaceAll('-', ' ')}${at}`,
    source,
  }))
}

/** Of the gateways that are no nginx, and of one that has failed, systemd knows when they started. */
function otherGateways(facts: Facts): Event[] {
  const units = (knownValue(facts.services)?.units ?? []).filter(({ role }) => role === 'gateway')
  return units.flatMap(({ name, activeState, activeMs, changedMs, result }): Event[] => {
    const unit = name.replace(/\.service$/, '')
    const source = `systemctl show ${name}`
    if (activeState === 'failed' && changedMs !== null)
      return [{ atMs: changedMs, kind: 'gateway-start', text: `${unit} failed (${result})`, source }]
    if (activeState !== 'active' || activeMs === null || unit === 'nginx') return []
    return [{ atMs: activeMs, kind: 'gateway-start', text: `${unit} started`, source }]
  })
}
