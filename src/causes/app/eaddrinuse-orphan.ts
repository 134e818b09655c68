import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { deadApp } from '../shared/consequences.js'
import { isOrphanOf, portHolder } from '../shared/port-holder.js'
import { restart, runAs } from '../shared/remedies.js'

export default defineCause({
  id: 'eaddrinuse-orphan',
  title: 'a former process of the app still holds its port',
  layer: 'app',
  breaks: 'process',
  explains: [...deadApp, 'app-hung', 'app-serves-5xx'],
  source: 'Unitech/pm2#6084: children that survive their wrapper keep the port; their environment still names the app.',
  judge: (scene) => {
    const found = portHolder(scene)
    if (!found || !isOrphanOf(found, scene.facts)) return undefined
    const { app, holder, evidence, port } = found
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: `a former process of ${app.name} (pid ${holder.pid}) still holds port ${port}, so the new one cannot start`,
      evidence,
      remedy: [
        {
          command: runAs(holder.user, scene.login, sh`kill ${holder.pid}`),
          note: 'ends the former process; requests that it serves are lost',
        },
        restart(scene, app),
      ],
    }
  },
})
