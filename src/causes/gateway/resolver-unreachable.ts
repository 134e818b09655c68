import { sh } from '../shell.js'
import { editTarget } from './shared/gateway-remedies.js'
import { defineLoggedCause } from './shared/logged-cause.js'
import { reloadNginx } from './shared/remedies.js'

export default defineLoggedCause({
  id: 'resolver-unreachable',
  title: 'the name in proxy_pass cannot be resolved',
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener'],
  source: 'nginx src/core/ngx_resolver.c: could not be resolved (3: Host not found), (110: Operation timed out).',
  kinds: ['name-not-resolved'],
  // sample: app.internal could not be resolved (3: Host not found)
  summary: (_, line) => /\S+ could not be resolved \([^)]*\)/.exec(line)?.[0] ?? 'a name could not be resolved',
  remedy: (scene) => [
    {
      command: sh`getent hosts ${scene.path.target?.text.split(':')[0] ?? ''}`,
      note: "shows what the host's own resolver says",
    },
    ...editTarget(scene, 'correct the name, or the resolver beside it'),
    reloadNginx(scene.login),
  ],
})
