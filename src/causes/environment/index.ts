import appListenAddrInvalid from './app-listen-addr-invalid.js'
import dbUnreachableCrash from './db-unreachable-crash.js'
import envMissing from './env-missing.js'
import nodeVersionTooOld from './node-version-too-old.js'
import pm2StartupStalePath from './pm2-startup-stale-path.js'
import portEnvMismatch from './port-env-mismatch.js'

export default [
  appListenAddrInvalid,
  dbUnreachableCrash,
  envMissing,
  nodeVersionTooOld,
  pm2StartupStalePath,
  portEnvMismatch,
]
