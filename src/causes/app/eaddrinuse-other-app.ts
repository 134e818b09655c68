import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { deadApp } from '../shared/consequences.js'
import { isGateway, isOrphanOf, portHolder } from '../shared/port-holder.js'
import { asRoot, pm2With, restart } from '../shared/remedies.js'

export default defineCause({
  id: 'eaddrinuse-other-app',
  title: "another program holds the app's port",
  layer: 'app',
  breaks: 'process',
  explains: [...deadApp, 'app-hung', 'app-serves-5xx'],
  source: 'Reproduced: the second to listen gets EADDRINUSE and exits; the first answers in its place.',
  judge: (scene) => {
    const found = portHolder(scene)
    if (!found || isOrphanOf(found, scene.facts) || isGateway(found.holder)) return undefined
    const { app, holder, evidence, port } = found
    const name = holder.pm2App ?? holder.name
    return {
      holds: true,
      confidence: holder.pid === 0 ? 'medium' : 'high',
      subject: app.name,
      summary:
        holder.pid === 0
          ? `another program holds port ${port}, so ${app.name} cannot start`
          : `${name} (pid ${holder.pid}, ${holder.user}) holds port ${port}${scene.path.serves ? ' and answers there' : ''}, so ${app.name} cannot start`,
      evidence,
      remedy: [
        { command: asRoot(scene.login, sh`ss -ltnp ${`sport = :${port}`}`), note: 'shows who holds the port' },
        { note: `either: stop ${name} for good, then restart ${app.name}` },
        restart(scene, app),
        {
          command: pm2With(scene, app, { PORT: port + 1 }, 'restart', app.name, '--update-env'),
          note: `or: give ${app.name} a port of its own, in its ecosystem file and in proxy_pass`,
        },
      ],
    }
  },
})
