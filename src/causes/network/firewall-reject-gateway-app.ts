import { requestEvidence } from '../../path/edges.js'
import { defineCause } from '../define.js'
import { errorEvidence, recentErrors } from '../shared/scene.js'

export default defineCause({
  id: 'firewall-reject-gateway-app',
  title: 'a firewall rejects connections from the gateway to the app',
  layer: 'network',
  breaks: 'target',
  explains: [],
  source: 'Reproduced: REJECT with icmp-host-prohibited gives nginx (113: No route to host).',
  judge: (scene) => {
    const { target, direct } = scene.path
    if (target?.isLocal !== false) return undefined
    const rejected = direct.filter(({ failure }) => failure === 'unreachable')
    if (rejected.length === 0 && (direct.length > 0 || recentErrors(scene, 'connect-unreachable').length === 0))
      return undefined
    return {
      holds: true,
      confidence: 'medium',
      subject: target.text,
      summary: `${target.text} cannot be reached (no route, or administratively prohibited)`,
      evidence: [...rejected.map(requestEvidence), ...errorEvidence(scene, 'connect-unreachable')],
      remedy: [
        {
          note: `on the host of ${target.text}: open port ${target.port} (firewalld: \`sudo firewall-cmd --permanent --add-port=${target.port}/tcp && sudo firewall-cmd --reload\`)`,
        },
      ],
    }
  },
})
