import { deadFacts } from '../support/broken.js'
import { failed, gatewayAnswer, http, nowMs, processes, servingFacts, unseen, webProcess } from '../support/facts.js'
import { nginxTo } from './gateway-sections.js'
import { errored, pm2Of } from './pm2-sections.js'
import type { PublicCases } from './public-case.js'
import { appLog } from './sections.js'

/** What pm2 was told of an app. */
export default {
  49: {
    thread: 'vercel/next.js#41011',
    cause: 'pm2-cluster-config-as-arg',
    grade: 'consequence',
    lacks: "the app's own line: the thread tells in its own words which file it looked for",
    host: () =>
      deadFacts({
        pm2: pm2Of({
          apps: [
            { ...errored, mode: 'cluster_mode', script: '/srv/app/node_modules/next/dist/bin/next', args: ['start'] },
          ],
        }),
      }),
  },
  50: {
    thread: 'Unitech/pm2#5771',
    cause: 'pm2-cluster-npm',
    grade: 'right',
    // pm2 makes a command of a script with blanks; no log says what becomes of it.
    host: () => {
      const words = { script: '/usr/bin/bash', args: ['-c', 'env-cmd -f .env.prd next start'] }
      const app = { ...errored, ...words, exitCode: 0, name: 'mall-front', mode: 'cluster_mode', instances: 3 }
      return deadFacts({
        pm2: pm2Of({
          apps: [app, app, app],
          log: [
            'App [mall-front:1] exited with code [0] via signal [SIGINT]',
            'App [mall-front:1] starting in -cluster mode-',
            'App name:mall-front id:2 disconnected',
            'App [mall-front:2] exited with code [0] via signal [SIGINT]',
          ],
        }),
      })
    },
  },
  54: {
    thread: 'Unitech/pm2#5953',
    cause: 'pm2-ecosystem-invalid',
    grade: 'consequence',
    lacks: 'that this Node.js cannot require an ES module: the probe takes one for good, as newer ones can',
    host: () => deadFacts({ pm2: pm2Of({ facts: ['project /home/deploy/classrooom'] }) }),
  },
  59: {
    thread: 'dgraph-io/dgraph-lambda#4',
    cause: 'pm2-memory-restart-loop',
    grade: 'right',
    isUp: true,
    // With a limit below what it needs at once, it comes every half a minute.
    host: () => {
      const said =
        '[PM2][WORKER] Process 2 restarted because it exceeds --max-memory-restart value (current_memory=46522368 max_memory_limit=33554432 [octets])'
      return servingFacts({ pm2: pm2Of({ apps: [{ id: 2, maxMemory: 33_554_432 }], log: [said, said] }) })
    },
  },
  61: {
    thread: 'Unitech/pm2#5666',
    cause: 'pm2-online-no-pid',
    grade: 'right',
    host: () => deadFacts({ pm2: pm2Of({ apps: [{ name: 'serverjs', pid: null, started: nowMs }] }) }),
  },
  62: {
    thread: 'Unitech/pm2#5805',
    cause: 'pm2-port-args-swallowed',
    grade: 'unknown',
    lacks: 'what next said of its arguments, and what pm2 says of the app',
    host: () =>
      deadFacts({
        nginx: nginxTo('http://127.0.0.1:3001'),
        http: http(failed('refused', { port: 3001 }), gatewayAnswer({ status: 502 })),
        pm2: pm2Of({
          apps: [{ name: 'app2', script: '/usr/bin/npm', args: ['start', 'Port', '3001'], port: undefined }],
        }),
        processes: unseen('the processes'),
      }),
  },
  63: {
    thread: 'adafruit/nprone-cli#8',
    cause: 'pm2-shell-script-as-js',
    grade: 'right',
    host: () =>
      deadFacts({
        pm2: pm2Of({ apps: [{ ...errored, script: '/usr/local/bin/nprone' }] }),
        'app-logs': appLog([
          '/usr/local/bin/nprone:5',
          'while [ -h "$SOURCE" ]; do # resolve $SOURCE until it is no longer a link',
          '      ^',
          'SyntaxError: Unexpected token [',
        ]),
      }),
  },
  64: {
    thread: 'vercel/next.js#4455',
    cause: 'pm2-stale-release-path',
    grade: 'right',
    isUp: true,
    host: () =>
      servingFacts({
        pm2: pm2Of({
          apps: [
            {
              cwd: '/srv/web/releases/1',
              release: {
                ...{ link: '/srv/web/current', leadsTo: '/srv/web/releases/2' },
                ...{ linked: nowMs - 3_600_000, folder: '/srv/web/releases/1' },
              },
            },
          ],
        }),
      }),
  },
  70: {
    thread: 'Unitech/pm2#3158',
    cause: 'pm2-watch-loop',
    grade: 'consequence',
    lacks: 'what pm2 said of it: pm2-dev writes no pm2.log',
    host: () =>
      deadFacts({
        pm2: pm2Of({ apps: [{ watch: true, restarts: 40, started: nowMs - 4000 }] }),
        processes: processes(webProcess()),
      }),
  },
  71: {
    thread: 'cezerin/cezerin#350',
    cause: 'pm2-watch-loop',
    grade: 'unknown',
    lacks: 'that it goes on: the thread quotes one change',
    host: () =>
      deadFacts({
        pm2: pm2Of({
          apps: [{ name: 'api', pid: 43, status: 'stopping', watch: true }],
          log: ['Change detected on path src/api/server/lib for app api - restarting'],
        }),
      }),
  },
} satisfies PublicCases
