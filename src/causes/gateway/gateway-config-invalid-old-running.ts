import { defineCause } from '../define.js'
import { configMistake } from '../shared/config-mistake.js'
import { stateOf } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-config-invalid-old-running',
  title: 'the gateway refuses its new configuration and runs on the old one',
  layer: 'gateway',
  breaks: 'site',
  explains: ['gateway-not-reloaded', 'proxy-port-mismatch', 'site-not-enabled', 'no-listener'],
  needs: ['nginx'],
  runbook: {
    symptom: 'a change of the configuration has no effect; what it should have mended goes on failing',
    signs: ['the gateway runs', 'its files have a mistake, or its last reload ended with [emerg]'],
    against: [
      'gateway-not-reloaded: the files are good, and nobody reloaded',
      'gateway-config-invalid: it does not run',
    ],
    remedy: [
      { step: 'correct the line that it names; until then no restart: it would not come back', risk: risks.none },
      steps.reload,
    ],
  },
  source: 'nginx src/core/ngx_cycle.c: a reload that meets an [emerg] keeps the old cycle and its workers.',
  judge: (scene) => (stateOf(scene, 'gateway') === 'proven' ? configMistake(scene, undefined) : undefined),
})
