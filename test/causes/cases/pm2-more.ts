import { deadFacts, dyingFacts } from '../../support/broken.js'
import { defineCases } from '../../support/cases.js'
import { daemon, pm2, servingFacts } from '../../support/facts.js'
import { pm2App } from '../../support/record.js'

/** Causes of what pm2 is told, and how it takes it: most are flagged on a recording of the lab. */
export default defineCases({
  'oom-killed-daemon': { not: 'ops/pm2-daemon-not-running', unknown: 'guest/oom-killed-daemon' },
  'pm2-autorestart-off-exited': { not: 'ops/pm2-app-stopped' },
  'pm2-cluster-config-as-arg': {
    // What Next.js 15.5 said under pm2-runtime 7.0.4.
    flags: () =>
      dyingFacts(["[Error: ENOTDIR: not a directory, open '/home/deploy/classrooom/pm2.json/.next/BUILD_ID'] {"]),
    not: 'ops/next-build-missing',
  },
  'pm2-cluster-npm': { not: 'ops/eaddrinuse-other-app' },
  'pm2-ecosystem-invalid': { not: 'ops/pm2-app-deleted' },
  'pm2-home-permission': { not: 'ops/pm2-unit-failed', unknown: 'guest/pm2-home-permission' },
  'pm2-interpreter-regression-bun-path': {
    // What Python said under pm2 6.0.14.
    flags: () =>
      dyingFacts([
        '  File "/usr/lib/node_modules/pm2/lib/ProcessContainerForkBun.js", line 29',
        "    // Change some values to make node think that the user's application",
        '                                                          ^',
        'SyntaxError: unterminated string literal (detected at line 29)',
      ]),
    not: () => dyingFacts(['  File "/srv/web/app.py", line 3', '    print(', "SyntaxError: '(' was never closed"]),
  },
  'pm2-launching-stuck': { not: 'ops/no-listener' },
  'pm2-memory-restart-loop': { not: 'ops/oom-killed-app' },
  'pm2-restart-window': { not: 'ops/pm2-app-stopped' },
  'pm2-shell-script-as-js': {
    not: () => dyingFacts(['/srv/web/server.js:3', 'const a = ;', 'SyntaxError: Unexpected token']),
  },
  'pm2-stale-release-path': { not: () => deadFacts({ pm2: pm2(daemon({ apps: [pm2App({ pid: null })] })) }) },
  'pm2-two-daemons': { not: 'topologies/root-pm2-too' },
  'pm2-version-skew': {
    flags: 'ops/pm2-version-skew',
    not: () => servingFacts({ pm2: pm2(daemon({ apps: [pm2App()], version: '7.0.1', commandVersion: '7.0.4' })) }),
  },
  'pm2-waiting-restart': { not: 'ops/app-crash-loop' },
  'pm2-watch-loop': { not: 'ops/app-crash-loop' },
})
