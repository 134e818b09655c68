import { deadFacts } from '../support/broken.js'
import {
  answer,
  failed,
  gatewayAnswer,
  http,
  nginx,
  nowMs,
  processes,
  servingFacts,
  unseen,
  webProcess,
} from '../support/facts.js'
import { buildFacts } from '../support/record.js'
import { haproxyTo, nginxTo } from './gateway-sections.js'
import { errored, pm2Of } from './pm2-sections.js'
import type { PublicCases } from './public-case.js'
import { appLog, row, ss } from './sections.js'

/** pm2 has given the app up, and this is what it said last. */
const died = (lines: readonly string[], overrides: Parameters<typeof deadFacts>[0] = {}) =>
  deadFacts({ pm2: pm2Of({ apps: [errored] }), 'app-logs': appLog(lines), ...overrides })

/** The app itself, its environment, its modules. */
export default {
  1: {
    thread: 'JavaScriptSolidServer/JavaScriptSolidServer#138',
    cause: 'app-crash-uncaught',
    grade: 'right',
    host: () =>
      deadFacts({
        nginx: nginx([], { installed: false, running: false }),
        haproxy: haproxyTo('127.0.0.1:3000 check'),
        http: http(failed('refused'), gatewayAnswer({ status: 502, hostHeader: null })),
        pm2: pm2Of({ apps: [{ restarts: 953, started: nowMs - 2000 }] }),
        'app-logs': appLog([
          'Error: read ECONNRESET',
          '    at TCP.onStreamRead (node:internal/stream_base_commons:217:20) {',
          "  code: 'ECONNRESET',",
          "  syscall: 'read'",
          '}',
        ]),
      }),
  },
  2: {
    thread: 'sockjs/sockjs-node#94',
    cause: 'app-fd-limit',
    grade: 'right',
    host: () =>
      servingFacts({
        http: http(failed('reset'), gatewayAnswer({ status: 502 })),
        pm2: pm2Of({ apps: [{}] }),
        'app-logs': appLog(['Error: accept EMFILE', '    at TCP.onconnection (net.js:1241:24)']),
      }),
  },
  3: {
    thread: 'nodejs/help#804',
    cause: 'app-leak-degrades',
    grade: 'unknown',
    lacks: 'what the app uses, and any word of it',
    host: () =>
      servingFacts({
        http: http(gatewayAnswer({ status: 502 })),
        listeners: unseen('the listening sockets'),
        processes: unseen('the processes'),
        pm2: pm2Of({ apps: [{}] }),
        'app-logs': appLog([]),
      }),
  },
  9: {
    thread: 'Unitech/pm2#6084',
    cause: 'eaddrinuse-orphan',
    grade: 'right',
    host: () =>
      deadFacts({
        nginx: nginxTo('http://127.0.0.1:3002'),
        pm2: pm2Of({ apps: [{ ...errored, name: 'my-app', port: '3002' }] }),
        'app-logs': appLog(['Error: listen EADDRINUSE: address already in use :::3002'], { app: 'my-app' }),
        listeners: ss(row('*:3002', 'next-server (v1', 5120)),
        processes: processes(webProcess({ pid: 5120, ppid: 1, pm2App: 'my-app' })),
        http: unseen('requests'),
      }),
  },
  10: {
    thread: 'Unitech/pm2#4344',
    cause: 'env-missing',
    grade: 'unknown',
    lacks: 'a word of the app: it goes on without the variable',
    isUp: true,
    host: () => servingFacts({ pm2: pm2Of({ apps: [{}] }) }),
  },
  32: {
    thread: 'Unitech/pm2#2220',
    cause: 'module-not-found',
    grade: 'right',
    host: () => died(["Error: Cannot find module 'cryptlib'"], { builds: buildFacts({ isNext: false }) }),
  },
  33: {
    thread: 'verekia/js-stack-from-scratch#227',
    cause: 'module-not-found',
    grade: 'right',
    host: () =>
      deadFacts({
        builds: buildFacts({ isNext: false }),
        pm2: pm2Of({
          apps: [{ name: 'server', pid: 53_589, restarts: 105, started: nowMs }],
          // As pm2 2 wrote it.
          log: ['App [server] with id [0] and pid [53508], exited with code [1] via signal [SIGINT]'],
        }),
        'app-logs': appLog(["Error: Cannot find module './db.json'"], { app: 'server' }),
      }),
  },
  39: {
    thread: 'vercel/next.js#53171',
    cause: 'next-hostname-bind',
    grade: 'consequence',
    lacks: 'which address the app listens on',
    host: () =>
      servingFacts({
        listeners: unseen('the listening sockets'),
        pm2: pm2Of({ apps: [{}] }),
        'app-logs': appLog(['ready started server on e68ae5711fa3:3000, url: http://e68ae5711fa3:3000'], {
          stream: 'out',
        }),
        http: http(answer({ status: 500 }), gatewayAnswer({ status: 500 })),
      }),
  },
  47: {
    thread: 'Unitech/pm2#4787',
    cause: 'node-version-too-old',
    grade: 'unknown',
    lacks: 'a fault: nothing says that the app needs the newer one',
    isUp: true,
    host: () => servingFacts({ pm2: pm2Of({ apps: [{ node: '10.19.0' }] }) }),
  },
  51: {
    thread: 'Unitech/pm2#1623',
    cause: 'pm2-cwd-deleted',
    grade: 'consequence',
    lacks: "a log of the app's own: what a worker of a cluster dies of so early stands without a time in pm2.log",
    host: () => deadFacts({ pm2: pm2Of({ apps: [{ ...errored, mode: 'cluster_mode' }] }), 'app-logs': appLog([]) }),
  },
  72: {
    thread: 'prisma/orm#23759',
    cause: 'prisma-client-not-generated',
    grade: 'right',
    host: () =>
      died([
        'Error: @prisma/client did not initialize yet. Please run "prisma generate" and try to import it again.',
        '    at Object.<anonymous> (/home/deploy/.nvm/versions/node/v18.19.0/lib/node_modules/pm2/lib/ProcessContainerFork.js:33:23)',
      ]),
  },
} satisfies PublicCases
