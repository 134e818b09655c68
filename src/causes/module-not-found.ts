import { defineCrashCause } from './shared/crash-cause.js'
import { rebuild } from './shared/remedies.js'

export default defineCrashCause({
  id: 'module-not-found',
  title: 'a module that the app needs is not installed',
  layer: 'build',
  source: 'Reproduced: MODULE_NOT_FOUND; `sh: 1: next: not found` when node_modules is absent.',
  summary: (app, { name }) =>
    `${app.name} cannot find ${name}${app.build?.hasNodeModules === false ? ': node_modules is absent' : ''}`,
  remedy: (scene, app) => rebuild(scene, app),
})
