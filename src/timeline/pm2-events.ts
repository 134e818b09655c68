import { knownValue } from '../fact.js'
import { t } from '../language/language.js'
import type { Facts } from '../probes/index.js'
import type { Pm2Daemon } from '../probes/pm2/schema.js'
import { burstGapMs, type Event, type EventKind } from './event.js'

/** What pm2.log says that happened to daemons and their apps. */
export function pm2Events(facts: Facts): Event[] {
  return (knownValue(facts.pm2)?.daemons ?? []).flatMap((daemon) => {
    const told = logEvents(daemon)
    return [...startsBefore(told[0]?.atMs ?? Number.POSITIVE_INFINITY, daemon), ...told]
  })
}

/** What lines of pm2.log mean; the groups are what happened, in pm2's words. */
const meanings: readonly { kind: EventKind; pattern: RegExp; tell: (groups: string[]) => string }[] = [
  // sample: App [classrooom:0] exited with code [1] via signal [SIGINT]: pm2's word for no signal
  {
    kind: 'app-exit',
    pattern: /App \[(.+?):\d+\] exited with code \[(\w+)\](?: via signal \[(\w+)\])?/,
    tell: ([app, code, signal]) =>
      signal && signal !== 'SIGINT'
        ? t`${app} exited with code ${code} (${signal})`
        : t`${app} exited with code ${code}`,
  },
  { kind: 'app-start', pattern: /App \[(.+?):\d+\] online/, tell: ([app]) => t`${app} started` },
  // sample: Stopping app:classrooom id:0
  { kind: 'app-stop', pattern: /Stopping app:(.+?) id:/, tell: ([app]) => t`pm2 stops ${app}` },
  // sample: Script /srv/web/server.js had too many unstable restarts (16). Stopped. "errored"
  {
    kind: 'app-stop',
    pattern: /Script (\S+) had too many unstable restarts/,
    tell: ([script]) => t`pm2 gives up ${script}`,
  },
  {
    kind: 'app-stop',
    pattern: /Process (\S+) restarted because it exceeds --max-memory-restart/,
    tell: ([id]) => t`process ${id} of pm2 exceeds its max_memory_restart`,
  },
  // sample: Change detected on path server.js for app web - restarting
  {
    kind: 'app-stop',
    pattern: /Change detected on path (\S+) for app (\S+)/,
    tell: ([path, app]) => t`${path} changed, and pm2 watches it for ${app}`,
  },
  { kind: 'app-start', pattern: /New PM2 Daemon started/, tell: () => t`the pm2 daemon started` },
  {
    kind: 'app-stop',
    pattern: /PM2 successfully stopped|PM2 has been killed by signal/,
    tell: () => t`the pm2 daemon was stopped`,
  },
]

/** An end that pm2 was asked for is told by the line that says so, and left out itself. */
function logEvents({ home, log }: Pm2Daemon): Event[] {
  const asked = new Set<string>()
  const startMs = isWhole(log) ? Number.NEGATIVE_INFINITY : (log.find(({ atMs }) => atMs !== null)?.atMs ?? 0)
  return log.flatMap(({ atMs, text }): Event[] => {
    // sample: Stopping app:classrooom id:0
    const stopping = /Stopping app:(.+?) id:(\w+)/.exec(text)
    if (stopping) asked.add(`${stopping[1]}:${stopping[2]}`)
    const ended = /App \[(.+?:\w+)\] exited/.exec(text)?.[1]
    if (atMs === null || (ended !== undefined && asked.delete(ended))) return []
    const isAtLogStart = atMs - startMs <= burstGapMs
    const source = `${home}/pm2.log`
    return readMeaning(text).map((meaning) => ({ atMs, ...meaning, source, ...(isAtLogStart && { isAtLogStart }) }))
  })
}

/** Whether what was read reaches back to the start of the daemon. */
function isWhole(log: Pm2Daemon['log']): boolean {
  return log.slice(0, 3).some(({ text }) => text.includes('New PM2 Daemon started'))
}

function readMeaning(text: string): Pick<Event, 'kind' | 'text'>[] {
  for (const { kind, pattern, tell } of meanings) {
    const match = pattern.exec(text)
    if (match) return [{ kind, text: tell(match.slice(1)) }]
  }
  return []
}

/** Starts that pm2.log does not reach back to. The log is rounded down to seconds. */
function startsBefore(firstMs: number, { apps }: Pm2Daemon): Event[] {
  return (apps ?? []).flatMap(({ name, startedMs, isModule }): Event[] =>
    startedMs === null || isModule || startedMs >= firstMs - 1000
      ? []
      : [{ atMs: startedMs, kind: 'app-start', text: t`${name} started`, source: 'pm2' }],
  )
}
