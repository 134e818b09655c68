import { defineCause } from '../define.js'
import { configMistake } from '../shared/config-mistake.js'
import { stateOf } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

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
  needs: ['nginx'],
  runbook: {
    symptom: 'connections are refused since a restart of the gateway or of the host',
    signs: ['the gateway does not run', 'it says which line it cannot take ([emerg] of nginx)'],
    against: [
      'gateway-config-invalid-old-running: it still runs, on the former configuration',
      'gateway-cert-unreadable, host-not-found-in-upstream: the line is right, what it names is not there',
      'gateway-port-taken: it cannot bind its port',
    ],
    remedy: [
      { step: 'correct the line that it names', risk: risks.none },
      { step: 'test, then start: `nginx -t && systemctl start nginx`', risk: risks.none },
    ],
  },
  source: 'nginx src/core/ngx_conf_file.c (messages), ngx_cycle.c: an [emerg] while reading ends the start.',
  judge: (scene) => (stateOf(scene, 'gateway') === 'broken' ? configMistake(scene, undefined) : undefined),
})
