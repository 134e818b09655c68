import { defineCause } from '../define.js'
import { configMistake } from '../shared/config-mistake.js'
import { stateOf } from '../shared/scene.js'

/**
 * The catalogue's `gateway-config-invalid-old-running` is about a gateway that still runs with its former configuration;
 * this is its sister: it could not start at all.
 */
export default defineCause({
  id: 'gateway-config-invalid',
  title: 'the gateway cannot start: its configuration is at fault',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down'],
  source: 'nginx src/core/ngx_conf_file.c (messages), ngx_cycle.c: an [emerg] while reading ends the start.',
  judge: (scene) => (stateOf(scene, 'gateway') === 'broken' ? configMistake(scene, undefined) : undefined),
})
