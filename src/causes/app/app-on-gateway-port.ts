import { defineCause } from '../define.js'
import { deadApp } from '../shared/consequences.js'
import { isGateway, portHolder } from '../shared/port-holder.js'
import { pm2With } from '../shared/remedies.js'
import { gatewayName } from '../shared/scene.js'

export default defineCause({
  id: 'app-on-gateway-port',
  title: "the app was started on the gateway's own port",
  layer: 'app',
  breaks: 'process',
  explains: deadApp,
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
      summary: `${app.name} wants port ${port}, which ${gatewayName(scene)} holds; it dials ${target}`,
      evidence,
      remedy: [
        {
          command: pm2With(scene, app, { PORT: target }, 'restart', app.name, '--update-env'),
          note: `starts it on port ${target}; set PORT in its ecosystem file too`,
        },
      ],
    }
  },
})
