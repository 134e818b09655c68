import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { restart, runAs } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'node-or-npm-missing',
  title: 'node or npm is not in the PATH that the app is started with',
  layer: 'environment',
  runbook: {
    symptom: '502 on every request after a boot, or after node was moved (nvm, an upgrade)',
    signs: ["`/usr/bin/env: 'node': No such file or directory`, `sh: 1: npm: not found`, `spawn npm ENOENT`"],
    against: [
      'pm2-online-no-pid: pm2 itself does not find the interpreter, and nothing is started',
      'pm2-startup-stale-path: pm2 itself is not started at boot',
      'module-not-found: `next: not found`: node is there, the package is not',
    ],
    remedy: [
      { step: 'see where it is, as <user>: `command -v node npm`', risk: risks.none },
      {
        step: 'give its folder to PATH in the ecosystem file or the unit, or link it into /usr/local/bin',
        risk: risks.none,
      },
      steps.restart,
    ],
  },
  source: 'Reproduced: env, dash, bash and busybox say it in these words; exit code 127.',
  summary: (app, { name }) => t`${app.name} is started without ${name} in its PATH`,
  remedy: (scene, app, { name }) => [
    {
      command: runAs(
        app.service?.user ?? app.daemon?.user ?? scene.login,
        scene.login,
        sh`sh -lc ${`command -v ${name}`}`,
      ),
      note: t`shows where ${name} is, for a login of its user`,
      risk: risks.none,
    },
    {
      note: t`put that folder into PATH of ${app.service?.unit?.name ?? app.files?.ecosystemFile ?? t`the ecosystem file`}, or link it into /usr/local/bin; install it if there is none`,
      risk: risks.none,
    },
    restart(scene, app),
  ],
})
