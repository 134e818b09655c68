import { defineCrashCause } from '../shared/crash-cause.js'
import { inFolder, pm2, pm2Words } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'pm2-port-args-swallowed',
  title: 'npm swallowed the arguments meant for next',
  layer: 'pm2',
  source: 'Unitech/pm2#5805: without `--` npm keeps -p and next takes the port for a folder.',
  summary: (app, { name }) => `${app.name} takes ${name} for its project folder: npm kept the -p before it`,
  remedy: (scene, app, { name }) => [
    { command: pm2(scene, app, 'delete', app.name), note: 'takes the wrong entry off the list' },
    {
      command: inFolder(
        scene,
        app,
        pm2Words(app, 'start', 'npm', '--name', app.name, '--', 'start', '--', '-p', name.split('/').at(-1) ?? '3000'),
      ),
      note: 'starts it with the arguments after a second `--`',
    },
    { command: pm2(scene, app, 'save'), note: 'stores the list' },
  ],
})
