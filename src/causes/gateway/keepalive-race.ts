import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { isAnswer } from '../../path/request-path.js'
import { defineCause, type Scene } from '../define.js'
import { type Logged, presentErrors } from '../shared/gateway-log.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { errorEvidence, gatewayName } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'keepalive-race',
  title: 'the app closes connections that the gateway still uses',
  layer: 'gateway',
  breaks: 'answer',
  explains: [],
  needs: ['nginx', 'nginx-errors', 'http', 'processes'],
  runbook: {
    symptom: 'now and then a request gives 502, more often a POST, or the first one after some seconds of silence',
    signs: [
      'few lines `upstream prematurely closed connection` or `(104: Connection reset by peer)` while the app lives on',
      'the gateway keeps connections (`keepalive <n>` in its upstream, `Connection ""`; nginx 1.29.7 and later by itself), for longer than the app does: 5 s for Node.js, 60 s for nginx',
    ],
    against: [
      'app-crash-uncaught: the app was restarted at those moments',
      'plain-to-tls-upstream: no request at all succeeds',
    ],
    remedy: [
      {
        step: 'let the app keep them longer: `next start --keepAliveTimeout 65000`, `server.keepAliveTimeout = 65_000` (and `headersTimeout` above it)',
        risk: risks.restart,
      },
      { step: 'or the gateway shorter: `keepalive_timeout 4s;` in its upstream block', risk: risks.edit },
      steps.reload,
    ],
  },
  source:
    'Reproduced: nginx asks another time for GET only (proxy_next_upstream non_idempotent); node#20256, node#27363.',
  judge: (scene) => {
    const { gateway, direct, location, app, holders } = scene.path
    const good = direct.find(isAnswer)
    const block = gateway?.facts.upstreams.find(({ name }) => name === location?.proxyPass?.upstream)
    if (gateway?.kind !== 'nginx' || !block || !good || scene.path.serves !== true) return undefined
    if (!keepsConnections(scene, block.keepalive)) return undefined
    const [line] = presentErrors(scene, 'closed-early', 'reset').filter(isBeforeAnswer)
    const server = holders[0] ?? app?.processes[0]
    // An app that has been started since may as well have died then.
    const firstMs = line?.firstMs
    if (!line || !server || firstMs == null || !hasLivedSince(server.startedMs, firstMs) || !isSparse(line))
      return undefined
    return {
      holds: true,
      confidence: 'medium',
      subject: block.name,
      summary: t`now and then ${gatewayName(scene)} sends a request on a kept connection that the app is just closing, and it gives 502`,
      evidence: [
        ...errorEvidence(scene, line.kind),
        {
          source: `${block.place.file}:${block.place.line}`,
          text:
            block.keepalive === undefined
              ? t`upstream ${block.name}: keepalive by default`
              : `upstream ${block.name}: keepalive ${block.keepalive}`,
        },
        {
          source: 'ps',
          text: t`${server.name} pid ${server.pid} since ${new Date(server.startedMs ?? 0).toISOString()}`,
        },
        requestEvidence(good),
      ],
      remedy: [
        {
          note: t`let the app keep idle connections for longer than the gateway: \`next start --keepAliveTimeout 65000\`, or server.keepAliveTimeout = 65_000`,
          risk: risks.restart,
        },
        ...editTarget(scene, t`or let the gateway keep them shorter: keepalive_timeout 4s; in upstream ${block.name}`),
        reloadGateway(scene),
      ],
    }
  },
})

/** HTTP/1.1 and no `Connection: close`: by configuration, or by default since nginx 1.29.7. */
function keepsConnections({ path: { gateway, location } }: Scene, keepalive: number | undefined): boolean {
  const [major = 0, minor = 0, patch = 0] = (gateway?.facts.version ?? '').split('.').map(Number)
  const isNew = major > 1 || (major === 1 && (minor > 29 || (minor === 29 && patch >= 7)))
  if (isNew) return true
  return keepalive !== undefined && location?.httpVersion === '1.1' && location.headers.connection === ''
}

function hasLivedSince(startedMs: number | null, momentMs: number): boolean {
  return startedMs !== null && startedMs < momentMs
}

/** Later ends are a visitor's or a WebSocket's. */
function isBeforeAnswer({ phase }: Logged): boolean {
  return phase === null || phase.includes('reading response header')
}

/** An app that breaks every request off is broken itself. */
function isSparse({ countLastHour }: Logged): boolean {
  return countLastHour < 60
}
