import { posix } from 'node:path'
import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { inFolder, pm2, pm2Words } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'pm2-cluster-config-as-arg',
  title: "in cluster mode, the app takes pm2's own file for its folder",
  layer: 'pm2',
  explains: ['app-crash-uncaught'],
  runbook: {
    symptom: '502 on every request; the log says that there is no build, though there is one',
    signs: [
      "`Could not find a production build in the '<folder>/<file>/.next' directory`, where <file> is pm2's own",
      'exec mode cluster, and `pm2-runtime` as the daemon: its workers see its arguments',
    ],
    against: ['next-build-missing: the folder that the log names is the `.next` of the app itself'],
    remedy: [
      {
        step: 'have `next start` be given its folder: `args: "start ."` in <file>, or use fork mode',
        risk: risks.edit,
      },
      steps.restart,
    ],
  },
  source: 'Unitech/pm2#5240, vercel/next.js#41011: workers inherit the arguments of the process that forks them.',
  summary: (app, { name }) => t`${app.name} takes ${posix.basename(name)}, a file of pm2's, for its project folder`,
  remedy: (scene, app) => [
    { command: pm2(scene, app, 'delete', app.name), note: t`takes the wrong entry off the list`, risk: risks.remove },
    {
      command: inFolder(
        scene,
        app,
        pm2Words(app, 'start', 'node_modules/next/dist/bin/next', '--name', app.name, '--', 'start', '.'),
      ),
      note: t`starts it in fork mode with its folder as an argument; write that into its ecosystem file, too`,
      risk: risks.none,
    },
  ],
})
