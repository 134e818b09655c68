import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { readLog, rebuild, restart } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'module-not-found',
  title: 'a module that the app needs is not installed',
  layer: 'build',
  runbook: {
    symptom: '502 on every request after a deploy, or after node_modules was removed',
    signs: ["the last life of the app ended with `Cannot find module '<name>'`, or `next: not found`"],
    against: [
      'next-build-incomplete, next-build-missing: what is not found is part of the build',
      'node-version-too-old: the module is of node itself (node:…)',
    ],
    remedy: [
      { step: 'for a package, as <user>: `npm ci && npm run build`', risk: risks.build },
      { step: 'for a file of the app: bring it back, or correct the line that asks for it', risk: risks.none },
      steps.restart,
    ],
  },
  source: 'Reproduced: MODULE_NOT_FOUND; `sh: 1: next: not found` when node_modules is absent.',
  summary: (app, { name }) =>
    app.build?.hasNodeModules === false
      ? t`${app.name} cannot find ${name}: node_modules is absent`
      : t`${app.name} cannot find ${name}`,
  remedy: (scene, app, { name }) =>
    // sample: ./lib/db, /home/deploy/app/server.js
    /^[./]/.test(name)
      ? [
          readLog(scene, app),
          { note: t`bring ${name} back, or correct the line that asks for it`, risk: risks.none },
          restart(scene, app),
        ]
      : rebuild(scene, app),
})
