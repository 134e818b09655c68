import { dyingFacts, logged } from '../../support/broken.js'
import { defineCases } from '../../support/cases.js'
import { daemon, nowMs, pm2, pm2Log, processes, servingFacts, webProcess } from '../../support/facts.js'
import { pm2App } from '../../support/record.js'

/** An app that has grown to 1.5 GiB on a host of 2 GiB. */
const grown = (...log: Parameters<typeof pm2Log>) =>
  servingFacts({
    pm2: pm2(daemon({ apps: [pm2App({ startedMs: nowMs - 3_600_000 })], log: pm2Log(...log) })),
    processes: processes(webProcess({ rssBytes: 1.5 * 2 ** 30 })),
  })

const waitsFor = (path: string) =>
  servingFacts({
    'nginx-errors': logged(
      'response-timeout',
      `upstream timed out (110: Connection timed out) while reading response header from upstream, request: "GET ${path} HTTP/1.1"`,
    ),
  })

/** Causes of how an app dies, is built and is started: what `app.ts` does not have. */
export default defineCases({
  'native-addon-crash': { not: 'ops/oom-killed-app' },
  'app-malformed-response': { not: 'ops/tls-to-plain-upstream' },
  'app-fd-limit': { not: 'ops/app-hung' },
  'app-leak-degrades': {
    flags: () =>
      grown(
        [50_000, 'App [classrooom:0] exited with code [0] via signal [SIGABRT]'],
        [3_600, 'App [classrooom:0] exited with code [0] via signal [SIGABRT]'],
      ),
    not: () => grown([3_600, 'App [classrooom:0] exited with code [0] via signal [SIGINT]']),
  },
  'next-build-oom-killed': { not: 'ops/next-build-missing' },
  'next-dev-build-clobbered': { not: 'ops/next-dev-in-production' },
  'next-rebuild-in-place': { not: 'ops/env-changed-after-start' },
  'next-start-with-standalone': { flags: 'ops/next-start-with-standalone', not: 'ops/next-standalone-incomplete' },
  'next-standalone-incomplete': { not: 'ops/module-not-found' },
  'next-dev-in-production': { not: 'ops/next-dev-build-clobbered' },
  'deps-other-node-abi': { not: 'ops/module-not-found' },
  'prisma-client-not-generated': { not: 'ops/module-not-found' },
  'esm-cjs-mismatch': { not: () => dyingFacts(["SyntaxError: Unexpected token '??='"]) },
  'node-or-npm-missing': { not: () => dyingFacts(['sh: 1: next: not found']) },
  'image-optimizer-hang': {
    flags: () => waitsFor('/_next/image?url=%2Fa.png&w=640&q=75'),
    not: () => waitsFor('/report'),
  },
  'env-changed-after-start': { not: 'ops/next-rebuild-in-place' },
})
