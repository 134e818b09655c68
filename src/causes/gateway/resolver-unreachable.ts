import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { defineLoggedCause } from '../shared/logged-cause.js'
import { reloadGateway } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

// sample: app.internal could not be resolved (3: Host not found); lookup app.internal on 127.0.0.53:53: no such host
// (Caddy); DNS lookup failure for: app.internal (Apache)
const said = /\S+ could not be resolved \([^)]*\)|lookup \S+(?: on \S+)?: no such host|DNS lookup failure for: [^\s,]+/

export default defineLoggedCause({
  id: 'resolver-unreachable',
  title: 'the name that the gateway dials cannot be resolved',
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener'],
  needs: ['nginx-errors', 'http'],
  runbook: {
    symptom: '502 on every request of one location',
    signs: ['the log says `could not be resolved (3: Host not found)` or `(110: Operation timed out)`'],
    against: ['resolver-missing: `no resolver defined`', 'host-not-found-in-upstream: the gateway does not start'],
    remedy: [
      { step: 'see what the host itself finds: `getent hosts <name>`', risk: risks.none },
      { step: 'correct the name, or the resolver beside it', risk: risks.none },
      steps.reload,
    ],
  },
  source: 'nginx src/core/ngx_resolver.c: could not be resolved (3: Host not found), (110: Operation timed out).',
  kinds: ['name-not-resolved'],
  summary: (_, line) => said.exec(line)?.[0] ?? t`a name could not be resolved`,
  remedy: (scene) => [
    {
      command: sh`getent hosts ${scene.path.target?.text.split(':')[0] ?? ''}`,
      note: t`shows what the host's own resolver says`,
      risk: risks.none,
    },
    ...editTarget(scene, t`correct the name, or the resolver beside it`),
    reloadGateway(scene),
  ],
})
