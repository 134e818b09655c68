import { knownValue } from '../../fact.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { stateOf } from '../shared/scene.js'

export default defineCause({
  id: 'gateway-port-taken',
  title: "another program holds the gateway's port",
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down'],
  source: 'nginx src/core/ngx_connection.c: bind() … (98: Address already in use), five tries, then it gives up.',
  judge: (scene) => {
    const { gateway } = scene.path
    if (!gateway || gateway.facts.running || stateOf(scene, 'gateway') !== 'broken') return undefined
    const ports = scene.path.site?.listens.map(({ port }) => port) ?? []
    const listener = knownValue(scene.facts.listeners)?.listeners.find(({ port }) => ports.includes(port))
    if (!listener) return undefined
    const owner = listener.processName ?? 'an unseen process'
    const pid = listener.pids[0]
    return {
      holds: true,
      confidence: 'high',
      subject: `port ${listener.port}`,
      summary: `${owner} holds port ${listener.port}, so ${gateway.name} cannot start`,
      evidence: [
        {
          source: 'ss -ltnp',
          text: `${listener.address}:${listener.port} ${owner}${pid === undefined ? '' : ` pid ${pid}`}`,
        },
      ],
      remedy: [
        { command: asRoot(scene.login, sh`ss -ltnp ${`sport = :${listener.port}`}`), note: 'shows who holds it' },
        { note: `stop and disable ${owner}, or give it another port` },
        { command: asRoot(scene.login, sh`systemctl start ${gateway.unit}`), note: `starts ${gateway.name}` },
      ],
    }
  },
})
