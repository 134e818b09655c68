import certExpired from './cert-expired.js'
import certRenewedNotReloaded from './cert-renewed-not-reloaded.js'
import conflictingServerName from './conflicting-server-name.js'
import gatewayBindAddrMissing from './gateway-bind-addr-missing.js'
import gatewayBootDnsRace from './gateway-boot-dns-race.js'
import gatewayCertUnreadable from './gateway-cert-unreadable.js'
import gatewayConfigInvalid from './gateway-config-invalid.js'
import gatewayConfigInvalidOldRunning from './gateway-config-invalid-old-running.js'
import gatewayDeliberate503 from './gateway-deliberate-503.js'
import gatewayDown from './gateway-down.js'
import gatewayHealthcheckWrong from './gateway-healthcheck-wrong.js'
import gatewayInContainerLocalhost from './gateway-in-container-localhost.js'
import gatewayNotReloaded from './gateway-not-reloaded.js'
import gatewayPortTaken from './gateway-port-taken.js'
import gatewayReloadSilentlyFailed from './gateway-reload-silently-failed.js'
import gatewayTempPathPermission from './gateway-temp-path-permission.js'
import gatewayTimeoutTooShort from './gateway-timeout-too-short.js'
import headerTooBig from './header-too-big.js'
import hostNotFoundInUpstream from './host-not-found-in-upstream.js'
import keepaliveRace from './keepalive-race.js'
import nginxFdLimit from './nginx-fd-limit.js'
import nginxStaleUpstreamIp from './nginx-stale-upstream-ip.js'
import nginxWorkerConnections from './nginx-worker-connections.js'
import nginxWorkerCrash from './nginx-worker-crash.js'
import plainToTlsUpstream from './plain-to-tls-upstream.js'
import proxyLoop from './proxy-loop.js'
import proxyModuleMissing from './proxy-module-missing.js'
import proxyTargetWrongHost from './proxy-target-wrong-host.js'
import resolverMissing from './resolver-missing.js'
import resolverUnreachable from './resolver-unreachable.js'
import selinuxConnectDenied from './selinux-connect-denied.js'
import siteNotEnabled from './site-not-enabled.js'
import tlsToPlainUpstream from './tls-to-plain-upstream.js'
import twoGateways from './two-gateways.js'
import unixSocketPermission from './unix-socket-permission.js'
import upstreamAllMarkedDown from './upstream-all-marked-down.js'
import upstreamCertVerify from './upstream-cert-verify.js'
import upstreamNotRetried from './upstream-not-retried.js'
import upstreamPoolTripped from './upstream-pool-tripped.js'
import wrongServerBlock from './wrong-server-block.js'

export default [
  certExpired,
  certRenewedNotReloaded,
  conflictingServerName,
  gatewayBindAddrMissing,
  gatewayBootDnsRace,
  gatewayCertUnreadable,
  gatewayConfigInvalid,
  gatewayConfigInvalidOldRunning,
  gatewayDeliberate503,
  gatewayDown,
  gatewayHealthcheckWrong,
  gatewayInContainerLocalhost,
  gatewayNotReloaded,
  gatewayPortTaken,
  gatewayReloadSilentlyFailed,
  gatewayTempPathPermission,
  gatewayTimeoutTooShort,
  headerTooBig,
  hostNotFoundInUpstream,
  keepaliveRace,
  nginxFdLimit,
  nginxStaleUpstreamIp,
  nginxWorkerConnections,
  nginxWorkerCrash,
  plainToTlsUpstream,
  proxyLoop,
  proxyModuleMissing,
  proxyTargetWrongHost,
  resolverMissing,
  resolverUnreachable,
  selinuxConnectDenied,
  siteNotEnabled,
  tlsToPlainUpstream,
  twoGateways,
  unixSocketPermission,
  upstreamAllMarkedDown,
  upstreamCertVerify,
  upstreamNotRetried,
  upstreamPoolTripped,
  wrongServerBlock,
]
