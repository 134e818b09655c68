import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import type { Pm2Daemon } from '../probes/pm2/schema.js'
import type { Unit } from '../probes/services.js'
import type { Event } from './event.js'

/** What happened to apps: by pm2's log, by systemd, by the times of their build and settings. */
export function appEvents(facts: Facts): Event[] {
  const daemons = knownValue(facts.pm2)?.daemons ?? []
  return [...daemons.flatMap(pm2Events), ...unitEvents(facts), ...buildEvents(facts), ...settingsEvents(facts)]
}

/** What lines of pm2.log mean; the first group is what happened, in pm2's words. */
const pm2Lines: readonly { kind: Event['kind']; pattern: RegExp; tell: (match: string[]) => string }[] = [
  // sample: App [classrooom:0] exited with code [1] via signal [SIGINT]
  {
    kind: 'app-exit',
    pattern: /App \[(.+?):\d+\] exited with code \[(\w+)\](?: via signal \[(\w+)\])?/,
    tell: ([app, code, signal]) =>
      `${app} exited with code ${code}${signal && signal !== 'SIGINT' ? ` (${signal})` : ''}`,
  },
  { kind: 'app-start', pattern: /App \[(.+?):\d+\] online/, tell: ([app]) => `${app} started` },
  { kind: 'app-stop', pattern: /Stopping app:(.+?) id:/, tell: ([app]) => `pm2 was told to stop or restart ${app}` },
  // sample: Script /srv/web/server.js had too many unstable restarts (16). Stopped. "errored"
  {
    kind: 'app-stop',
    pattern: /Script (\S+) had too many unstable restarts/,
    tell: ([script]) => `pm2 gave ${script} up`,
  },
  {
    kind: 'app-stop',
    pattern: /Process (\S+) restarted because it exceeds --max-memory-restart/,
    tell: ([id]) => `pm2 restarts process ${id}, which exceeds its max_memory_restart`,
  },
  {
    kind: 'app-stop',
    pattern: /Change detected on path (\S+) for app (\S+)/,
    tell: ([path, app]) => `${path} changed, so pm2 restarts ${app}`,
  },
  { kind: 'app-start', pattern: /New PM2 Daemon started/, tell: () => 'the pm2 daemon started' },
  {
    kind: 'app-stop',
    pattern: /PM2 successfully stopped|PM2 has been killed by signal/,
    tell: () => 'the pm2 daemon was stopped',
  },
]

function pm2Events({ home, log, apps }: Pm2Daemon): Event[] {
  const source = `${home}/pm2.log`
  const told = log.flatMap(({ atMs, text }): Event[] => {
    for (const { kind, pattern, tell } of pm2Lines) {
      const match = atMs === null ? null : pattern.exec(text)
      if (match && atMs !== null) return [{ atMs, kind, text: tell(match.slice(1)), source }]
    }
    return []
  })
  // Starts that pm2.log does not reach back to.
  const first = told[0]?.atMs ?? Number.POSITIVE_INFINITY
  const older = (apps ?? []).flatMap(({ name, startedMs, isModule }): Event[] =>
    startedMs === null || isModule || startedMs >= first - 1000
      ? []
      : [{ atMs: startedMs, kind: 'app-start', text: `${name} started`, source: 'pm2' }],
  )
  return [...older, ...told]
}

/** What systemd says of a unit in its journal, else the times that it keeps itself. */
function unitEvents(facts: Facts): Event[] {
  const journals = knownValue(facts.journals)?.journals ?? []
  const units = (knownValue(facts.services)?.units ?? []).filter(({ role }) => role !== 'gateway')
  return units.flatMap((unit) => {
    const lines = journals.find((journal) => journal.unit === unit.name)?.lines ?? []
    const told = lines.flatMap(({ atMs, from, text }) =>
      atMs === null || from !== 'systemd' ? [] : readSystemd(atMs, text, unit.name),
    )
    return told.length > 0 ? told : timesOf(unit)
  })
}

function readSystemd(atMs: number, text: string, unit: string): Event[] {
  const source = `journalctl -u ${unit}`
  const name = unit.replace(/\.service$/, '')
  // sample: web-api.service: Main process exited, code=exited, status=1/FAILURE
  const exit = /: Main process exited, code=(\w+), status=(\S+)/.exec(text)
  if (exit) return [{ atMs, kind: 'app-exit', text: `${name} ended: ${exit[1]} ${exit[2]}`, source }]
  if (text.includes('killed by the OOM killer'))
    return [{ atMs, kind: 'oom-kill', text: `a process of ${name} was killed for want of memory`, source }]
  // sample: web-api.service: Start request repeated too quickly.
  if (text.includes('Start request repeated too quickly'))
    return [{ atMs, kind: 'app-stop', text: `systemd gave ${name} up`, source }]
  if (/^Started /.test(text)) return [{ atMs, kind: 'app-start', text: `${name} started`, source }]
  if (/^Stopping /.test(text)) return [{ atMs, kind: 'app-stop', text: `${name} was told to stop`, source }]
  return []
}

function timesOf({ name, role, startedMs, exitedMs, exit, result, activeState, changedMs }: Unit): Event[] {
  const source = `systemctl show ${name}`
  const unit = name.replace(/\.service$/, '')
  const isOfInterest = role !== 'other'
  return [
    ...(startedMs !== null && isOfInterest
      ? [{ atMs: startedMs, kind: 'app-start' as const, text: `${unit} started`, source }]
      : []),
    ...(exitedMs !== null && exit !== null
      ? [{ atMs: exitedMs, kind: 'app-exit' as const, text: `${unit} ended: ${exit.how} ${exit.status}`, source }]
      : []),
    ...(activeState === 'failed' && changedMs !== null
      ? [{ atMs: changedMs, kind: 'app-stop' as const, text: `${unit} failed (${result})`, source }]
      : []),
  ]
}

function buildEvents(facts: Facts): Event[] {
  return (knownValue(facts.builds)?.builds ?? []).flatMap(({ builtMs, distDir }): Event[] =>
    builtMs === null
      ? []
      : [{ atMs: builtMs, kind: 'build', text: 'the app was built', source: `${distDir}/BUILD_ID` }],
  )
}

/** Signs of a deployment, by the file that shows it. */
const deployments: Record<string, string> = {
  '.': 'files came or went in its folder',
  'package.json': 'package.json was changed',
  '.git/logs/HEAD': 'git took another commit',
}

function settingsEvents(facts: Facts): Event[] {
  return (knownValue(facts['app-files'])?.apps ?? []).flatMap(({ cwd, envFiles, changes = [] }) => [
    ...envFiles.flatMap(({ name, modifiedMs }) => (modifiedMs === null ? [] : [toChange(cwd, name, modifiedMs)])),
    ...changes.map(({ name, modifiedMs }) => toChange(cwd, name, modifiedMs)),
  ])
}

function toChange(cwd: string, name: string, atMs: number): Event {
  const deployed = deployments[name]
  if (deployed !== undefined) return { atMs, kind: 'deploy', text: deployed, source: `${cwd}/${name}` }
  return { atMs, kind: 'settings', text: `${name} was changed`, source: `${cwd}/${name}` }
}
