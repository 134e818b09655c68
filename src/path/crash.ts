import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import { withoutLogTime } from '../probes/log-time.js'
import type { App, AppLog } from './app.js'
import type { Evidence } from './request-path.js'

/** Why the last life of an app ended, as its own log says it. */
export interface Crash {
  /** The id of the cause that this is. */
  cause: string
  /** What the line names: a variable, a module, a port; '' where it names nothing. */
  name: string
  evidence: Evidence[]
}

/**
 * What a dying Node.js or Next.js app says, and which cause that is. In the order of precedence: where one life leaves
 * several of these lines, the first entry is the reason and the others follow from it. Each was seen in the real program.
 */
const signatures: readonly { cause: string; pattern: RegExp }[] = [
  // sample: FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
  { cause: 'heap-oom', pattern: /JavaScript heap out of memory|FATAL ERROR: .*(?:heap limit|Allocation failed)/ },
  // sample: Error: ENOSPC: no space left on device, write
  { cause: 'disk-full', pattern: /ENOSPC: no space left on device|EDQUOT/ },
  { cause: 'readonly-fs', pattern: /EROFS: read-only file system/ },
  // sample: Error: ENOENT: no such file or directory, uv_cwd
  { cause: 'pm2-cwd-deleted', pattern: /ENOENT: .*uv_(?:cwd|chdir)/ },
  // sample: You are using Node.js 18.12.0. For Next.js, Node.js version >= v18.17.0 is required.
  {
    cause: 'node-version-too-old',
    pattern: /You are using Node\.js (\S+?)\. For Next\.js, Node\.js version (.+) is required/,
  },
  // sample: Invalid project directory provided, no such directory: /srv/web/3001
  { cause: 'pm2-port-args-swallowed', pattern: /Invalid project directory provided, no such directory: (\S+)/ },
  // sample: [Error: EACCES: permission denied, open '/srv/web/.next/BUILD_ID']
  { cause: 'next-dir-permission', pattern: /EACCES: permission denied, \w+ '(\S*\/(?:\.next\/\S*|BUILD_ID))'/ },
  // sample: Could not find a production build in the '.next' directory. Try building your app with 'next build'
  {
    cause: 'next-build-missing',
    pattern:
      /Could not find a (?:valid|production) build in the '?([^']*)'? directory|ENOENT: .*open '(\S+\/BUILD_ID)'/,
  },
  // sample: ENOENT: no such file or directory, open '/srv/web/.next/prerender-manifest.json'
  {
    cause: 'next-build-incomplete',
    pattern:
      /(?:ENOENT: .*'|Cannot find module ')(\S*\/(?:[\w-]+-manifest\.js(?:on)?|required-server-files\.json|\.next\/(?:static|server(?:\/\S*)?)))'/,
  },
  // sample: "next start" does not work with "output: export" configuration
  { cause: 'next-start-with-export', pattern: /"next start" does not work with "output: export"/ },
  // sample: Error: Cannot find module 'express'; sh: 1: next: not found
  {
    cause: 'module-not-found',
    pattern: /Cannot find (?:module|package) '([^']+)'|sh: (?:(?:line )?\d+: )?(next|node): (?:command )?not found/,
  },
  // sample: Error: listen EADDRINUSE: address already in use :::3000
  { cause: 'eaddrinuse', pattern: /listen EADDRINUSE: address already in use \S*:(\d+)/ },
  // sample: Error: listen EACCES: permission denied 0.0.0.0:80
  { cause: 'privileged-port', pattern: /listen EACCES: permission denied \S*:(\d+)/ },
  // sample: Error: listen EADDRNOTAVAIL: address not available 10.9.9.9:3000
  {
    cause: 'app-listen-addr-invalid',
    pattern: /listen EADDRNOTAVAIL: address not available (\S+)|getaddrinfo ENOTFOUND (\S+)(?=[\s\S]*listen)/,
  },
  // sample: Error: Missing required environment variable: DATABASE_URL
  {
    cause: 'env-missing',
    pattern:
      /\b[Mm]issing (?:required )?(?:env(?:ironment)?(?: var(?:iable)?)?s?)\b:?\s*["'`]?([A-Z][A-Z0-9_]{2,})?|Invalid environment variables|[Ee]nv(?:ironment)? var(?:iable)?s?(?: not found)?:? ["'`]?([A-Z][A-Z0-9_]{2,})["'`]?|\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)["'`]? (?:env(?:ironment)? var(?:iable)? )?(?:is|was|must be) (?:not |un)?(?:set|defined|found|provided|missing|required|empty)|(?:[Pp]lease|[Mm]ust) (?:define|set|provide|add) (?:the )?["'`]?([A-Z][A-Z0-9]*_[A-Z0-9_]+)|"([A-Z][A-Z0-9_]{2,})" is a required variable|secretOrPrivateKey must have a value|\[next-auth\]\[error\]\[NO_SECRET\]/,
  },
  // sample: ENOENT: no such file or directory, open '.env.production'
  { cause: 'env-missing', pattern: /ENOENT: .*open '((?:\S*\/)?\.env[\w.]*)'/ },
  // sample: Error: connect ECONNREFUSED 127.0.0.1:5432
  {
    cause: 'db-unreachable-crash',
    pattern:
      /(?:MongooseServerSelectionError: )?connect E(?:CONNREFUSED|TIMEDOUT|HOSTUNREACH) (\S+)|MongooseServerSelectionError|Can't reach database server at `([\w.:-]+)`|password authentication failed/,
  },
]

