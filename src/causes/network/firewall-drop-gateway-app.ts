import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { defineCause } from '../define.js'
import { judgeOwnFirewall } from '../shared/own-firewall.js'
import { errorEvidence, listensHere, recentErrors } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'firewall-drop-gateway-app',
  title: 'packets from the gateway to the app are dropped',
  layer: 'network',
  breaks: 'target',
  explains: ['upstream-pool-tripped', 'app-hung'],
  needs: ['nginx'],
  runbook: {
    symptom:
      '504 after a minute, on every request to an app on another host, or on this one where the rule has no exception for `lo`',
    signs: ['connections to <address>:<port> time out', 'the gateway says 110 while connecting to upstream'],
    against: [
      'app-hung: the connection is made, the answer is late',
      'firewall-reject-gateway-app: 113 or 101, at once',
      'no-listener: 111, at once',
      'proxy-target-wrong-host: no host has that address',
    ],
    remedy: [
      { step: 'from the host of the gateway: `curl -m 5 http://<address>:<port>/`', risk: risks.none },
      {
        step: 'on the other host see which rule drops it: `ufw status`, `nft list ruleset`, the security group of the cloud',
        risk: risks.none,
      },
      {
        step: 'there, allow <port> from the gateway only: `ufw allow from <address> to any port <port> proto tcp`',
        risk: 'who else is in that range reaches the app without the gateway',
      },
    ],
  },
  source: 'Reproduced: nginx (110: Connection timed out) while connecting to upstream; a dead app would refuse (111).',
  judge: (scene) => {
    const { target, direct } = scene.path
    if (target?.isLocal !== false) return judgeOwnFirewall(scene, 'drop')
    const { name, serves } = scene.upstreamHost ?? {}
    const timedOut = direct.filter(({ failure }) => failure === 'connect-timeout')
    if (timedOut.length === 0 && (direct.length > 0 || recentErrors(scene, 'connect-timeout').length === 0))
      return undefined
    return {
      holds: true,
      // An app on that port of this host may be the one that is meant.
      confidence: !scene.upstreamHost && listensHere(scene, target.port) ? 'low' : 'medium',
      subject: target.text,
      summary: serves
        ? t`connections to ${target.text} time out: the app answers on its own host, ${name}, so a firewall there or between drops them`
        : t`connections to ${target.text} time out: a firewall drops them, or that host is gone`,
      evidence: [...timedOut.map(requestEvidence), ...errorEvidence(scene, 'connect-timeout')],
      remedy: [
        {
          note: t`on the host of ${target.text}: allow port ${target.port} from this host (ufw: \`sudo ufw allow from THIS_HOST to any port ${target.port} proto tcp\`)`,
          risk: t`whoever else has that address reaches the app without the gateway`,
        },
      ],
    }
  },
})
