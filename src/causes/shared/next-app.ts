import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { App, WebProcess } from '../../path/app.js'
import type { Evidence } from '../../path/request-path.js'
import type { Scene } from '../define.js'

/** How an app of Next.js is run, as its processes and its manager's settings show it. */

/** Whether it is the server.js of `output: 'standalone'`, which runs without `next start`. */
export function isStandaloneServer({ instances, processes }: App): boolean {
  return (
    instances.some(({ script }) => script.endsWith('/standalone/server.js')) ||
    processes.some(({ args }) => /\/standalone\/server\.js\b/.test(args))
  )
}

// sample: node /srv/web/node_modules/.bin/next dev -p 3000
const devCommand = /(?:^|[\s/])next(?:\/dist\/bin\/next)? dev\b/

/** Whether it runs under `next dev`: its living process says so, or the command that its manager starts. */
export function devEvidence(app: App): Evidence | undefined {
  const process = app.processes.find(({ args }) => devCommand.test(args))
  if (process) return { source: 'ps', text: `${process.pid} ${process.args}` }
  const [entry] = app.instances
  if (!entry) return undefined
  const command = [entry.script, ...entry.args].join(' ')
  const source = `pm2 (${app.daemon?.user ?? '?'})`
  if (devCommand.test(command)) return { source, text: command }
  // sample: /usr/bin/npm run dev, whose script only package.json knows: a Next.js app is taken to mean `next dev`
  if (app.build?.isNext && /\/(?:npm|yarn|pnpm|bun) (?:run )?dev\b/.test(command)) return { source, text: command }
  return undefined
}

/** When what serves now was started: the youngest process that listens, else the last start that its manager knows. */
export function servingSinceMs({ path }: Scene, app: App): number | undefined {
  const pids = new Set(path.appListeners.flatMap(({ pids }) => pids))
  const listening = app.processes.filter(({ pid }) => pids.has(pid)).map(({ startedMs }) => startedMs)
  const managed = [...app.instances, app.service?.unit].map((each) => each?.startedMs ?? null)
  const starts = (listening.length > 0 ? listening : managed).filter((ms) => ms !== null)
  return starts.length > 0 ? Math.max(...starts) : undefined
}

/** How such a time is quoted. */
export function startEvidence(startedMs: number): Evidence {
  return { source: 'ps', text: t`started ${formatTime(startedMs)}` }
}

/** `2026-11-24T08:47:10Z` */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

// sample: node /srv/web/node_modules/.bin/next build
const buildCommand = /(?:^|[\s/])next(?:\/dist\/bin\/next)? build\b/

/** A `next build` that runs in the app's folder at this moment, and that the app itself does not run at its start. */
export function findBuilder({ facts }: Scene, { build, processes }: App): WebProcess | undefined {
  const folders = [build?.folder, build?.cwd]
  return knownValue(facts.processes)?.processes.find(
    ({ pid, args, cwd }) =>
      buildCommand.test(args) &&
      cwd !== null &&
      folders.includes(cwd) &&
      !processes.some((process) => process.pid === pid),
  )
}
