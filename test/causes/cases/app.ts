import { deadFacts, dyingFacts } from '../../support/broken.js'
import { defineCases } from '../../support/cases.js'
import { daemon, listener, listeners, nowMs, pm2, processes, webProcess } from '../../support/facts.js'
import { buildFacts, pm2App } from '../../support/record.js'

const inUse = (port: number) => dyingFacts([`Error: listen EADDRINUSE: address already in use :::${port}`])

/** Causes of the app's own process, its environment and its build. */
export default defineCases({
  'app-crash-uncaught': { not: 'ops/env-missing' },
  'app-hung': { not: 'ops/no-listener' },
  'app-on-gateway-port': {
    flags: () => ({
      ...inUse(80),
      listeners: listeners(listener({ port: 80, pids: [700], processName: 'nginx', uid: 0 })),
      processes: processes(webProcess({ pid: 700, name: 'nginx', args: 'nginx: master process', pm2App: null })),
    }),
    not: 'ops/eaddrinuse-other-app',
  },
  'app-serves-5xx': { not: 'ops/app-crash-at-start' },
  'app-service-failed': { not: 'ops/app-service-stopped' },
  'app-service-stopped': { not: 'ops/app-service-failed' },
  'app-starting': {
    flags: () => deadFacts({ pm2: pm2(daemon({ apps: [pm2App({ startedMs: nowMs - 4000 })] })) }),
    not: 'ops/app-crash-loop',
  },
  'eaddrinuse-orphan': { not: 'ops/eaddrinuse-other-app' },
  'eaddrinuse-other-app': { not: 'ops/eaddrinuse-orphan' },
  'privileged-port': {
    flags: () => dyingFacts(['Error: listen EACCES: permission denied 0.0.0.0:80']),
    not: () => dyingFacts(["Error: EACCES: permission denied, open '/home/deploy/classrooom/cache'"]),
  },
  'wrapper-alive-child-dead': {
    flags: () =>
      deadFacts({
        pm2: pm2(daemon({ apps: [pm2App({ startedMs: nowMs - 3_600_000 })] })),
        processes: processes(webProcess({ name: 'npm', args: 'npm start' })),
      }),
    not: 'ops/proxy-port-mismatch',
  },

  'app-listen-addr-invalid': {
    flags: () => dyingFacts(['Error: listen EADDRNOTAVAIL: address not available 10.9.9.9:3000']),
    not: () => dyingFacts(['Error: connect ECONNREFUSED 10.9.9.9:5432']),
  },
  'db-unreachable-crash': {
    flags: () => dyingFacts(['Error: connect ECONNREFUSED 127.0.0.1:5432']),
    not: 'ops/app-serves-5xx',
  },
  'env-missing': { not: 'ops/app-crash-at-start' },
  'node-version-too-old': {
    flags: () =>
      dyingFacts([
        'You are using Node.js 18.12.0. For Next.js, Node.js version "^18.18.0 || ^19.8.0 || >= 20.0.0" is required.',
      ]),
    not: 'ops/module-not-found',
  },
  'pm2-startup-stale-path': { not: 'ops/pm2-unit-failed' },
  'port-env-mismatch': { flags: 'topologies/two-build-port', not: 'ops/proxy-port-mismatch' },

  'module-not-found': { not: 'ops/next-build-incomplete' },
  'next-build-incomplete': { not: 'ops/next-build-missing' },
  'next-build-missing': { not: 'ops/next-dir-permission' },
  'next-dir-permission': { not: 'ops/next-build-missing' },
  'next-start-with-export': {
    flags: () =>
      dyingFacts(['Error: "next start" does not work with "output: export" configuration.'], {
        builds: buildFacts({ isExport: true }),
      }),
    not: 'ops/next-build-missing',
  },
  'pm2-cwd-deleted': {
    flags: () => dyingFacts(['Error: ENOENT: no such file or directory, uv_cwd']),
    not: 'ops/next-build-missing',
  },
})
