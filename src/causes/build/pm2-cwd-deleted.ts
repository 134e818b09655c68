import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2, startAgain } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'pm2-cwd-deleted',
  title: 'the folder that the app runs in was deleted',
  layer: 'build',
  source: 'Unitech/pm2#1623, #2057: uv_cwd ENOENT in cluster mode.',
  summary: (app) => `${app.name} runs in ${app.cwd}, which was deleted`,
  remedy: (scene, app) => [
    { command: pm2(scene, app, 'delete', app.name), note: 'takes the dead entry off the list' },
    startAgain(scene, { ...app, saved: null }),
  ],
})
