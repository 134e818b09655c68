import appBindsLoopbackRemoteGateway from './app-binds-loopback-remote-gateway.js'
import cdnOriginError from './cdn-origin-error.js'
import conntrackFull from './conntrack-full.js'
import dnsPointsElsewhere from './dns-points-elsewhere.js'
import ephemeralPortsExhausted from './ephemeral-ports-exhausted.js'
import firewallDropGatewayApp from './firewall-drop-gateway-app.js'
import firewallRejectGatewayApp from './firewall-reject-gateway-app.js'
import ipv6ListenMissing from './ipv6-listen-missing.js'
import ipv6PortBlocked from './ipv6-port-blocked.js'
import listenBacklogOverflow from './listen-backlog-overflow.js'
import networkBetweenHosts from './network-between-hosts.js'
import publicPortBlocked from './public-port-blocked.js'
import upstreamHostBroken from './upstream-host-broken.js'

export default [
  appBindsLoopbackRemoteGateway,
  cdnOriginError,
  conntrackFull,
  dnsPointsElsewhere,
  ephemeralPortsExhausted,
  firewallDropGatewayApp,
  firewallRejectGatewayApp,
  ipv6ListenMissing,
  ipv6PortBlocked,
  listenBacklogOverflow,
  networkBetweenHosts,
  publicPortBlocked,
  upstreamHostBroken,
]
