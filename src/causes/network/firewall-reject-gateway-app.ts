import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { defineCause } from '../define.js'
import { judgeOwnFirewall } from '../shared/own-firewall.js'
import { errorEvidence, listensHere, recentErrors } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'firewall-reject-gateway-app',
  title: 'a firewall rejects connections from the gateway to the app',
  layer: 'network',
  breaks: 'target',
  explains: ['upstream-pool-tripped'],
  needs: ['nginx'],
  runbook: {
    symptom:
      '502 at once, on every request to an app on another host, or on this one where the rule has no exception for `lo`',
    signs: ['connections to <address>:<port> fail with 113 (no route to host) or 101 (network is unreachable)'],
    against: ['firewall-drop-gateway-app: they time out', 'no-listener: they are refused (111)'],
    remedy: [
      { step: 'see whether there is a route: `ip route get <address>`', risk: risks.none },
      {
        step: 'on the other host, allow <port>: `firewall-cmd --permanent --add-port=<port>/tcp && firewall-cmd --reload`',
        risk: 'everybody who reaches that host reaches the app without the gateway',
      },
    ],
  },
  source: 'Reproduced: REJECT with icmp-host-prohibited gives nginx (113: No route to host).',
  judge: (scene) => {
    const { target, direct } = scene.path
    if (target?.isLocal !== false) return judgeOwnFirewall(scene, 'reject')
    const rejected = direct.filter(({ failure }) => failure === 'unreachable')
    if (rejected.length === 0 && (direct.length > 0 || recentErrors(scene, 'connect-unreachable').length === 0))
      return undefined
    return {
      holds: true,
      // An app on that port of this host may be the one that is meant.
      confidence: !scene.upstreamHost && listensHere(scene, target.port) ? 'low' : 'medium',
      subject: target.text,
      summary: t`${target.text} cannot be reached (no route, or administratively prohibited)`,
      evidence: [...rejected.map(requestEvidence), ...errorEvidence(scene, 'connect-unreachable')],
      remedy: [
        {
          note: t`on the host of ${target.text}: open port ${target.port} (firewalld: \`sudo firewall-cmd --permanent --add-port=${target.port}/tcp && sudo firewall-cmd --reload\`)`,
          risk: t`everybody who reaches that host reaches the app without the gateway`,
        },
      ],
    }
  },
})
