import { describe, expect, it } from 'vitest'
import { findCrash, findSaid } from '../../src/path/crash.js'
import { daemon, errorLog, makeApp, makeFacts, nowMs, pm2, webProcess } from '../support/facts.js'
import { pm2App } from '../support/record.js'

const startedMs = nowMs - 60_000
const facts = makeFacts()

/** The crash that a log tells of; the app was last started a minute ago. */
function crashOf(lines: readonly string[], overrides: Parameters<typeof errorLog>[1] = {}) {
  const instances = [pm2App({ startedMs, status: 'errored', pid: 0 })]
  return findCrash(makeApp({ instances, logs: [errorLog(lines, overrides)] }), facts)
}

function told(...lines: string[]) {
  const crash = crashOf(lines)
  return crash && [crash.cause, crash.name]
}

/** Messages as the programs print them, and what they are about. */
const messages: [about: string, message: string, cause: string, name: string][] = [
  ['Node 20', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'heap-oom', ''],
  [
    'Node 16',
    'FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory',
    'heap-oom',
    '',
  ],
  ['Node 10', 'FATAL ERROR: CALL_AND_RETRY_LAST Allocation failed - JavaScript heap out of memory', 'heap-oom', ''],
  ['Node', "Error: EMFILE: too many open files, open '/srv/web/data.json'", 'app-fd-limit', ''],
  ['env', '/usr/bin/env: ‘node’: No such file or directory', 'node-or-npm-missing', 'node'],
  ['dash', 'sh: 1: node: not found', 'node-or-npm-missing', 'node'],
  ['bash', 'start.sh: line 2: exec: npm: not found', 'node-or-npm-missing', 'npm'],
  ['busybox', "env: can't execute 'node': No such file or directory", 'node-or-npm-missing', 'node'],
  ['pm2', 'Error: spawn npm ENOENT', 'node-or-npm-missing', 'npm'],
  [
    'Prisma 6',
    'Error: @prisma/client did not initialize yet. Please run "prisma generate" and try to import it again.',
    'prisma-client-not-generated',
    '',
  ],
  ['Prisma 6', "Error: Cannot find module '.prisma/client/default'", 'prisma-client-not-generated', ''],
  [
    'Prisma 5',
    'PrismaClientInitializationError: Prisma Client could not locate the Query Engine for runtime "debian-openssl-3.0.x".',
    'prisma-client-not-generated',
    'debian-openssl-3.0.x',
  ],
  ['Node', 'Error: /srv/web/a.node: invalid ELF header', 'deps-other-node-abi', '/srv/web/a.node'],
  [
    'glibc',
    "Error: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /srv/web/a.node)",
    'deps-other-node-abi',
    '/srv/web/a.node',
  ],
  ['sharp', 'Error: Could not load the "sharp" module using the linux-x64 runtime', 'deps-other-node-abi', 'sharp'],
  [
    'Node 18',
    'Error [ERR_REQUIRE_ESM]: require() of ES Module /srv/web/x.js from /srv/web/server.js not supported.',
    'esm-cjs-mismatch',
    '/srv/web/x.js',
  ],
  ['Node 18', 'SyntaxError: Cannot use import statement outside a module', 'esm-cjs-mismatch', ''],
  ['Node 20', 'ReferenceError: module is not defined in ES module scope', 'esm-cjs-mismatch', ''],
  ['Node', 'Error: ENOSPC: no space left on device, write', 'disk-full', ''],
  ['Node', "Error: EROFS: read-only file system, open '/srv/web/.next/trace'", 'readonly-fs', ''],
  ['Node', 'Error: ENOENT: no such file or directory, uv_cwd', 'pm2-cwd-deleted', ''],
  [
    'Node 20',
    'Error: ENOENT: process.cwd failed with error no such file or directory, the current working directory was likely removed without changing the working directory, uv_cwd',
    'pm2-cwd-deleted',
    '',
  ],
  [
    'Next.js 14',
    'You are using Node.js 18.12.0. For Next.js, Node.js version >= v18.17.0 is required.',
    'node-version-too-old',
    '18.12.0',
  ],
  [
    'Next.js 15',
    'You are using Node.js 18.12.0. For Next.js, Node.js version "^18.18.0 || ^19.8.0 || >= 20.0.0" is required.',
    'node-version-too-old',
    '18.12.0',
  ],
  [
    'Next.js 16',
    'You are using Node.js 18.20.4. For Next.js, Node.js version ">=20.9.0" is required.',
    'node-version-too-old',
    '18.20.4',
  ],
  [
    'npm',
    'Invalid project directory provided, no such directory: /srv/web/3001',
    'pm2-port-args-swallowed',
    '/srv/web/3001',
  ],
  [
    'Next.js 9 to 11',
    "Error: Could not find a valid build in the '/srv/web/.next' directory! Try building your app with 'next build' before starting the server.",
    'next-build-missing',
    '/srv/web/.next',
  ],
  [
    'Next.js 12',
    "Error: Could not find a production build in the '/srv/web/.next' directory. Try building your app with 'next build' before starting the production server. https://nextjs.org/docs/messages/production-start-no-build-id",
    'next-build-missing',
    '/srv/web/.next',
  ],
  [
    'Next.js 13',
    "[Error: ENOENT: no such file or directory, open '/srv/web/.next/BUILD_ID'] {",
    'next-build-missing',
    '/srv/web/.next/BUILD_ID',
  ],
  [
    'Next.js 14',
    "Error: Could not find a production build in the '.next' directory. Try building your app with 'next build' before starting the production server. https://nextjs.org/docs/messages/production-start-no-build-id",
    'next-build-missing',
    '.next',
  ],
  [
    'Next.js 15',
    "[Error: Could not find a production build in the '.next' directory. Try building your app with 'next build' before starting the production server. https://nextjs.org/docs/messages/production-start-no-build-id]",
    'next-build-missing',
    '.next',
  ],
  [
    'Next.js 12',
    "Error: Cannot find module '/srv/web/.next/prerender-manifest.json'",
    'next-build-incomplete',
    '/srv/web/.next/prerender-manifest.json',
  ],
  [
    'Next.js 15',
    "[Error: ENOENT: no such file or directory, open '/srv/web/.next/prerender-manifest.json'] {",
    'next-build-incomplete',
    '/srv/web/.next/prerender-manifest.json',
  ],
  [
    'Next.js 13 to 16',
    "[Error: ENOENT: no such file or directory, scandir '/srv/web/.next/static'] {",
    'next-build-incomplete',
    '/srv/web/.next/static',
  ],
  [
    'Next.js 14',
    "Error: Cannot find module '/srv/web/.next/server/pages-manifest.json'",
    'next-build-incomplete',
    '/srv/web/.next/server/pages-manifest.json',
  ],
  [
    'Next.js 14, distDir renamed',
    "Error: ENOENT: no such file or directory, open '/srv/web/build/app-path-routes-manifest.json'",
    'next-build-incomplete',
    '/srv/web/build/app-path-routes-manifest.json',
  ],
  [
    'Next.js 14',
    'Error: "next start" does not work with "output: export" configuration. Use "npx serve@latest out" instead.',
    'next-start-with-export',
    '',
  ],
  ['Node', "Error: Cannot find module 'express'", 'module-not-found', 'express'],
  [
    'Node, a file of the app itself',
    "Error: Cannot find module '/srv/web/server/settings'",
    'module-not-found',
    '/srv/web/server/settings',
  ],
  [
    'Node, ESM',
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'express' imported from /srv/web/server.mjs",
    'module-not-found',
    'express',
  ],
  ['dash', 'sh: 1: next: not found', 'module-not-found', 'next'],
  ['busybox', 'sh: next: not found', 'module-not-found', 'next'],
  ['bash 4', 'sh: next: command not found', 'module-not-found', 'next'],
  ['bash 5', 'sh: line 1: next: command not found', 'module-not-found', 'next'],
  ['Next.js 12', 'Error: listen EADDRINUSE: address already in use 0.0.0.0:3000', 'eaddrinuse', '3000'],
  ['Next.js 13 to 16', 'Error: listen EADDRINUSE: address already in use :::3000', 'eaddrinuse', '3000'],
  ['Node 20', 'Error: listen EACCES: permission denied 0.0.0.0:80', 'privileged-port', '80'],
  [
    'Node',
    'Error: listen EADDRNOTAVAIL: address not available 10.9.9.9:3000',
    'app-listen-addr-invalid',
    '10.9.9.9:3000',
  ],
  ['a check of its own', 'Error: Missing required environment variable: DATABASE_URL', 'env-missing', 'DATABASE_URL'],
  ['a check of its own', 'Error: Missing env var API_KEY', 'env-missing', 'API_KEY'],
  ['a check of its own', 'Error: DATABASE_URL is not defined', 'env-missing', 'DATABASE_URL'],
  ['a check of its own', 'Error: DATABASE_URL must be set', 'env-missing', 'DATABASE_URL'],
  ['a check of its own', 'Error: Environment variable TOKEN is required', 'env-missing', 'TOKEN'],
  ['envalid', ' Missing environment variables:', 'env-missing', ''],
  ['t3-env', '❌ Invalid environment variables: [', 'env-missing', ''],
  [
    'env-var',
    'EnvVarError: env-var: "DATABASE_URL" is a required variable, but it was not set',
    'env-missing',
    'DATABASE_URL',
  ],
  ['Prisma', 'error: Environment variable not found: DATABASE_URL.', 'env-missing', 'DATABASE_URL'],
  [
    "Next.js' example for MongoDB",
    'Error: Please define the MONGODB_URI environment variable inside .env.local',
    'env-missing',
    'MONGODB_URI',
  ],
  [
    'openai',
    'OpenAIError: The OPENAI_API_KEY environment variable is missing or empty; either provide it, or instantiate the OpenAI client with an apiKey option.',
    'env-missing',
    'OPENAI_API_KEY',
  ],
  ['jsonwebtoken', 'Error: secretOrPrivateKey must have a value', 'env-missing', ''],
  ['next-auth', '[next-auth][error][NO_SECRET] ', 'env-missing', ''],
  ['pg', 'Error: connect ECONNREFUSED 127.0.0.1:5432', 'db-unreachable-crash', '127.0.0.1:5432'],
  [
    'mongoose',
    'MongooseServerSelectionError: connect ECONNREFUSED 127.0.0.1:27017',
    'db-unreachable-crash',
    '127.0.0.1:27017',
  ],
  [
    'prisma migrate',
    "Error: P1001: Can't reach database server at `localhost:5432`",
    'db-unreachable-crash',
    'localhost:5432',
  ],
  ['Prisma', "Can't reach database server at `db.internal:5432`", 'db-unreachable-crash', 'db.internal:5432'],
  ['pg', 'error: password authentication failed for user "web"', 'db-unreachable-crash', ''],
]

