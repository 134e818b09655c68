import { requestEvidence } from '../../path/edges.js'
import { defineCause } from '../define.js'
import { errorEvidence, recentErrors } from '../shared/scene.js'

export default defineCause({
  id: 'firewall-drop-gateway-app',
  title: 'packets from the gateway to the app are dropped',
  layer: 'network',
  breaks: 'target',
  explains: [],
  source: 'Reproduced: nginx (110: Connection timed out) while connecting to upstream; a dead app would refuse (111).',
  judge: (scene) => {
    const { target, direct } = scene.path
    if (target?.isLocal !== false) return undefined
    const timedOut = direct.filter(({ failure }) => failure === 'connect-timeout')
    if (timedOut.length === 0 && (direct.length > 0 || recentErrors(scene, 'connect-timeout').length === 0))
      return undefined
    return {
      holds: true,
      confidence: 'medium',
      subject: target.text,
      summary: `connections to ${target.text} time out: a firewall drops them, or that host is gone`,
      evidence: [...timedOut.map(requestEvidence), ...errorEvidence(scene, 'connect-timeout')],
      remedy: [
        {
          note: `on the host of ${target.text}: allow port ${target.port} from this host (ufw: \`sudo ufw allow from THIS_HOST to any port ${target.port} proto tcp\`)`,
        },
      ],
    }
  },
})
