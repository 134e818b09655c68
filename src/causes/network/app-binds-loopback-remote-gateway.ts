import { isIPv4 } from 'node:net'
import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { isLoopback } from '../../path/target.js'
import { defineCause, type Holds, type Scene, type Undecided } from '../define.js'
import { restartWith } from '../shared/remedies.js'
import { errorEvidence, recentErrors } from '../shared/scene.js'

export default defineCause({
  id: 'app-binds-loopback-remote-gateway',
  title: 'the app listens on 127.0.0.1 only, and is asked from elsewhere',
  layer: 'network',
  breaks: 'target',
  explains: [],
  needs: ['http'],
  runbook: {
    symptom:
      'a gateway on another host gets `connection refused` and answers 502, while the app answers on its own host',
    signs: [
      'on the host of the app, `ss -ltn sport = :<port>` shows 127.0.0.1:<port> or [::1]:<port> only',
      'on the host of the gateway, its log has (111: Connection refused) for the address of the other host',
    ],
    against: [
      'firewall-drop-gateway-app: then the connection times out (110)',
      'firewall-reject-gateway-app: then it is (113), seldom (111)',
      'the app is down: then it does not answer on its own host either',
    ],
    remedy: [
      {
        step: 'let the app listen on the address that the gateway dials, or on 0.0.0.0: `HOSTNAME=0.0.0.0`, `next start -H 0.0.0.0`',
        risk: 'everybody who reaches the host can ask it past the gateway: allow the port to the gateway only',
      },
      { step: 'allow it to the gateway: `ufw allow from <gateway> to any port <port> proto tcp`', risk: 'none' },
    ],
  },
  source:
    'ip(7): a socket bound to 127.0.0.1 takes nothing that is sent to another address; the kernel refuses it (111).',
  judge: (scene) => atApp(scene) ?? atGateway(scene),
})

/** On the host of the app: its public address is its own port, which refuses from outside. */
function atApp(scene: Scene): Holds | undefined {
  const { app, site, fromHere, appListeners, listeners } = scene.path
  if (!app || site !== null || fromHere?.failure !== 'refused') return undefined
  const own = [...appListeners, ...listeners].filter(({ port }) => port === fromHere.port)
  const [first] = own
  if (!first || !own.every(({ address }) => isLoopback(address))) return undefined
  return {
    holds: true,
    confidence: 'high',
    subject: app.name,
    summary: t`${app.name} listens on ${first.address} only, so ${fromHere.url} is refused`,
    evidence: [
      { source: 'ss -ltn', text: t`LISTEN ${first.address}:${first.port}, and no other address` },
      requestEvidence(fromHere),
    ],
    remedy: [
      app.daemon || app.service
        ? {
            command: restartWith(scene, app, { HOSTNAME: '0.0.0.0' }),
            note: t`lets a standalone server listen on every address; \`next start\` wants \`-H 0.0.0.0\` in its arguments`,
            risk: t`requests fail for the seconds that it takes to start; the port is open to everybody whom no firewall keeps out`,
          }
        : {
            note: t`let ${app.name} listen on 0.0.0.0 or on the address that is dialled`,
            risk: t`the port is open to everybody whom no firewall keeps out`,
          },
    ],
  }
}

/** On the host of the gateway: the other host refuses. Where it was checked in the same run, it told on which addresses it listens. */
function atGateway(scene: Scene): Holds | Undecided | undefined {
  const { path, upstreamHost } = scene
  const { target, direct, serves } = path
  if (target?.isLocal !== false || serves === true) return undefined
  const refused = direct.find(({ failure }) => failure === 'refused')
  if (!refused && (direct.length > 0 || recentErrors(scene, 'connect-refused').length === 0)) return undefined
  const seen = [...(refused ? [requestEvidence(refused)] : []), ...errorEvidence(scene, 'connect-refused')]
  const listeners = upstreamHost?.listeners
  if (!upstreamHost || !listeners)
    return {
      holds: null,
      because: t`${target.text} refuses connections: the app there is down, or listens on 127.0.0.1 only; only that host can tell`,
      decide: t`ss -ltn 'sport = :${target.port}' on the host of ${target.text}, or check it in the same run`,
    }
  const [first] = listeners
  if (!first || !listeners.every(({ address }) => isLoopback(address))) return undefined
  const { name } = upstreamHost
  return {
    holds: true,
    confidence: 'high',
    subject: target.text,
    summary: t`on ${name} the app listens on ${first.address}:${first.port} only, so ${target.text} is refused to the gateway here`,
    evidence: [
      { source: `${name}: ss -ltn`, text: t`LISTEN ${first.address}:${first.port}, and no other address` },
      ...seen,
    ],
    remedy: [
      {
        note: t`on ${name}: let the app listen on ${target.text} or on 0.0.0.0 (HOSTNAME=0.0.0.0 for a standalone server, \`-H 0.0.0.0\` for \`next start\`), and restart it`,
        risk: t`the port is open to everybody whom no firewall keeps out`,
      },
      {
        note: t`there, let in this host only: \`sudo ufw allow from ${ownAddress(scene)} to any port ${target.port} proto tcp\``,
        risk: 'none',
      },
    ],
  }
}

/** The address that this host is likely known by to others. */
function ownAddress({ facts }: Scene): string {
  return knownValue(facts.host)?.addresses.find((address) => isIPv4(address) && !isLoopback(address)) ?? 'THIS_HOST'
}
