import appManagedElsewhere from './app-managed-elsewhere.js'
import pm2AppErrored from './pm2-app-errored.js'
import pm2AppMissing from './pm2-app-missing.js'
import pm2AppStopped from './pm2-app-stopped.js'
import pm2AutorestartOffExited from './pm2-autorestart-off-exited.js'
import pm2ClusterConfigAsArg from './pm2-cluster-config-as-arg.js'
import pm2ClusterNpm from './pm2-cluster-npm.js'
import pm2CrashLoop from './pm2-crash-loop.js'
import pm2DaemonNotRunning from './pm2-daemon-not-running.js'
import pm2DaemonUnresponsive from './pm2-daemon-unresponsive.js'
import pm2DumpMissingOrEmpty from './pm2-dump-missing-or-empty.js'
import pm2EcosystemInvalid from './pm2-ecosystem-invalid.js'
import pm2HomeMismatch from './pm2-home-mismatch.js'
import pm2HomePermission from './pm2-home-permission.js'
import pm2InterpreterRegressionBunPath from './pm2-interpreter-regression-bun-path.js'
import pm2LaunchingStuck from './pm2-launching-stuck.js'
import pm2MemoryRestartLoop from './pm2-memory-restart-loop.js'
import pm2OnlineNoPid from './pm2-online-no-pid.js'
import pm2PortArgsSwallowed from './pm2-port-args-swallowed.js'
import pm2RestartWindow from './pm2-restart-window.js'
import pm2ShellScriptAsJs from './pm2-shell-script-as-js.js'
import pm2StaleReleasePath from './pm2-stale-release-path.js'
import pm2StartupMissing from './pm2-startup-missing.js'
import pm2TwoDaemons from './pm2-two-daemons.js'
import pm2UnitFailed from './pm2-unit-failed.js'
import pm2VersionSkew from './pm2-version-skew.js'
import pm2WaitingRestart from './pm2-waiting-restart.js'
import pm2WatchLoop from './pm2-watch-loop.js'

export default [
  appManagedElsewhere,
  pm2AppErrored,
  pm2AppMissing,
  pm2AppStopped,
  pm2AutorestartOffExited,
  pm2ClusterConfigAsArg,
  pm2ClusterNpm,
  pm2CrashLoop,
  pm2DaemonNotRunning,
  pm2DaemonUnresponsive,
  pm2DumpMissingOrEmpty,
  pm2EcosystemInvalid,
  pm2HomeMismatch,
  pm2HomePermission,
  pm2InterpreterRegressionBunPath,
  pm2LaunchingStuck,
  pm2MemoryRestartLoop,
  pm2OnlineNoPid,
  pm2PortArgsSwallowed,
  pm2RestartWindow,
  pm2ShellScriptAsJs,
  pm2StaleReleasePath,
  pm2StartupMissing,
  pm2TwoDaemons,
  pm2UnitFailed,
  pm2VersionSkew,
  pm2WaitingRestart,
  pm2WatchLoop,
]
