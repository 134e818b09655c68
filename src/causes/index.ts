import appCrashUncaught from './app-crash-uncaught.js'
import appHung from './app-hung.js'
import appListenAddrInvalid from './app-listen-addr-invalid.js'
import appManagedElsewhere from './app-managed-elsewhere.js'
import appOnGatewayPort from './app-on-gateway-port.js'
import appServes5xx from './app-serves-5xx.js'
import appServiceFailed from './app-service-failed.js'
import appServiceStopped from './app-service-stopped.js'
import appStarting from './app-starting.js'
import dbUnreachableCrash from './db-unreachable-crash.js'
import type { Cause } from './define.js'
import diskFull from './disk-full.js'
import eaddrinuseOrphan from './eaddrinuse-orphan.js'
import eaddrinuseOtherApp from './eaddrinuse-other-app.js'
import envMissing from './env-missing.js'
import firewallDropGatewayApp from './firewall-drop-gateway-app.js'
import firewallRejectGatewayApp from './firewall-reject-gateway-app.js'
import gatewayBootDnsRace from './gateway-boot-dns-race.js'
import gatewayCertUnreadable from './gateway-cert-unreadable.js'
import gatewayConfigInvalid from './gateway-config-invalid.js'
import gatewayConfigInvalidOldRunning from './gateway-config-invalid-old-running.js'
import gatewayDown from './gateway-down.js'
import gatewayNotReloaded from './gateway-not-reloaded.js'
import gatewayPortTaken from './gateway-port-taken.js'
import gatewayTimeoutTooShort from './gateway-timeout-too-short.js'
import headerTooBig from './header-too-big.js'
import heapOom from './heap-oom.js'
import hostMemoryExhausted from './host-memory-exhausted.js'
import hostNotFoundInUpstream from './host-not-found-in-upstream.js'
import inodesExhausted from './inodes-exhausted.js'
import localhostIpv6Mismatch from './localhost-ipv6-mismatch.js'
import moduleNotFound from './module-not-found.js'
import nextBuildIncomplete from './next-build-incomplete.js'
import nextBuildMissing from './next-build-missing.js'
import nextDirPermission from './next-dir-permission.js'
import nextHostnameBind from './next-hostname-bind.js'
import nextStartWithExport from './next-start-with-export.js'
import noListener from './no-listener.js'
import nodeVersionTooOld from './node-version-too-old.js'
import oomKilledApp from './oom-killed-app.js'
import pm2AppErrored from './pm2-app-errored.js'
import pm2AppMissing from './pm2-app-missing.js'
import pm2AppStopped from './pm2-app-stopped.js'
import pm2CrashLoop from './pm2-crash-loop.js'
import pm2CwdDeleted from './pm2-cwd-deleted.js'
import pm2DaemonNotRunning from './pm2-daemon-not-running.js'
import pm2DaemonUnresponsive from './pm2-daemon-unresponsive.js'
import pm2DumpMissingOrEmpty from './pm2-dump-missing-or-empty.js'
import pm2HomeMismatch from './pm2-home-mismatch.js'
import pm2OnlineNoPid from './pm2-online-no-pid.js'
import pm2PortArgsSwallowed from './pm2-port-args-swallowed.js'
import pm2StartupMissing from './pm2-startup-missing.js'
import pm2StartupStalePath from './pm2-startup-stale-path.js'
import pm2UnitFailed from './pm2-unit-failed.js'
import portEnvMismatch from './port-env-mismatch.js'
import privilegedPort from './privileged-port.js'
import proxyLoop from './proxy-loop.js'
import proxyPortMismatch from './proxy-port-mismatch.js'
import publicPortBlocked from './public-port-blocked.js'
import readonlyFs from './readonly-fs.js'
import resolverMissing from './resolver-missing.js'
import resolverUnreachable from './resolver-unreachable.js'
import siteNotEnabled from './site-not-enabled.js'
import systemdOompolicyKillsPm2 from './systemd-oompolicy-kills-pm2.js'
import tlsToPlainUpstream from './tls-to-plain-upstream.js'
import unixSocketMissing from './unix-socket-missing.js'
import unixSocketPermission from './unix-socket-permission.js'
import upstreamAllMarkedDown from './upstream-all-marked-down.js'
import wrapperAliveChildDead from './wrapper-alive-child-dead.js'

/** Every cause. Adding one is a file in this folder and its line here. */
export const causes: readonly Cause[] = [
  appCrashUncaught,
  appHung,
  appListenAddrInvalid,
  appManagedElsewhere,
  appOnGatewayPort,
  appServes5xx,
  appServiceFailed,
  appServiceStopped,
  appStarting,
  dbUnreachableCrash,
  diskFull,
  eaddrinuseOrphan,
  eaddrinuseOtherApp,
  envMissing,
  firewallDropGatewayApp,
  firewallRejectGatewayApp,
  gatewayBootDnsRace,
  gatewayCertUnreadable,
  gatewayConfigInvalid,
  gatewayConfigInvalidOldRunning,
  gatewayDown,
  gatewayNotReloaded,
  gatewayPortTaken,
  gatewayTimeoutTooShort,
  headerTooBig,
  heapOom,
  hostMemoryExhausted,
  hostNotFoundInUpstream,
  inodesExhausted,
  localhostIpv6Mismatch,
  moduleNotFound,
  nextBuildIncomplete,
  nextBuildMissing,
  nextDirPermission,
  nextHostnameBind,
  nextStartWithExport,
  noListener,
  nodeVersionTooOld,
  oomKilledApp,
  pm2AppErrored,
  pm2AppMissing,
  pm2AppStopped,
  pm2CrashLoop,
  pm2CwdDeleted,
  pm2DaemonNotRunning,
  pm2DaemonUnresponsive,
  pm2DumpMissingOrEmpty,
  pm2HomeMismatch,
  pm2OnlineNoPid,
  pm2PortArgsSwallowed,
  pm2StartupMissing,
  pm2StartupStalePath,
  pm2UnitFailed,
  portEnvMismatch,
  privilegedPort,
  proxyLoop,
  proxyPortMismatch,
  publicPortBlocked,
  readonlyFs,
  resolverMissing,
  resolverUnreachable,
  siteNotEnabled,
  systemdOompolicyKillsPm2,
  tlsToPlainUpstream,
  unixSocketMissing,
  unixSocketPermission,
  upstreamAllMarkedDown,
  wrapperAliveChildDead,
]
