import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { restart } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'node-version-too-old',
  title: 'Node.js is too old for this Next.js',
  layer: 'environment',
  runbook: {
    symptom: '502 on every request after an upgrade of Next.js, or a start by the node of the distribution',
    signs: ['the app says `You are using Node.js <version>. For Next.js, … is required` and exits'],
    against: [
      'module-not-found: the packages are not there',
      'pm2-online-no-pid: the node that pm2 was told to use is gone',
    ],
    remedy: [
      {
        step: 'install the version that it asks for',
        risk: 'other apps of <user> get it, too, if it becomes the default',
      },
      {
        step: 'have pm2 use it: `pm2 delete <app>`, then start it with `--interpreter <file>`, or `pm2 update` under the new node',
        risk: 'all apps of that pm2 are started anew by `pm2 update`',
      },
    ],
  },
  source: 'Reproduced with Next.js 14, 15 and 16, which check at start.',
  summary: (app, { name }) =>
    t`${app.name} runs on Node.js ${name}, too old for Next.js ${app.build?.nextVersion ?? ''}`.trim(),
  remedy: (scene, app) => [
    {
      note: app.build?.requiresNode
        ? t`install Node.js ${app.build.requiresNode} and make pm2 use it`
        : t`install Node.js as its error message says and make pm2 use it`,
      risk: t`other apps of that user get it, too, if it becomes the default`,
    },
    restart(scene, app),
  ],
})
