import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2Words, runAs } from '../shared/remedies.js'
import { risks } from '../shared/steps.js'

export default defineCrashCause({
  id: 'pm2-interpreter-regression-bun-path',
  title: 'pm2 takes the interpreter for Bun, as its path has "bun" in it',
  layer: 'pm2',
  explains: ['app-crash-uncaught'],
  runbook: {
    symptom: '502 on every request to an app in Python (or the like) since pm2 was updated',
    signs: [
      'the app dies of a syntax error in ProcessContainerForkBun.js, a file of pm2',
      'pm2 is 6.0 or 7.0.0, and the path of the interpreter has "bun" in it, as /home/ubuntu has',
    ],
    against: ['app-crash-uncaught: the error is in a file of the app; Bun itself is meant to run that file'],
    remedy: [
      { step: 'update pm2 to 7.0.1 or later: `npm install -g pm2@latest && pm2 update`', risk: 'restarts every app' },
    ],
  },
  source: 'Unitech/pm2 CHANGELOG 7.0.1 (#5990); lib/God/ForkMode.js of 6.0.14: `interpreter.includes("bun")`.',
  summary: (app) =>
    t`pm2 ${app.daemon?.version ?? ''} runs ${app.name} as if ${app.instances[0]?.interpreter ?? t`its interpreter`} were Bun`,
  remedy: (scene, app) => [
    {
      note: t`install pm2 7.0.1 or later, the way that it was installed (npm install -g pm2@latest)`,
      risk: risks.none,
    },
    {
      command: runAs(app.daemon?.user ?? scene.login, scene.login, pm2Words(app, 'update')),
      note: t`has the daemon run the new version`,
      risk: t`restarts every app`,
    },
  ],
})
