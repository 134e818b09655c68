import type { Facts } from '../../../src/probes/index.js'
import { defineCases } from '../../support/cases.js'
import {
  answer,
  failed,
  gatewayAnswer,
  http,
  known,
  listener,
  listeners,
  nginx,
  nowMs,
  processes,
  proxy,
  servingFacts,
  site,
  webProcess,
} from '../../support/facts.js'

type LogFacts = Extract<Facts['nginx-errors'], { known: true }>['value']

/** What nginx's log says, a moment ago, of the app at 127.0.0.1:3000. */
export function logged(
  kind: LogFacts['kinds'][number]['kind'],
  sample: string,
  overrides: Partial<LogFacts['kinds'][number]> & Pick<Partial<LogFacts>, 'selinux' | 'names'> = {},
): Facts['nginx-errors'] {
  const { selinux, names, ...rest } = overrides
  const entry = {
    kind,
    level: 'error',
    errno: null,
    phase: null,
    upstream: 'http://127.0.0.1:3000',
    server: 'classrooom.test',
    count: 3,
    countLastHour: 3,
    firstMs: nowMs - 60_000,
    lastMs: nowMs - 1000,
    sample,
    ...rest,
  }
  const files = [{ path: '/var/log/nginx/error.log', exists: true, sizeBytes: 900, modifiedMs: nowMs }]
  return known({ files, kinds: [entry], emergencies: [], ...(selinux && { selinux }), ...(names && { names }) })
}

const denied = '[crit] 9#9: *1 connect() to 127.0.0.1:3000 failed (13: Permission denied) while connecting to upstream'

/** SELinux on a host of Red Hat, and nginx that may not connect. */
export function deniedFacts(selinux: LogFacts['selinux']): Facts {
  return servingFacts({
    http: http(answer(), gatewayAnswer({ status: 502 })),
    'nginx-errors': logged('connect-denied', denied, { errno: 13, ...(selinux && { selinux }) }),
  })
}

export const dockerProxy = (hostPort: number, port: number) =>
  webProcess({
    pid: 900,
    ppid: 1,
    uid: 0,
    user: 'root',
    name: 'docker-proxy',
    args: `/usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port ${hostPort} -container-ip 172.17.0.2 -container-port ${port}`,
    cwd: null,
    pm2App: null,
  })

const published = (port: number) => listener({ port, pids: [900], processName: 'docker-proxy', uid: 0 })

/** The container's port 3000 is 3001 of the host, and nginx dials 3000. */
export const otherPortFacts = () =>
  servingFacts({
    nginx: nginx([site({ locations: [proxy('http://127.0.0.1:3000')] })]),
    pm2: known({ installed: false, daemons: [] }),
    builds: known({ builds: [] }),
    listeners: listeners(published(3001)),
    processes: processes(dockerProxy(3001, 3000)),
    http: http(failed('refused'), answer({ port: 3001 }), gatewayAnswer({ status: 502 })),
  })

/** Docker takes what comes to 3000, and the app in the container listens on its own loopback only. */
export const nobodyInsideFacts = () =>
  servingFacts({
    pm2: known({ installed: false, daemons: [] }),
    builds: known({ builds: [] }),
    listeners: listeners(published(3000)),
    processes: processes(dockerProxy(3000, 3000)),
    http: http(failed('reset'), gatewayAnswer({ status: 502 })),
  })

/** More causes of gateways, and of their certificates; most are shown by the hosts of the lab. */
export default defineCases({
  'cert-expired': { not: 'ops/tls-healthy' },
  'cert-renewed-not-reloaded': { not: 'ops/cert-expired' },
  'conflicting-server-name': { not: 'ops/wrong-server-block' },
  'docker-port-mapping': { flags: otherPortFacts, not: 'ops/proxy-port-mismatch' },
  'gateway-bind-addr-missing': { not: 'ops/gateway-boot-dns-race' },
  'gateway-deliberate-503': { not: 'ops/app-serves-5xx' },
  'gateway-healthcheck-wrong': { not: 'ops/haproxy-app-stopped' },
  'gateway-in-container-localhost': { not: 'ops/no-listener' },
  'gateway-reload-silently-failed': { not: 'ops/gateway-config-invalid-old-running' },
  'gateway-temp-path-permission': { not: 'ops/disk-full' },
  'keepalive-race': { not: 'ops/plain-to-tls-upstream' },
  'nginx-fd-limit': { not: 'ops/nginx-worker-connections' },
  'nginx-stale-upstream-ip': { not: 'ops/proxy-target-wrong-host' },
  'nginx-worker-connections': { not: 'ops/nginx-fd-limit' },
  'nginx-worker-crash': { not: 'ops/nginx-fd-limit' },
  'plain-to-tls-upstream': { not: 'ops/upstream-cert-verify' },
  'proxy-module-missing': { not: 'ops/apache-app-stopped' },
  'proxy-target-wrong-host': { not: 'ops/firewall-drop-gateway-app' },
  'selinux-connect-denied': {
    flags: () => deniedFacts({ isEnforcing: true, mayConnect: false }),
    not: () => deniedFacts({ isEnforcing: true, mayConnect: true }),
    unknown: () => deniedFacts({ isEnforcing: true, mayConnect: null }),
  },
  'two-gateways': { not: 'ops/haproxy-before-nginx' },
  'upstream-cert-verify': { not: 'ops/tls-to-plain-upstream' },
  'upstream-pool-tripped': { flags: 'topologies/upstream-both-dead', not: 'topologies/upstream-all-down' },
  'wrong-server-block': { not: 'ops/site-not-enabled' },
})
