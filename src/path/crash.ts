import { knownValue } from '../fact.js'
import type { Facts } from '../probes/index.js'
import { withoutLogTime } from '../probes/log-time.js'
import type { App, AppLog } from './app.js'
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

interface Signature {
  cause: string
  pattern: RegExp
  /** What must stand a few lines before or after it, where the line alone could mean something else. */
  near?: RegExp
}

/**
 * What a dying Node.js or Next.js app says, and which cause that is. In the order of precedence: where one life leaves
 * several of these lines, the first entry is the reason and the others follow from it. Each was seen in the real program.
 */
const signatures: readonly Signature[] = [
  // sample: FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
  { cause: 'heap-oom', pattern: /JavaScript heap out of memory|FATAL ERROR: .*(?:heap limit|Allocation failed)/ },
  // sample: Error: ENOSPC: no space left on device, write
  { cause: 'disk-full', pattern: /ENOSPC: no space left on device|EDQUOT/ },
  { cause: 'readonly-fs', pattern: /EROFS: read-only file system/ },
  // sample: Error: EMFILE: too many open files, open '/srv/web/data.json'; of `watch` it means another limit
  { cause: 'app-fd-limit', pattern: /(?:EMFILE: too many open files(?!, watch)|\baccept EMFILE\b)/ },
  // sample: Error: ENOENT: no such file or directory, uv_cwd
  { cause: 'pm2-cwd-deleted', pattern: /ENOENT: .*uv_(?:cwd|chdir)/ },
  // sample: You are using Node.js 18.12.0. For Next.js, Node.js version >= v18.17.0 is required.
  {
    cause: 'node-version-too-old',
    pattern: /You are using Node\.js (\S+?)\. For Next\.js, Node\.js version (.+) is required/,
  },
  // sample: basedir=$(dirname "$(echo "$0" | sed -e 's,\\\\,/,g')")
  {
    cause: 'pm2-shell-script-as-js',
    pattern:
      /^\s*(?:basedir=\$\(dirname |case `uname` in|exec (?:node|"\$)|while \[ -h "\$|if \[ -[a-z] "\$|SOURCE="?\$\{?BASH_SOURCE)/,
    near: /^SyntaxError: /,
  },
  // sample:   File "/usr/lib/node_modules/pm2/lib/ProcessContainerForkBun.js", line 3; of a shell `….js: line 3: `, of Ruby `….js:3: syntax`
  {
    cause: 'pm2-interpreter-regression-bun-path',
    pattern:
      /File "\S*(ProcessContainerForkBun\.js)", line|(ProcessContainerForkBun\.js)(?:: (?:line )?\d+: |:\d+: syntax)/,
  },
  // sample: Could not find a production build in the '/srv/web/pm2.json/.next' directory
  {
    cause: 'pm2-cluster-config-as-arg',
    pattern: /'(\S+\.(?:json|c?js|ya?ml))\/\.(?:next|env)\b[^']*'/,
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
  // sample: /usr/bin/env: ‘node’: No such file or directory; sh: 1: npm: not found; start.sh: line 2: exec: node: not found
  {
    cause: 'node-or-npm-missing',
    pattern:
      /: (?:can't execute )?['‘"]?(node|nodejs|npm|npx|yarn|pnpm|bun)['’"]?: (?:No such file or directory|(?:command )?not found)|\bspawn (node|npm|npx|yarn|pnpm|bun) ENOENT/,
  },
  // sample: Error: @prisma/client did not initialize yet. Please run "prisma generate" and try to import it again.
  {
    cause: 'prisma-client-not-generated',
    pattern:
      /@prisma\/client did not initialize yet|Cannot find module '\.prisma\/client[^']*'|could not locate the Query Engine for runtime "([^"]+)"/,
  },
  // sample: Error: The module '/srv/web/node_modules/bcrypt/build/Release/bcrypt_lib.node'
  { cause: 'deps-other-node-abi', pattern: /The module '(\S+\.node)'/, near: /NODE_MODULE_VERSION/ },
  // sample: Error: /srv/web/node_modules/x/x.node: invalid ELF header; /lib/libc.so.6: version `GLIBC_2.38' not found (required by /srv/x.node)
  {
    cause: 'deps-other-node-abi',
    pattern:
      /(\S+\.node): (?:invalid ELF header|wrong ELF class|file too short|undefined symbol|symbol not found)|version `(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+' not found \(required by (\S+\.node)\)|Error loading shared library \S+: .*\(needed by (\S+\.node)\)|Could not load the "(sharp)" module using the \S+ runtime/,
  },
  // sample: Error [ERR_REQUIRE_ESM]: require() of ES Module /srv/web/node_modules/x/index.js from /srv/web/server.js not supported.
  {
    cause: 'esm-cjs-mismatch',
    pattern:
      /\[ERR_REQUIRE_(?:ESM|ASYNC_MODULE)\](?:: require\(\) of ES Module (\S+))?|Cannot use import statement outside a module|(?:require|module|exports|__dirname|__filename) is not defined in ES module scope|SyntaxError: Unexpected token 'export'/,
  },
  // sample: Error: Cannot find module 'express'; sh: 1: next: not found
  {
    cause: 'module-not-found',
    pattern: /Cannot find (?:module|package) '([^']+)'|sh: (?:(?:line )?\d+: )?(next): (?:command )?not found/,
  },
  // sample: Error: listen EADDRINUSE: address already in use :::3000
  { cause: 'eaddrinuse', pattern: /listen EADDRINUSE: address already in use \S*:(\d+)/ },
  // sample: Error: listen EACCES: permission denied 0.0.0.0:80
  { cause: 'privileged-port', pattern: /listen EACCES: permission denied \S*:(\d+)/ },
  // sample: Error: listen EADDRNOTAVAIL: address not available 10.9.9.9:3000
  {
    cause: 'app-listen-addr-invalid',
    pattern: /listen EADDRNOTAVAIL: address not available (\S+)/,
  },
  // sample: [Error: getaddrinfo ENOTFOUND web1] {; a database's name is looked up in the same words
  {
    cause: 'app-listen-addr-invalid',
    pattern: /getaddrinfo E(?:NOTFOUND|AI_AGAIN) ([^\s\]]+)/,
    near: /Failed to start server|Emitted 'error' event on Server instance/,
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
/** How far from each other the lines of one error stand. */
const nearLines = 8

type Line = AppLog['lines'][number]

/**
 * Reads from an app's log why its last life ended. Lines from before the last start never count: the log must have been
 * written since, and of its last lines only those after the last start banner.
 */
export function findCrash(app: App, facts: Facts): Crash | undefined {
  for (const { log, lines } of lastLife(app, facts)) {
    const crash = matchSignature(log, lines) ?? (log.stream === 'error' ? matchUncaught(log, lines) : undefined)
    if (!crash) continue
    const { at, ...found } = crash
    const isCertain = isOfLastLife(lines, at, sinceMs(app, facts))
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
  for (const { log, lines } of lastLife(app, facts)) {
    const at = lines.findLastIndex(({ text }) => pattern.test(text))
    const line = lines[at]
    if (line && isOfLastLife(lines, at, sinceMs(app, facts))) return { source: log.path, text: line.text.trim() }
  }
  return undefined
}

/** The logs that were written since the last start, errors first, each with its lines that may be of that life. */
function lastLife(app: App, facts: Facts): { log: AppLog; lines: Line[] }[] {
  const fromMs = sinceMs(app, facts)
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
  /^\s|^[{}\][^]|^$|^Node\.js v|^npm (?:ERR!|error)|^ELIFECYCLE|^(?:error Command failed|info Visit)|^Emitted '|^NODE_MODULE_VERSION|^was compiled against|^the module|^Error Code:|^errno:|^code:/

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
    return { cause: signature.cause, name, at: last, evidence: [{ source: log.path, text: line.text.trim() }] }
  }
  return undefined
}

function isSigned(lines: readonly Line[], at: number, { pattern, near }: Signature): boolean {
  if (!pattern.test(lines[at]?.text ?? '')) return false
  const around = lines.slice(Math.max(0, at - nearLines), at + nearLines + 1)
  return near === undefined || around.some(({ text }) => near.test(text))
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
