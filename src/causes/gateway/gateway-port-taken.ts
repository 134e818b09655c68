import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { stateOf } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-port-taken',
  title: "another program holds the gateway's port",
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down'],
  needs: ['nginx', 'listeners'],
  runbook: {
    symptom: 'connections get the pages of another program, or none of the sites',
    signs: ['the gateway does not run', 'another program listens on its port', 'bind() fails with 98'],
    against: [
      'gateway-down: nobody holds the port',
      'app-on-gateway-port: the gateway has the port, and an app wants it',
      'gateway-bind-addr-missing: bind() fails with 99',
    ],
    remedy: [
      { step: 'see who holds it: `ss -ltnp "sport = :<port>"`', risk: risks.none },
      { step: 'stop and disable that program, or give it another port', risk: 'whoever uses it loses it' },
      { step: '`systemctl start nginx`', risk: risks.none },
    ],
  },
  source: 'nginx src/core/ngx_connection.c: bind() … (98: Address already in use), five tries, then it gives up.',
  judge: (scene) => {
    const { gateway } = scene.path
    if (!gateway || gateway.facts.running || stateOf(scene, 'gateway') !== 'broken') return undefined
    const ports = scene.path.site?.listens.map(({ port }) => port) ?? []
    const listener = knownValue(scene.facts.listeners)?.listeners.find(({ port }) => ports.includes(port))
    if (!listener) return undefined
    const owner = listener.processName ?? t`an unseen process`
    const pid = listener.pids[0]
    return {
      holds: true,
      confidence: 'high',
      subject: `port ${listener.port}`,
      summary: t`${owner} holds port ${listener.port}, so ${gateway.name} cannot start`,
      evidence: [
        {
          source: 'ss -ltnp',
          text: `${listener.address}:${listener.port} ${owner}${pid === undefined ? '' : ` pid ${pid}`}`,
        },
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`ss -ltnp ${`sport = :${listener.port}`}`),
          note: t`shows who holds it`,
          risk: risks.none,
        },
        { note: t`stop and disable ${owner}, or give it another port`, risk: t`whoever uses ${owner} loses it` },
        {
          command: asRoot(scene.login, sh`systemctl start ${gateway.unit}`),
          note: t`starts ${gateway.name}`,
          risk: risks.none,
        },
      ],
    }
  },
})
