import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2With } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'privileged-port',
  title: 'the app may not listen on a port below 1024',
  layer: 'app',
  source: 'Reproduced: listen EACCES for a plain user.',
  summary: (app, { name }) => `${app.name} may not listen on port ${name}`,
  remedy: (scene, app) => [
    {
      command: pm2With(scene, app, { PORT: scene.path.target?.port ?? 3000 }, 'restart', app.name, '--update-env'),
      note: 'starts it on the port that the gateway dials; set PORT in its ecosystem file too',
    },
  ],
})
