import appManagedElsewhere from './app-managed-elsewhere.js'
import pm2AppErrored from './pm2-app-errored.js'
import pm2AppMissing from './pm2-app-missing.js'
import pm2AppStopped from './pm2-app-stopped.js'
import pm2CrashLoop from './pm2-crash-loop.js'
import pm2DaemonNotRunning from './pm2-daemon-not-running.js'
import pm2DaemonUnresponsive from './pm2-daemon-unresponsive.js'
import pm2DumpMissingOrEmpty from './pm2-dump-missing-or-empty.js'
import pm2HomeMismatch from './pm2-home-mismatch.js'
import pm2OnlineNoPid from './pm2-online-no-pid.js'
import pm2PortArgsSwallowed from './pm2-port-args-swallowed.js'
import pm2StartupMissing from './pm2-startup-missing.js'
import pm2UnitFailed from './pm2-unit-failed.js'

export default [
  appManagedElsewhere,
  pm2AppErrored,
  pm2AppMissing,
  pm2AppStopped,
  pm2CrashLoop,
  pm2DaemonNotRunning,
  pm2DaemonUnresponsive,
  pm2DumpMissingOrEmpty,
  pm2HomeMismatch,
  pm2OnlineNoPid,
  pm2PortArgsSwallowed,
  pm2StartupMissing,
  pm2UnitFailed,
]
