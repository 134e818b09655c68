import { knownValue } from '../fact.js'
import { sh } from '../shell.js'
import { defineCause } from './define.js'
import { asRoot } from './shared/remedies.js'
import { answerEvidence, edgeEvidence, stateOf } from './shared/scene.js'

export default defineCause({
  id: 'gateway-down',
  title: 'nginx is not running',
  layer: 'gateway',
  breaks: 'gateway',
  explains: [],
  source: 'Reproduced: with no master process the kernel refuses connections to 80 and 443.',
  judge: (scene) => {
    if (stateOf(scene, 'gateway') !== 'broken') return undefined
    const unit = knownValue(scene.facts.nginx)?.unit
    const said = unit?.lastMessages.slice(-2).map((text) => ({ source: 'journalctl -u nginx', text })) ?? []
    const state = unit ? [{ source: 'systemctl show nginx', text: `${unit.activeState}, ${unit.result}` }] : []
    return {
      holds: true,
      confidence: 'high',
      subject: 'nginx',
      summary: `nginx is not running${unit ? ` (${unit.activeState})` : ''}`,
      evidence: [...edgeEvidence(scene, 'gateway'), ...state, ...said, ...answerEvidence(scene)],
      remedy: [
        {
          command: asRoot(scene.login, sh`nginx -t`, sh`systemctl start nginx`),
          note: 'tests the configuration and starts nginx',
        },
        ...(unit?.enabled === 'disabled'
          ? [{ command: asRoot(scene.login, sh`systemctl enable nginx`), note: 'starts it at boot, too' }]
          : []),
      ],
    }
  },
})
