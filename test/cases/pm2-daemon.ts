import { deadFacts } from '../support/broken.js'
import { hostFacts, processes, services, servingFacts, unit, unseen, webProcess } from '../support/facts.js'
import { pm2Of } from './pm2-sections.js'
import type { PublicCases } from './public-case.js'

/** An unit of pm2 that failed, and nothing of pm2 lives. */
const failedUnit = (overrides: Parameters<typeof unit>[0]) =>
  deadFacts({
    pm2: pm2Of(),
    services: services([
      unit({
        ...{ name: 'pm2-deploy.service', role: 'pm2', type: 'forking', program: '/usr/lib/node_modules/pm2/bin/pm2' },
        ...{ command: 'pm2 resurrect', activeState: 'failed', subState: 'failed', mainPid: null, activeMs: null },
        ...overrides,
      }),
    ]),
  })

/** pm2 itself: its daemon, its folder, what starts it. */
export default {
  48: {
    thread: 'Unitech/pm2#3866',
    cause: 'oom-killed-daemon',
    grade: 'consequence',
    lacks: "the kernel's line",
    host: () => deadFacts({ pm2: pm2Of({ pid: null, saved: ['classrooom'] }), 'kernel-log': unseen('the kernel log') }),
  },
  52: {
    thread: 'Unitech/pm2#4647',
    cause: 'pm2-daemon-not-running',
    grade: 'right',
    host: () =>
      deadFacts({
        pm2: pm2Of({
          pid: null,
          saved: ['classrooom'],
          log: [
            'FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory',
          ],
        }),
      }),
  },
  53: {
    thread: 'Unitech/pm2#2653',
    cause: 'pm2-dump-missing-or-empty',
    grade: 'unknown',
    lacks: 'any trace of the app on the host: the inventory would name it',
    host: () => deadFacts({ pm2: pm2Of({ apps: [], saved: [] }) }),
  },
  55: {
    thread: 'Unitech/pm2#1508',
    cause: 'pm2-home-mismatch',
    grade: 'unknown',
    lacks: 'a fault: every app runs, and each pm2 is found by its process',
    isUp: true,
    host: () =>
      servingFacts({ pm2: pm2Of({ user: 'root', home: '/etc/.pm2', apps: [{}] }, { user: 'root', pid: 3100 }) }),
  },
  56: {
    thread: 'Unitech/pm2#2446',
    cause: 'pm2-home-mismatch',
    grade: 'unknown',
    lacks: 'a fault: every app runs, and each pm2 is found by its process',
    isUp: true,
    host: () => servingFacts({ pm2: pm2Of({ user: 'root', apps: [{}] }, { user: 'felix', pid: null }) }),
  },
  57: {
    thread: 'Unitech/pm2#992',
    cause: 'pm2-home-mismatch',
    grade: 'unknown',
    lacks: 'a fault: the app runs, under whichever pm2',
    isUp: true,
    host: () =>
      servingFacts({
        pm2: pm2Of({ apps: [] }, { user: 'www-data', home: '/var/www/.pm2', pid: null }),
        processes: processes(
          webProcess({ name: 'node', args: 'node /srv/node/pse/source/app.js', ppid: 1, pm2App: null }),
        ),
      }),
  },
  58: {
    thread: 'Unitech/pm2#487',
    cause: 'pm2-home-permission',
    grade: 'unknown',
    lacks: 'which app did not start for it, and whether pm2 lived',
    host: () =>
      deadFacts({
        pm2: pm2Of({ user: 'nodejs', facts: ['writable asked', 'unwritable root /home/nodejs/.pm2/pids'] }),
      }),
  },
  60: {
    thread: 'appleboy/ssh-action#55',
    cause: 'pm2-not-in-path',
    grade: 'unknown',
    lacks: 'a fault of the host: only the shell of a deployment finds no pm2',
    isUp: true,
    host: () => servingFacts(),
  },
  65: {
    thread: 'Unitech/pm2#2723',
    cause: 'pm2-startup-missing',
    grade: 'consequence',
    lacks: 'what was to start pm2 at boot',
    host: () =>
      deadFacts({
        host: hostFacts({ uptimeSeconds: 900 }),
        pm2: pm2Of({ user: 'ubuntu', pid: null, facts: ['project /home/ubuntu/API'] }),
      }),
  },
  66: {
    thread: 'Unitech/pm2#1150',
    cause: 'pm2-two-daemons',
    grade: 'unknown',
    lacks: 'a fault: the apps of the dead pm2 go on',
    isUp: true,
    host: () =>
      servingFacts({
        host: hostFacts({ memoryTotalBytes: 490 * 2 ** 20, memoryAvailableBytes: 58 * 2 ** 20 }),
        pm2: pm2Of({ apps: [] }),
        processes: processes(webProcess({ ppid: 1 })),
      }),
  },
  67: {
    thread: 'Unitech/pm2#1654',
    cause: 'pm2-unit-failed',
    grade: 'right',
    host: () => failedUnit({ result: 'timeout', exit: { how: 'killed', status: 15 } }),
  },
  68: {
    thread: 'Unitech/pm2#3115',
    cause: 'pm2-unit-failed',
    grade: 'right',
    host: () =>
      failedUnit({ name: 'pm2-ops.service', user: 'ops', result: 'exit-code', exit: { how: 'exited', status: 217 } }),
  },
  69: {
    thread: 'Unitech/pm2#5966',
    cause: 'pm2-unit-failed',
    grade: 'right',
    // What systemd calls a start that leaves no pid file.
    host: () => failedUnit({ user: 'root', result: 'protocol' }),
  },
} satisfies PublicCases