describe('what a dying app says', () => {
  it.each(messages)('%s: %s', (_, message, cause, name) => {
    expect(told(message)).toEqual([cause, name])
  })

  it('is one error with the lines around that a signature wants', () => {
    const shell = ['while [ -h "$SOURCE" ]; do', '      ^', 'SyntaxError: Unexpected token [']
    expect(crashOf(shell)).toMatchObject({ cause: 'pm2-shell-script-as-js', isCertain: true })
  })

  it('is its own error where no known cause is named; the frame of its own code is quoted with it', () => {
    const lines = [
      "TypeError: Cannot read properties of undefined (reading 'secret')",
      '    at Module._compile (node:internal/modules/cjs/loader:1469:14)',
      '    at Object.<anonymous> (/srv/web/server.js:3:41)',
      'Node.js v20.20.2',
    ]
    const source = '/home/deploy/.pm2/logs/classrooom-error.log'
    expect(crashOf(lines)).toEqual({
      cause: 'app-crash-uncaught',
      name: "TypeError: Cannot read properties of undefined (reading 'secret')",
      evidence: [
        { source, text: "TypeError: Cannot read properties of undefined (reading 'secret')" },
        { source, text: 'at Object.<anonymous> (/srv/web/server.js:3:41)' },
      ],
      isCertain: true,
    })
  })

  it.each([
    'Error: ENOSPC: System limit for number of file watchers reached, watch /srv/web',
    'Error: listen EADDRINUSE: address already in use /run/web.sock',
    'Error: listen EACCES: permission denied /run/web.sock',
    'Error: supabaseUrl is required.',
    'Error: EMFILE: too many open files, watch',
  ])('is not taken for more than it says: %s', (message) => {
    expect(told(message)).toEqual(['app-crash-uncaught', message])
  })

  it.each([
    '⚠ "next start" does not work with "output: standalone" configuration. Use "node .next/standalone/server.js" instead.',
    ' ⚠ You are using a non-standard "NODE_ENV" value in your environment.',
    "(node:812) Warning: Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections insecure",
    '   - Environments: .env.production',
    'GET /errors/TypeError 200 in 12ms',
  ])('is no crash where it is only a warning: %s', (message) => {
    expect(told(message)).toBeUndefined()
  })
})

