import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { failsNow, presentErrors, serverErrors } from '../shared/gateway-log.js'
import { answerEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

/** Hardly ever the root: it follows from whatever the servers failed by. */
export default defineCause({
  id: 'upstream-pool-tripped',
  title: 'the gateway holds all servers of the upstream for dead',
  layer: 'gateway',
  breaks: 'target',
  explains: [],
  needs: ['nginx-errors'],
  runbook: {
    symptom:
      'all pages give 502 or 503 at once, without a wait, and go on doing so for seconds after the servers are back',
    signs: [
      'the log says `no live upstreams` (nginx), `has no server available!` (HAProxy), `no upstreams available` (Caddy)',
      'before it, it names what each server failed by: that is the cause',
    ],
    against: [
      'upstream-all-marked-down: no server failed before it',
      'gateway-healthcheck-wrong: the servers answer 200',
    ],
    remedy: [
      { step: 'mend what the lines before it name', risk: risks.none },
      {
        step: 'wait for `fail_timeout` (10 s by default): the servers are tried again by themselves',
        risk: risks.none,
      },
    ],
  },
  source: 'Reproduced with two dead servers; with one only nginx ignores max_fails (ngx_http_upstream_round_robin.c).',
  judge: (scene) => {
    const name = scene.path.location?.proxyPass?.upstream
    const servers = scene.path.gateway?.facts.upstreams.find((block) => block.name === name)?.servers ?? []
    const [tripped] = presentErrors(scene, 'no-live-upstreams')
    const [before] = presentErrors(scene, ...serverErrors)
    // Where all are marked down, they have not failed.
    if (servers.every(({ isDown }) => isDown)) return undefined
    if (name == null || !tripped || !before || scene.path.serves === true || !failsNow(scene)) return undefined
    return {
      holds: true,
      confidence: 'low',
      subject: name,
      summary: t`${gatewayName(scene)} holds all servers of ${name} for dead for a while, after they failed`,
      evidence: [
        ...errorEvidence(scene, 'no-live-upstreams'),
        ...errorEvidence(scene, before.kind),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          note: t`mend what the servers failed by; they are tried again within seconds, by themselves`,
          risk: risks.none,
        },
      ],
    }
  },
})