// sample: TypeError: Cannot read properties of undefined (reading 'x')
const uncaught = /^\s*(?:Uncaught )?[\w.]*(?:Error|Exception)\b(?: \[\w+\])?: ./

/** How many of the last lines belong to the last life at the most. */
const lastLifeLines = 40
/** A log that was last written this long before the last start says nothing of it. */
const slackMs = 3_000

/**
 * Reads from an app's log why its last life ended. Lines from before the last start never count: the log must have been
 * written since, and of its last lines only those after the last start banner.
 */
export function findCrash(app: App, facts: Facts): Crash | undefined {
  for (const log of app.logs.toSorted((a, b) => Number(a.stream === 'out') - Number(b.stream === 'out'))) {
    if (!isOfThisLife(log, app, facts)) continue
    const lines = lastLife(log, app, facts)
    const crash = matchSignature(log, lines) ?? (log.stream === 'error' ? matchUncaught(log, lines) : undefined)
    if (crash) return crash
  }
  return undefined
}

function isOfThisLife(log: AppLog, app: App, facts: Facts): boolean {
  return log.exists && log.modifiedMs !== null && log.modifiedMs >= lastStartMs(app, facts) - slackMs
}

function lastStartMs(app: App, facts: Facts): number {
  const startedMs = Math.max(...app.instances.map((instance) => instance.startedMs ?? 0), 0)
  return startedMs || (knownValue(facts.host)?.nowMs ?? 0)
}

function lastLife(log: AppLog, app: App, facts: Facts): string[] {
  const startMs = lastStartMs(app, facts)
  const old = log.lines.findLastIndex(({ atMs }) => atMs !== null && atMs < startMs - slackMs)
  const lines = log.lines
    .slice(old + 1)
    .slice(-lastLifeLines)
    .map(({ text }) => withoutLogTime(text))
  // sample: > next start
  const banner = lines.findLastIndex((line) => /^> (?:next start|\S+@\S+ start)|▲ Next\.js/.test(line))
  return log.stream === 'out' && banner >= 0 ? lines.slice(banner) : lines
}

function matchSignature(log: AppLog, lines: readonly string[]): Crash | undefined {
  const last = lines.findLastIndex((line) => signatures.some(({ pattern }) => pattern.test(line)))
  if (last < 0) return undefined
  const nearby = lines.slice(Math.max(0, last - 8), last + 1)
  for (const { cause, pattern } of signatures) {
    const line = nearby.findLast((text) => pattern.test(text))
    if (line === undefined) continue
    const name =
      pattern
        .exec(line)
        ?.slice(1)
        .find((group) => group !== undefined) ?? ''
    return { cause, name, evidence: [{ source: log.path, text: line.trim() }] }
  }
  return undefined
}

function matchUncaught(log: AppLog, lines: readonly string[]): Crash | undefined {
  const at = lines.findLastIndex((line) => uncaught.test(line))
  const line = lines[at]
  if (line === undefined) return undefined
  const frame = lines.slice(at + 1, at + 4).find((text) => /^\s+at /.test(text) && !text.includes('node:'))
  const evidence = [line, ...(frame === undefined ? [] : [frame])]
  return {
    cause: 'app-crash-uncaught',
    name: line.trim(),
    evidence: evidence.map((text) => ({ source: log.path, text: text.trim() })),
  }
}