describe('several lines of one life', () => {
  it('the reason comes before what follows from it', () => {
    expect(told('Error: ENOSPC: no space left on device, write', "Error: Cannot find module 'express'")).toEqual([
      'disk-full',
      '',
    ])
  })

  it('a reason further up than eight lines is of an earlier life', () => {
    const frames = Array.from({ length: 8 }, (_, index) => `    at step${index} (/srv/web/server.js:${index}:1)`)
    expect(
      told('Error: ENOSPC: no space left on device, write', ...frames, "Error: Cannot find module 'express'"),
    ).toEqual(['module-not-found', 'express'])
  })

  it('the time before a line is none of its words', () => {
    expect(told('2026-03-01T11:59:59: TypeError: boom')).toEqual(['app-crash-uncaught', 'TypeError: boom'])
  })
})

describe('what is past', () => {
  const busy = ['Error: listen EADDRINUSE: address already in use :::3000']

  it('a log that was last written before the last start proves nothing', () => {
    expect(crashOf(busy, { modifiedMs: startedMs - 4_000 })).toBeUndefined()
    expect(crashOf(busy, { modifiedMs: startedMs - 2_000 })?.cause).toBe('eaddrinuse')
  })

  it('nor does one of which it is not known when it was written, or that is absent', () => {
    expect(crashOf(busy, { modifiedMs: null })).toBeUndefined()
    expect(crashOf(busy, { exists: false })).toBeUndefined()
  })

  it('nor does a line that was written before the last start, in a log that is written now', () => {
    const line = (secondsAgo: number, text: string) => ({ atMs: nowMs - secondsAgo * 1000, text })
    const stale = [line(600, 'Error: listen EADDRINUSE: address already in use :::3000'), line(1, 'a warning of now')]
    const fresh = [line(600, 'a warning of then'), line(30, 'Error: listen EADDRINUSE: address already in use :::3000')]
    expect(crashOf([], { lines: stale })).toBeUndefined()
    expect(crashOf([], { lines: fresh })?.cause).toBe('eaddrinuse')
  })

  it('nor does a line before the last banner of the output log', () => {
    const stream = 'out'
    expect(crashOf([...busy, '> next start', ' ✓ Ready in 300ms'], { stream })).toBeUndefined()
    expect(crashOf(['> next start', ...busy], { stream })?.cause).toBe('eaddrinuse')
  })

  it('nor does a line before the last forty', () => {
    expect(crashOf([...busy, ...Array.from({ length: 40 }, () => 'a warning')])).toBeUndefined()
  })
})

