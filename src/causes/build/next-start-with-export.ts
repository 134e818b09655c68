import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2 } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'next-start-with-export',
  title: '`next start` cannot serve an exported site',
  layer: 'build',
  runbook: {
    symptom: '502 on every request since `output: export` was set',
    signs: ['the app says that `next start` does not work with `output: export`, and exits'],
    against: ['next-build-missing: there is nothing to serve at all'],
    remedy: [
      { step: 'let the gateway serve the folder out itself, in place of proxy_pass', risk: risks.reload },
      steps.remove,
    ],
  },
  source: 'Reproduced: output "export" ends next start with exit code 1.',
  summary: (app) => t`${app.name} is built as plain files (output: export), which next start refuses to serve`,
  remedy: (scene, app) => [
    {
      note: t`let nginx serve ${app.cwd}/out itself (root ${app.cwd}/out;) in place of proxy_pass`,
      risk: risks.reload,
    },
    { command: pm2(scene, app, 'delete', app.name), note: t`takes the app off the pm2 list`, risk: risks.remove },
  ],
})
