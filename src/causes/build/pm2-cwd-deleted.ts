import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2, startAgain } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'pm2-cwd-deleted',
  title: 'the folder that the app runs in was deleted',
  layer: 'build',
  runbook: {
    symptom: '502 on every request since the folder of a release was removed or replaced',
    signs: [
      'the app dies of `ENOENT: … uv_cwd`',
      'the folder that pm2 has for it is not there, or is another one by now',
    ],
    against: [
      'pm2-online-no-pid: pm2 could not start it in that folder at all',
      'next-build-missing: the folder is there, its build is not',
    ],
    remedy: [
      steps.remove,
      {
        step: 'start it from the folder of today: `cd <folder> && pm2 start <file> --env production && pm2 save`',
        risk: risks.none,
      },
    ],
  },
  source: 'Unitech/pm2#1623, #2057: uv_cwd ENOENT in cluster mode.',
  summary: (app) => `${app.name} runs in ${app.cwd}, which was deleted`,
  remedy: (scene, app) => [
    { command: pm2(scene, app, 'delete', app.name), note: 'takes the dead entry off the list', risk: risks.remove },
    startAgain(scene, { ...app, saved: null }),
  ],
})
