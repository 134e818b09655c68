import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { inFolder, pm2, pm2Words } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'pm2-port-args-swallowed',
  title: 'npm swallowed the arguments meant for next',
  layer: 'pm2',
  runbook: {
    symptom: '502 on every request after the app was started with a port on the command line',
    signs: [
      'the app dies of `Invalid project directory provided, no such directory: <folder>/<port>`',
      'its arguments lack the second `--`',
    ],
    against: [
      'proxy-port-mismatch: the app runs, on a port that is not dialled (npm swallowed `--port` with its number)',
      'pm2-cwd-deleted: the folder that the log names was there once',
    ],
    remedy: [
      steps.remove,
      { step: 'start it with a second `--`: `pm2 start npm --name <app> -- start -- -p <port>`', risk: risks.none },
      steps.save,
    ],
  },
  source: 'Unitech/pm2#5805: without `--` npm keeps -p and next takes the port for a folder.',
  summary: (app, { name }) => t`${app.name} takes ${name} for its project folder: npm kept the -p before it`,
  remedy: (scene, app, { name }) => [
    { command: pm2(scene, app, 'delete', app.name), note: t`takes the wrong entry off the list`, risk: risks.remove },
    {
      command: inFolder(
        scene,
        app,
        pm2Words(app, 'start', 'npm', '--name', app.name, '--', 'start', '--', '-p', name.split('/').at(-1) ?? '3000'),
      ),
      note: t`starts it with the arguments after a second \`--\``,
      risk: risks.none,
    },
    { command: pm2(scene, app, 'save'), note: t`stores the list`, risk: risks.save },
  ],
})
