import { defineCause } from '../define.js'
import { configMistake } from '../shared/config-mistake.js'
import { stateOf } from '../shared/scene.js'

export default defineCause({
  id: 'gateway-config-invalid-old-running',
  title: 'the gateway refuses its new configuration and runs on the old one',
  layer: 'gateway',
  breaks: 'site',
  explains: ['gateway-not-reloaded', 'proxy-port-mismatch', 'site-not-enabled', 'no-listener'],
  source: 'nginx src/core/ngx_cycle.c: a reload that meets an [emerg] keeps the old cycle and its workers.',
  judge: (scene) => (stateOf(scene, 'gateway') === 'proven' ? configMistake(scene, undefined) : undefined),
})
