import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2With } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'app-listen-addr-invalid',
  title: 'the app is told to listen on an address that this host does not have',
  layer: 'environment',
  source: 'Reproduced: listen EADDRNOTAVAIL, getaddrinfo ENOTFOUND of HOSTNAME or -H.',
  summary: (app, { name }) => `${app.name} cannot listen on ${name}`,
  remedy: (scene, app) => [
    {
      command: pm2With(scene, app, { HOSTNAME: '127.0.0.1' }, 'restart', app.name, '--update-env'),
      note: 'binds it to the loopback address; set HOSTNAME (or -H) in its ecosystem file too',
    },
  ],
})
