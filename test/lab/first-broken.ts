import type { EdgeId } from '../../src/path/request-path.js'
import type { Fault } from './faults/fault.js'

type FirstBroken = EdgeId | undefined | readonly (EdgeId | undefined)[]

/**
 * By the name of a host, or by its cause; undefined where no link is broken: only some requests fail, or none does yet. A
 * list where it hangs on the moment: of a queue that overflows, the one request straight to the app may be let in or not.
 */
const firstBroken: Readonly<Record<string, FirstBroken>> = {
  'gateway-down': 'gateway',
  'gateway-boot-dns-race': 'gateway',
  'app-managed-elsewhere': undefined,
  'gateway-config-invalid': 'gateway',
  'gateway-config-invalid-old-running': 'site',
  'public-port-blocked': 'entrance',
  'eaddrinuse-orphan': 'process',
  'eaddrinuse-other-app': 'process',
  'app-hung': 'answer',
  'ephemeral-ports-exhausted': 'answer',
  'listen-backlog-overflow': [undefined, 'answer'],
  'app-serves-5xx': 'answer',
  'tls-to-plain-upstream': 'answer',
  'upstream-all-marked-down': 'site',
  'site-not-enabled': undefined,
  'app-fails-sometimes': 'answer',
  'cluster-worker-fails': 'answer',
  'app-fd-limit': 'answer',
  'app-malformed-response': undefined,
  'app-replaced': 'process',
  'env-changed-after-start': undefined,
  'next-rebuild-in-place': undefined,
  'next-dev-in-production': 'build',
  'gateway-reload-silently-failed': undefined,
  'nginx-stale-upstream-ip': 'answer',
  'wrong-server-block': undefined,
  'plain-to-tls-upstream': 'answer',
  'upstream-cert-verify': undefined,
  'gateway-deliberate-503': undefined,
  'gateway-temp-path-permission': undefined,
  'keepalive-race': undefined,
  'gateway-bind-addr-missing': 'gateway',
  'nginx-fd-limit': undefined,
  'nginx-worker-connections': undefined,
  'nginx-worker-crash': undefined,
  'cert-expired': undefined,
  'cert-expires-soon': undefined,
  'cert-renewed-not-reloaded': undefined,
  'gateway-healthcheck-wrong': undefined,
  'proxy-module-missing': undefined,
  'two-gateways': undefined,
  'gateway-in-container-localhost': undefined,
  'pm2-two-daemons': 'process',
  'pm2-release-old': undefined,
  'pm2-cluster-npm': undefined,
  'pm2-memory-loop': undefined,
  'pm2-restarted-lately': undefined,
  'pm2-log-of-root': undefined,
  'caddy-not-reloaded': undefined,
}

/** Where a request may first meet the fault: mostly at the target, where the gateway finds nobody. */
export function firstBrokenOf({ name, cause }: Fault): readonly (EdgeId | undefined)[] {
  if (name in firstBroken) return [firstBroken[name]].flat()
  return cause !== null && cause in firstBroken ? [firstBroken[cause]].flat() : ['target']
}
