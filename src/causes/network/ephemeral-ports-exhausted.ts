import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { isAnswer } from '../../path/request-path.js'
import type { LimitsFacts } from '../../probes/limits.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName, recentErrors } from '../shared/scene.js'

/** EADDRNOTAVAIL of Linux. */
const noAddress = 99
/** The kernel looks at every port, but gives up early where others are quicker. */
const fullShare = 0.95

export default defineCause({
  id: 'ephemeral-ports-exhausted',
  title: 'no local port is left for a connection to the app',
  layer: 'network',
  breaks: 'target',
  explains: ['app-hung'],
  needs: ['limits'],
  runbook: {
    symptom: '502 at once, for some requests or all, while the app is well and listens',
    signs: [
      'the gateway logs `(99: Cannot assign requested address) while connecting to upstream`',
      'as many connections to the app (most in TIME-WAIT) as `net.ipv4.ip_local_port_range` has ports: `ss -tan dst <address>:<port> | wc -l`',
    ],
    against: [
      'no-listener and the like: then the connection is refused (111), not impossible (99)',
      'a `proxy_bind` to an address that this host does not have gives 99 as well, with few connections',
    ],
    remedy: [
      {
        step: 'widen the range: `sysctl -w net.ipv4.ip_local_port_range="1024 65535"`',
        risk: 'a port that a service wants to listen on may be taken: list such in `ip_local_reserved_ports`',
      },
      {
        step: 'let waiting ones be used again: `sysctl -w net.ipv4.tcp_tw_reuse=1`',
        risk: 'a late packet of the old connection may reach the new one, which timestamps mostly prevent',
      },
      {
        step: 'reuse connections: `keepalive` in the upstream block, with HTTP/1.1 and an empty Connection header',
        risk: 'a configuration change: test before the reload',
      },
    ],
  },
  source:
    'Reproduced: a range of four ports, four connections: nginx logs connect() failed (99: Cannot assign requested address).',
  judge: (scene) => {
    const { path, login } = scene
    const refused = recentErrors(scene, 'connect-failed').filter(({ errno }) => errno === noAddress)
    if (!path.target || path.target.unixPath !== null) return undefined
    const use = usedPorts(scene)
    const isFull = use !== undefined && use.connections >= use.ports * fullShare
    const isFailing = path.throughGateway !== null && !isAnswer(path.throughGateway)
    if (!isFull && !(refused.length > 0 && isFailing && use === undefined)) return undefined
    if (!use)
      return {
        holds: null,
        because: t`${gatewayName(scene)} found no local port for a connection to ${path.target.text}; how many are taken could not be seen`,
        decide: `ss -tan dst ${path.target.text} | wc -l; cat /proc/sys/net/ipv4/ip_local_port_range`,
      }
    const range = `${use.low}-${use.high}`
    return {
      holds: true,
      confidence: refused.length > 0 ? 'high' : 'medium',
      isLatent: path.serves === true,
      subject: path.target.text,
      summary: t`all ${use.ports} local ports (${range}) are taken by connections to ${path.target.text}, so ${gatewayName(scene)} cannot open another`,
      evidence: [
        { source: '/proc/sys/net/ipv4/ip_local_port_range', text: `${use.low} ${use.high}` },
        {
          source: '/proc/net/tcp',
          text: t`${use.connections} connections to ${path.target.text}, ${use.waiting} of them in TIME-WAIT`,
        },
        ...errorEvidence(scene, 'connect-failed'),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: asRoot(login, sh`ss -tanp dst ${path.target.text}`),
          note: t`shows who holds them, and in which state`,
          risk: 'none',
        },
        {
          command: asRoot(login, sh`sysctl -w ${'net.ipv4.ip_local_port_range=10240 65535'} net.ipv4.tcp_tw_reuse=1`),
          note: t`gives more ports, and lets those be used again that only wait; until the next boot (a file in /etc/sysctl.d keeps it)`,
          risk: t`may take a port that a service wants to listen on later; ip_local_reserved_ports spares it`,
        },
        ...(path.gateway?.kind === 'nginx'
          ? [
              {
                note: t`then reuse connections: an upstream block with \`keepalive 32\`, proxy_http_version 1.1 and proxy_set_header Connection ""`,
                risk: t`a change of the configuration: test it before the reload`,
              },
            ]
          : []),
      ],
    }
  },
})

interface Use extends Pick<LimitsFacts['peers'][number], 'connections' | 'waiting'> {
  low: number
  high: number
  ports: number
}

/** How many local ports the connections to the path's target take; undefined where that could not be seen. */
function usedPorts({ path: { target }, facts }: Scene): Use | undefined {
  const limits = knownValue(facts.limits)
  if (!target || !limits?.localPorts) return undefined
  const { low, high } = limits.localPorts
  const peers = limits.peers.filter(({ address, port }) => port === target.port && target.addresses.includes(address))
  // A port is taken for one address of the target only.
  const most = peers.toSorted((a, b) => b.connections - a.connections)[0]
  return { low, high, ports: high - low + 1, connections: most?.connections ?? 0, waiting: most?.waiting ?? 0 }
}
