import depsOtherNodeAbi from './deps-other-node-abi.js'
import moduleNotFound from './module-not-found.js'
import nextBuildIncomplete from './next-build-incomplete.js'
import nextBuildMissing from './next-build-missing.js'
import nextBuildOomKilled from './next-build-oom-killed.js'
import nextDevBuildClobbered from './next-dev-build-clobbered.js'
import nextDevInProduction from './next-dev-in-production.js'
import nextDirPermission from './next-dir-permission.js'
import nextRebuildInPlace from './next-rebuild-in-place.js'
import nextStandaloneIncomplete from './next-standalone-incomplete.js'
import nextStartWithExport from './next-start-with-export.js'
import nextStartWithStandalone from './next-start-with-standalone.js'
import pm2CwdDeleted from './pm2-cwd-deleted.js'
import prismaClientNotGenerated from './prisma-client-not-generated.js'

export default [
  depsOtherNodeAbi,
  moduleNotFound,
  nextBuildIncomplete,
  nextBuildMissing,
  nextBuildOomKilled,
  nextDevBuildClobbered,
  nextDevInProduction,
  nextDirPermission,
  nextRebuildInPlace,
  nextStandaloneIncomplete,
  nextStartWithExport,
  nextStartWithStandalone,
  pm2CwdDeleted,
  prismaClientNotGenerated,
]
