import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { deadApp } from '../shared/consequences.js'
import { isGateway, portHolder } from '../shared/port-holder.js'
import { restartWith } from '../shared/remedies.js'
import { gatewayName } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'app-on-gateway-port',
  title: "the app was started on the gateway's own port",
  layer: 'app',
  breaks: 'process',
  explains: deadApp,
  needs: ['pm2', 'app-logs', 'listeners'],
  runbook: {
    symptom: '502 on every request; the app asks for 80 or 443, which the gateway holds',
    signs: ['the app dies of EADDRINUSE', 'the holder of that port is the gateway'],
    against: [
      'eaddrinuse-other-app: the holder is not the gateway',
      'privileged-port: EACCES, where nobody holds the port',
    ],
    remedy: [
      {
        step: 'start it on the port that the gateway dials: `PORT=<port> pm2 restart <app> --update-env`',
        risk: risks.restart,
      },
      { step: 'set PORT in its ecosystem file, too, and `pm2 save`', risk: risks.save },
    ],
  },
  source: 'Reproduced: EADDRINUSE :::80 with nginx as the holder.',
  judge: (scene) => {
    const found = portHolder(scene)
    if (!found || !isGateway(found.holder)) return undefined
    const { app, evidence, port } = found
    const target = scene.path.target?.port ?? 3000
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`${app.name} wants port ${port}, which ${gatewayName(scene)} holds; it dials ${target}`,
      evidence,
      remedy: [
        {
          command: restartWith(scene, app, { PORT: target }),
          note: t`starts it on port ${target}; set PORT in its ecosystem file too`,
          risk: risks.none,
        },
      ],
    }
  },
})
