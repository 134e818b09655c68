import gatewayBootDnsRace from './gateway-boot-dns-race.js'
import gatewayCertUnreadable from './gateway-cert-unreadable.js'
import gatewayConfigInvalid from './gateway-config-invalid.js'
import gatewayConfigInvalidOldRunning from './gateway-config-invalid-old-running.js'
import gatewayDown from './gateway-down.js'
import gatewayNotReloaded from './gateway-not-reloaded.js'
import gatewayPortTaken from './gateway-port-taken.js'
import gatewayTimeoutTooShort from './gateway-timeout-too-short.js'
import headerTooBig from './header-too-big.js'
import hostNotFoundInUpstream from './host-not-found-in-upstream.js'
import proxyLoop from './proxy-loop.js'
import resolverMissing from './resolver-missing.js'
import resolverUnreachable from './resolver-unreachable.js'
import siteNotEnabled from './site-not-enabled.js'
import tlsToPlainUpstream from './tls-to-plain-upstream.js'
import unixSocketPermission from './unix-socket-permission.js'
import upstreamAllMarkedDown from './upstream-all-marked-down.js'

export default [
  gatewayBootDnsRace,
  gatewayCertUnreadable,
  gatewayConfigInvalid,
  gatewayConfigInvalidOldRunning,
  gatewayDown,
  gatewayNotReloaded,
  gatewayPortTaken,
  gatewayTimeoutTooShort,
  headerTooBig,
  hostNotFoundInUpstream,
  proxyLoop,
  resolverMissing,
  resolverUnreachable,
  siteNotEnabled,
  tlsToPlainUpstream,
  unixSocketPermission,
  upstreamAllMarkedDown,
]
