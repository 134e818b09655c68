import { deadFacts, dyingFacts } from '../../support/broken.js'
import { defineCases } from '../../support/cases.js'
import { daemon, pm2, savedApp } from '../../support/facts.js'

/** Causes of pm2 itself and of what it says of an app. */
export default defineCases({
  'app-managed-elsewhere': { not: 'ops/pm2-app-deleted' },
  'pm2-app-errored': { flags: 'ops/app-crash-at-start', not: 'ops/pm2-app-stopped' },
  'pm2-app-missing': {
    flags: () => deadFacts({ pm2: pm2(daemon({ saved: [savedApp()] })) }),
    not: 'ops/pm2-app-deleted',
  },
  'pm2-app-stopped': { not: 'ops/app-crash-loop' },
  'pm2-crash-loop': { flags: 'ops/app-crash-loop', not: 'ops/app-crash-at-start' },
  'pm2-daemon-not-running': { not: 'topologies/pm2-sigstop' },
  'pm2-daemon-unresponsive': { flags: 'topologies/pm2-sigstop', not: 'ops/pm2-daemon-not-running' },
  'pm2-dump-missing-or-empty': { not: 'ops/pm2-app-stopped' },
  'pm2-home-mismatch': { flags: 'topologies/root-pm2-too', not: 'ops/eaddrinuse-other-app' },
  'pm2-online-no-pid': { not: 'ops/pm2-app-stopped' },
  'pm2-port-args-swallowed': {
    flags: () => dyingFacts(['Invalid project directory provided, no such directory: /home/deploy/classrooom/3001']),
    not: 'ops/proxy-port-mismatch',
  },
  'pm2-startup-missing': { not: 'ops/pm2-daemon-not-running' },
  'pm2-unit-failed': { not: 'ops/pm2-startup-missing' },
})
