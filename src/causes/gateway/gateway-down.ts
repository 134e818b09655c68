import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, stateOf } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-down',
  title: 'the gateway is not running',
  layer: 'gateway',
  breaks: 'gateway',
  explains: [],
  needs: ['nginx'],
  runbook: {
    symptom: 'connections to 80 and 443 are refused, to every site',
    signs: ['no process of the gateway', 'its unit is inactive or failed'],
    against: [
      'gateway-config-invalid, gateway-cert-unreadable, gateway-port-taken: why it does not start, where it is seen',
      'public-port-blocked: it runs and answers on the host',
    ],
    remedy: [
      { step: 'test, then start: `nginx -t && systemctl start nginx`', risk: risks.none },
      { step: 'where it is disabled: `systemctl enable nginx`', risk: risks.none },
    ],
  },
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
      summary: unit ? t`${gateway.name} is not running (${unit.activeState})` : t`${gateway.name} is not running`,
      evidence: [...edgeEvidence(scene, 'gateway'), ...state, ...said, ...answerEvidence(scene)],
      remedy: [
        {
          command: asRoot(scene.login, gateway.test, sh`systemctl start ${gateway.unit}`),
          note: t`tests the configuration and starts ${gateway.name}`,
          risk: risks.none,
        },
        ...(unit?.enabled === 'disabled'
          ? [
              {
                command: asRoot(scene.login, sh`systemctl enable ${gateway.unit}`),
                note: t`starts it at boot, too`,
                risk: risks.none,
              },
            ]
          : []),
      ],
    }
  },
})
