import { defineCrashCause } from '../shared/crash-cause.js'
import { readLog, rebuild, restart } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'module-not-found',
  title: 'a module that the app needs is not installed',
  layer: 'build',
  source: 'Reproduced: MODULE_NOT_FOUND; `sh: 1: next: not found` when node_modules is absent.',
  summary: (app, { name }) =>
    `${app.name} cannot find ${name}${app.build?.hasNodeModules === false ? ': node_modules is absent' : ''}`,
  remedy: (scene, app, { name }) =>
    // sample: ./lib/db, /home/deploy/app/server.js
    /^[./]/.test(name)
      ? [readLog(scene, app), { note: `bring ${name} back, or correct the line that asks for it` }, restart(scene, app)]
      : rebuild(scene, app),
})