it('reads the error log before the output log, in which an error of its own may be a page', () => {
  const out = errorLog(["Error: Cannot find module 'express'"], { stream: 'out', path: '/out.log' })
  const error = errorLog(['Error: connect ECONNREFUSED 127.0.0.1:5432'])
  const app = makeApp({ instances: [pm2App({ startedMs })] })
  expect(findCrash({ ...app, logs: [out, error] }, facts)?.cause).toBe('db-unreachable-crash')
  expect(findCrash({ ...app, logs: [out] }, facts)?.evidence).toEqual([
    { source: '/out.log', text: "Error: Cannot find module 'express'" },
  ])
  expect(findCrash({ ...app, logs: [errorLog(['TypeError: boom'], { stream: 'out' })] }, facts)).toBeUndefined()
})

describe('a line without a time', () => {
  const missing = 'Error: Missing required environment variable: DATABASE_URL'
  const warning = '(node:812) DeprecationWarning: punycode is deprecated'
  const errored = pm2App({ startedMs, status: 'errored', pid: 0 })

  function crashIn(lines: readonly string[], instance = errored) {
    const apps = [instance]
    const host = makeFacts({ pm2: pm2(daemon({ apps })) })
    return findCrash(makeApp({ instances: apps, logs: [errorLog(lines)] }), host)
  }

  it('is of the last life where nothing was said after it, but its own stack', () => {
    const rest = ['    at Object.<anonymous> (/srv/web/server.js:3:41)', '', 'Node.js v20.20.2', 'npm error code 1']
    expect(crashIn([missing, ...rest])).toMatchObject({ cause: 'env-missing', isCertain: true })
  })

  it('is of the last life where the list of those that asked for the module follows', () => {
    const stack = ['Require stack:', '- /srv/web/server.js', '    at Module._resolveFilename (node:internal/…)']
    expect(crashIn(["Error: Cannot find module 'express'", ...stack])).toMatchObject({ isCertain: true })
  })

  it('may be of an earlier life where others follow', () => {
    expect(crashIn([missing, warning])).toMatchObject({ cause: 'env-missing', isCertain: false })
  })

  it('is of the last life where one before it has a time that says so', () => {
    const log = errorLog([warning, missing, warning])
    const lines = log.lines.map((line, index) => (index === 0 ? { ...line, atMs: nowMs - 1000 } : line))
    const app = makeApp({ instances: [errored], logs: [{ ...log, lines }] })
    expect(findCrash(app, facts)?.isCertain).toBe(true)
  })

  it('right before the start of one that lives is of the former', () => {
    const online = [pm2App({ startedMs })]
    const at = (modifiedMs: number) => makeApp({ instances: online, logs: [errorLog([missing], { modifiedMs })] })
    expect(findCrash(at(startedMs - 1), facts)).toBeUndefined()
    expect(findCrash(at(startedMs + 1000), facts)?.cause).toBe('env-missing')
  })

  it('does not speak of a life that has not ended', () => {
    const online = pm2App({ startedMs: nowMs - 3_600_000 })
    expect(crashIn([missing, warning], online)).toBeUndefined()
    expect(crashIn([missing], online)?.cause).toBe('env-missing')
  })
})

