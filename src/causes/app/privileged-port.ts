import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { restartWith } from '../shared/remedies.js'
import { risks } from '../shared/steps.js'

export default defineCrashCause({
  id: 'privileged-port',
  title: 'the app may not listen on a port below 1024',
  layer: 'app',
  runbook: {
    symptom: '502 on every request; the app asks for a port below 1024',
    signs: ['the app dies of `listen EACCES: permission denied`, with a port below 1024'],
    against: ['app-on-gateway-port: EADDRINUSE, the gateway holds the port', 'next-dir-permission: EACCES for a file'],
    remedy: [
      {
        step: 'start it on the port that the gateway dials: `PORT=<port> pm2 restart <app> --update-env`',
        risk: risks.restart,
      },
      { step: 'set PORT in its ecosystem file, too, and `pm2 save`', risk: risks.save },
    ],
  },
  source: 'Reproduced: listen EACCES for a plain user.',
  summary: (app, { name }) => t`${app.name} may not listen on port ${name}`,
  remedy: (scene, app) => [
    {
      command: restartWith(scene, app, { PORT: scene.path.target?.port ?? 3000 }),
      note: t`starts it on the port that the gateway dials; set PORT in its ecosystem file too`,
      risk: risks.none,
    },
  ],
})
