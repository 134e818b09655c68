import appListenAddrInvalid from './app-listen-addr-invalid.js'
import dbUnreachableCrash from './db-unreachable-crash.js'
import envChangedAfterStart from './env-changed-after-start.js'
import envMissing from './env-missing.js'
import esmCjsMismatch from './esm-cjs-mismatch.js'
import imageOptimizerHang from './image-optimizer-hang.js'
import nodeOrNpmMissing from './node-or-npm-missing.js'
import nodeVersionTooOld from './node-version-too-old.js'
import pm2StartupStalePath from './pm2-startup-stale-path.js'
import portEnvMismatch from './port-env-mismatch.js'

export default [
  appListenAddrInvalid,
  dbUnreachableCrash,
  envChangedAfterStart,
  envMissing,
  esmCjsMismatch,
  imageOptimizerHang,
  nodeOrNpmMissing,
  nodeVersionTooOld,
  pm2StartupStalePath,
  portEnvMismatch,
]
