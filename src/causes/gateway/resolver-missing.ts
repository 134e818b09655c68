import { t } from '../../language/language.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { defineLoggedCause } from '../shared/logged-cause.js'
import { reloadGateway } from '../shared/remedies.js'
import { steps } from '../shared/steps.js'

export default defineLoggedCause({
  id: 'resolver-missing',
  title: 'nginx has no resolver for the name in proxy_pass',
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener'],
  needs: ['nginx', 'nginx-errors', 'http'],
  runbook: {
    symptom: '502 on every request of one location, though the test of the configuration is content',
    signs: ['proxy_pass has a variable', 'the log says `no resolver defined to resolve <name>`'],
    against: [
      'resolver-unreachable: there is a resolver, and it does not help',
      'host-not-found-in-upstream: no variable, and the gateway does not start',
    ],
    remedy: [
      {
        step: 'name an address instead of the variable, or add `resolver 127.0.0.53 valid=30s;`',
        risk: 'nginx asks that resolver only: it does not read /etc/hosts',
      },
      steps.reload,
    ],
  },
  source:
    'Reproduced: with a variable in proxy_pass nginx asks DNS for each request, not /etc/hosts; nginx -t is content.',
  kinds: ['no-resolver'],
  summary: ({ path: { target } }) =>
    target
      ? t`nginx cannot look up ${target.text}: no resolver is configured`
      : t`nginx cannot look up its upstream: no resolver is configured`,
  remedy: (scene) => [
    ...editTarget(scene, t`name an address instead of the variable, or add beside it: resolver 127.0.0.53 valid=30s;`),
    reloadGateway(scene),
  ],
})