it.each([
  [
    'Next.js 15',
    [' ⨯ Failed to start server', '[Error: getaddrinfo EAI_AGAIN web7.internal] {', '  errno: -3001,'],
    'app-listen-addr-invalid',
  ],
  [
    'Node 20',
    [
      'Error: getaddrinfo ENOTFOUND web7.internal',
      '    at GetAddrInfoReqWrap.onlookup [as oncomplete] (node:dns:111:26)',
      "Emitted 'error' event on Server instance at:",
    ],
    'app-listen-addr-invalid',
  ],
  [
    'a database',
    ['Error: getaddrinfo ENOTFOUND web7.internal', '    at TCPConnectWrap (/srv/web/db.js:3:1)'],
    'app-crash-uncaught',
  ],
])('a name that is not found is an address to listen on only where a server says so: %s', (_, lines, cause) => {
  expect(told(...lines)?.[0]).toBe(cause)
})

it('what the present life has said is found among all of it, and nothing of a former one', () => {
  const warning = '⚠ "next start" does not work with "output: standalone" configuration.'
  const app = (lines: string[]) => makeApp({ instances: [pm2App({ startedMs })], logs: [errorLog(lines)] })
  expect(findSaid(app([warning]), facts, /output: standalone/)?.text).toBe(warning)
  expect(findSaid(app([warning, 'something else']), facts, /output: standalone/)).toBeUndefined()
})

it('what it has said before pm2 calls it online is of the present life, in the whole second of its process', () => {
  const warning = '⚠ "next start" does not work with "output: standalone" configuration.'
  const startedMs = Math.floor(nowMs / 1000) * 1000 - 60_000 + 102
  const instances = [pm2App({ startedMs, pid: 4711 })]
  const begun = (begunMs: number) => {
    const log = errorLog([warning, 'listening'], { modifiedMs: startedMs - 1102 })
    const lines = log.lines.map((line) => ({ ...line, atMs: startedMs - 1102 }))
    const processes = [webProcess({ pid: 4711, startedMs: begunMs })]
    return makeApp({ instances, processes, logs: [{ ...log, lines }] })
  }
  expect(findSaid(begun(startedMs - 600), facts, /output: standalone/)?.text).toBe(warning)
  expect(findSaid(begun(startedMs), facts, /output: standalone/)).toBeUndefined()
})
