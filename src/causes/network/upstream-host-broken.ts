import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import type { PeerCause, UpstreamHost } from '../../path/follow-upstream.js'
import { Script } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { errorEvidence } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'upstream-host-broken',
  title: 'the app is on another host, and broken there',
  layer: 'network',
  breaks: 'target',
  explains: [],
  needs: ['http'],
  runbook: {
    symptom: '502 from a gateway whose app is on another host of the fleet',
    signs: [
      'the gateway dials an address of another host that was checked in the same run',
      'on that host a root cause breaks requests to the port that is dialled',
    ],
    against: [
      'firewall-drop-gateway-app: connections to the host time out; a dead app would refuse them',
      'network-between-hosts: on that host itself the app answers',
    ],
    remedy: [
      { step: 'mend that host first: `fleetdx check <host>` names its cause and remedy', risk: risks.none },
      { step: 'check both hosts again: `fleetdx check <gateway> <host>`', risk: risks.none },
    ],
  },
  source: 'Each of the two hosts is judged by itself; a dead app there refuses connections from here (111).',
  judge: (scene) => {
    const { path, upstreamHost } = scene
    if (!upstreamHost || !path.target || path.serves !== false || isUnreached(scene)) return undefined
    const { text } = path.target
    const { name } = upstreamHost
    if (!upstreamHost.facts) {
      return {
        holds: null,
        because: t`${text} is host ${name}, which was not seen: ${upstreamHost.verdict}`,
        decide: `fleetdx check ${name}`,
      }
    }
    const [cause] = upstreamHost.causes
    if (!cause) return undefined
    return {
      holds: true,
      confidence: cause.confidence,
      subject: `${name}: ${cause.id}`,
      summary: t`the upstream ${text} is host ${name}, where ${cause.summary}`,
      evidence: [
        ...path.direct.map(requestEvidence),
        ...errorEvidence(scene, 'connect-refused', 'closed-early', 'reset', 'response-timeout'),
        ...cause.evidence.map((seen) => ({ ...seen, source: `${name}: ${seen.source}` })),
      ],
      remedy: mendThere(cause, upstreamHost),
    }
  },
})

/** Whether connections do not even arrive there: then what is wrong with the app is not what fails them. */
function isUnreached({ path: { direct } }: Scene): boolean {
  return direct.some(({ failure }) => failure === 'connect-timeout' || failure === 'unreachable' || failure === 'dns')
}

function mendThere({ remedy }: PeerCause, { name }: UpstreamHost): RemedyStep[] {
  return remedy.map(({ command, note, risk }) => ({
    // The record keeps the text of a script that `sh` had quoted.
    ...(command !== null && { command: new Script(command) }),
    note: t`on ${name}: ${note}`,
    risk,
  }))
}
