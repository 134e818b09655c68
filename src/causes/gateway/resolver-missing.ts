import { editTarget } from '../shared/gateway-remedies.js'
import { defineLoggedCause } from '../shared/logged-cause.js'
import { reloadGateway } from '../shared/remedies.js'

export default defineLoggedCause({
  id: 'resolver-missing',
  title: 'nginx has no resolver for the name in proxy_pass',
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener'],
  source:
    'Reproduced: with a variable in proxy_pass nginx asks DNS for each request, not /etc/hosts; nginx -t is content.',
  kinds: ['no-resolver'],
  summary: ({ path }) => `nginx cannot look up ${path.target?.text ?? 'its upstream'}: no resolver is configured`,
  remedy: (scene) => [
    ...editTarget(scene, 'name an address instead of the variable, or add beside it: resolver 127.0.0.53 valid=30s;'),
    reloadGateway(scene),
  ],
})
