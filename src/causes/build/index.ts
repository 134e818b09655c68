import moduleNotFound from './module-not-found.js'
import nextBuildIncomplete from './next-build-incomplete.js'
import nextBuildMissing from './next-build-missing.js'
import nextDirPermission from './next-dir-permission.js'
import nextStartWithExport from './next-start-with-export.js'
import pm2CwdDeleted from './pm2-cwd-deleted.js'

export default [
  moduleNotFound,
  nextBuildIncomplete,
  nextBuildMissing,
  nextDirPermission,
  nextStartWithExport,
  pm2CwdDeleted,
]
