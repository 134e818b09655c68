import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, stateOf } from '../shared/scene.js'

export default defineCause({
  id: 'gateway-down',
  title: 'the gateway is not running',
  layer: 'gateway',
  breaks: 'gateway',
  explains: [],
  source: 'Reproduced: with no master process the kernel refuses connections to 80 and 443.',
  judge: (scene) => {
    const { gateway: last, fronts } = scene.path
    const gateway = [...fronts, last].find((each) => each && !each.facts.running)
    if (!gateway || stateOf(scene, 'gateway') !== 'broken') return undefined
    const { unit } = gateway.facts
    const said = unit?.lastMessages.slice(-2).map((text) => ({ source: `journalctl -u ${gateway.unit}`, text })) ?? []
    const state = unit
      ? [{ source: `systemctl show ${gateway.unit}`, text: `${unit.activeState}, ${unit.result}` }]
      : []
    return {
      holds: true,
      confidence: 'high',
      subject: gateway.name,
      summary: `${gateway.name} is not running${unit ? ` (${unit.activeState})` : ''}`,
      evidence: [...edgeEvidence(scene, 'gateway'), ...state, ...said, ...answerEvidence(scene)],
      remedy: [
        {
          command: asRoot(scene.login, gateway.test, sh`systemctl start ${gateway.unit}`),
          note: `tests the configuration and starts ${gateway.name}`,
        },
        ...(unit?.enabled === 'disabled'
          ? [{ command: asRoot(scene.login, sh`systemctl enable ${gateway.unit}`), note: 'starts it at boot, too' }]
          : []),
      ],
    }
  },
})
