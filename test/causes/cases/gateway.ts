import { deadFacts, logged } from '../../support/broken.js'
import { defineCases } from '../../support/cases.js'
import {
  answer,
  failed,
  gatewayAnswer,
  http,
  listener,
  listeners,
  nginx,
  processes,
  proxy,
  servingFacts,
  site,
  webProcess,
} from '../../support/facts.js'

/** nginx dials another host, and this is what comes of it. */
const elsewhere = (failure: 'unreachable' | 'refused') =>
  servingFacts({
    nginx: nginx([site({ locations: [proxy('http://10.0.0.2:3000')] })]),
    http: http(failed(failure, { address: '10.0.0.2' }), gatewayAnswer({ status: 502 })),
  })

/** Causes of the network, the gateway, and of what it dials. */
export default defineCases({
  'firewall-drop-gateway-app': { not: 'topologies/upstream-both-dead' },
  'firewall-reject-gateway-app': {
    flags: () => elsewhere('unreachable'),
    not: () => elsewhere('refused'),
  },
  'public-port-blocked': { not: 'ops/firewall-drop-app' },
  'gateway-boot-dns-race': { not: 'topologies/host-not-found' },
  'gateway-cert-unreadable': { flags: 'topologies/cert-missing', not: 'ops/gateway-config-invalid' },
  'gateway-config-invalid': { not: 'topologies/cert-missing' },
  'gateway-config-invalid-old-running': { not: 'ops/gateway-config-invalid' },
  'gateway-down': { not: 'ops/gateway-config-invalid-old-running' },
  'gateway-not-reloaded': { flags: 'topologies/conf-d-v6', not: 'ops/gateway-config-invalid-old-running' },
  'gateway-port-taken': { flags: 'topologies/port80-node', not: 'ops/gateway-down' },
  'gateway-timeout-too-short': {
    flags: () =>
      servingFacts({
        'nginx-errors': logged('response-timeout', 'upstream timed out (110: Connection timed out) while reading …'),
      }),
    not: 'ops/app-hung',
  },
  'header-too-big': {
    flags: () =>
      servingFacts({
        'nginx-errors': logged('header-too-big', 'upstream sent too big header while reading response header …'),
      }),
    not: 'ops/app-serves-5xx',
  },
  'host-not-found-in-upstream': { flags: 'topologies/host-not-found', not: 'topologies/variable-noresolver' },
  'proxy-loop': { flags: 'topologies/proxy-loop', not: 'ops/app-serves-5xx' },
  'resolver-missing': { flags: 'topologies/variable-noresolver', not: 'topologies/host-not-found' },
  'resolver-unreachable': {
    flags: () =>
      servingFacts({
        http: http(answer(), gatewayAnswer({ status: 502 })),
        'nginx-errors': logged('name-not-resolved', 'app.internal could not be resolved (3: Host not found)', {
          upstream: null,
        }),
      }),
    not: 'topologies/variable-noresolver',
  },
  'site-not-enabled': { not: 'ops/gateway-down' },
  'tls-to-plain-upstream': { not: 'ops/app-serves-5xx' },
  'unix-socket-permission': { flags: 'topologies/unix-denied', not: 'ops/unix-socket-missing' },
  'upstream-all-marked-down': { not: 'topologies/upstream-both-dead' },
  'localhost-ipv6-mismatch': { not: 'ops/no-listener' },
  'next-hostname-bind': {
    flags: () =>
      deadFacts({ listeners: listeners(listener({ address: '10.0.0.1' })), processes: processes(webProcess()) }),
    not: 'ops/proxy-port-mismatch',
  },
  'no-listener': { not: 'ops/app-hung' },
  'proxy-port-mismatch': { not: 'ops/no-listener' },
  'unix-socket-missing': { not: 'topologies/unix-denied' },
})
