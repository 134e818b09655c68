import { deadFacts } from '../support/broken.js'
import { answer, gatewayAnswer, http, processes, servingFacts, unseen, webProcess } from '../support/facts.js'
import { buildFacts } from '../support/record.js'
import { errored, pm2Of } from './pm2-sections.js'
import type { PublicCases } from './public-case.js'
import { appLog } from './sections.js'

/** pm2 has given the app up, and this is what it said last. */
const died = (lines: readonly string[], overrides: Parameters<typeof deadFacts>[0] = {}) =>
  deadFacts({ pm2: pm2Of({ apps: [errored] }), 'app-logs': appLog(lines), ...overrides })

const unbuilt = { buildId: null, missing: ['BUILD_ID'] }

/** The build of the app. */
export default {
  34: {
    thread: 'stonith404/pingvin-share#555',
    cause: 'next-build-missing',
    grade: 'right',
    host: () =>
      deadFacts({
        builds: buildFacts(unbuilt),
        pm2: pm2Of({ apps: [{ ...errored, name: 'pingvin-share-frontend', restarts: 174 }] }),
        'app-logs': appLog(
          [
            "Error: Could not find a production build in the '.next' directory. Try building your app with 'next build' before starting the production server.",
          ],
          { app: 'pingvin-share-frontend' },
        ),
      }),
  },
  35: {
    thread: 'vercel/next.js#3071',
    cause: 'next-build-oom-killed',
    grade: 'consequence',
    lacks: "the kernel's word on it; 137 is in the output of the build only",
    host: () =>
      deadFacts({
        builds: buildFacts(unbuilt),
        pm2: pm2Of({ apps: [errored] }),
        'kernel-log': unseen('the kernel log'),
      }),
  },
  36: {
    thread: 'vercel/next.js#70174',
    cause: 'next-build-oom-killed',
    grade: 'consequence',
    lacks: "the kernel's word on it",
    host: () =>
      deadFacts({
        builds: buildFacts(unbuilt),
        pm2: pm2Of({ apps: [errored] }),
        'kernel-log': unseen('the kernel log'),
      }),
  },
  37: {
    thread: 'vercel/next.js#1014',
    cause: 'next-dev-build-clobbered',
    grade: 'right',
    host: () =>
      died(["Error: Could not find a valid build in the '.next' directory! Try building your app with 'next build'"], {
        builds: buildFacts({ ...unbuilt, isDevBuild: true }),
      }),
  },
  38: {
    thread: 'vercel/next.js#8908',
    cause: 'next-dir-permission',
    grade: 'right',
    host: () =>
      died(["Error: EACCES: permission denied, unlink '/home/deploy/classrooom/.next/server/pages-manifest.json'"]),
  },
  40: {
    thread: 'Unitech/pm2#5299',
    cause: 'next-rebuild-in-place',
    grade: 'right',
    host: () =>
      servingFacts({
        builds: buildFacts(unbuilt),
        pm2: pm2Of({ apps: [0, 1, 2, 3].map(() => ({ mode: 'cluster_mode', instances: 4 })) }),
        processes: processes(
          webProcess({}),
          webProcess({
            pid: 6000,
            ppid: 1,
            name: 'node',
            args: 'node /home/deploy/classrooom/node_modules/.bin/next build',
            pm2App: null,
          }),
        ),
        http: http(gatewayAnswer({ status: 502 })),
      }),
  },
  41: {
    thread: 'vercel/next.js#36583',
    cause: 'next-rebuild-in-place',
    grade: 'consequence',
    lacks: 'when the build was made, and when the app was started',
    host: () =>
      servingFacts({
        pm2: pm2Of({ apps: [{}] }),
        'app-logs': appLog(["Error: Cannot find module '/home/panel/panel/.next/server/pages/_error.js'"]),
        http: http(answer({ status: 500 }), gatewayAnswer({ status: 500 })),
      }),
  },
} satisfies PublicCases
