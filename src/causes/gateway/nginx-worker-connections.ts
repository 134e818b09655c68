import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { presentErrors } from '../shared/gateway-log.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'nginx-worker-connections',
  title: 'the gateway may have no more connections',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['app-serves-5xx', 'upstream-pool-tripped'],
  needs: ['nginx-errors'],
  runbook: {
    symptom: 'under load pages give 500 or connections are reset, and all is well when it is quiet',
    signs: [
      'the log says `<n> worker_connections are not enough` (nginx), `server reached MaxRequestWorkers setting` (Apache)',
      'each request needs two: one to the visitor, one to the app',
    ],
    against: [
      'proxy-loop: one request uses them all up, as the gateway asks itself',
      'app-hung: slow answers keep all connections busy; see how long the app takes',
    ],
    remedy: [
      {
        step: 'raise `worker_connections` in `events { }` (512 by default) and `worker_rlimit_nofile` to twice as much',
        risk: risks.edit,
      },
      steps.reload,
    ],
  },
  source: 'Reproduced: nginx src/core/ngx_connection.c, ngx_get_connection(); ocf/nix#364.',
  judge: (scene) => {
    const { gateway, location } = scene.path
    const [line] = presentErrors(scene, 'worker-connections')
    if (!gateway || !location || !line) return undefined
    // sample: 768 worker_connections are not enough while connecting to upstream
    const logged = /(\d+) worker_connections are not enough/.exec(line.sample)?.[1]
    const limit = logged ?? knownValue(scene.facts.nginx)?.workerConnections ?? undefined
    const isNginx = gateway.kind === 'nginx'
    const file = gateway.facts.configFile ?? '/etc/nginx/nginx.conf'
    return {
      holds: true,
      confidence: 'high',
      subject: gateway.name,
      summary: summarize(gatewayName(scene), isNginx, limit),
      evidence: [...errorEvidence(scene, 'worker-connections'), ...answerEvidence(scene)],
      remedy: [
        {
          command: asRoot(scene.login, sh`nano ${file}`),
          note: isNginx
            ? t`raise worker_connections in events { }, and set worker_rlimit_nofile to twice as much`
            : t`raise MaxRequestWorkers (and ServerLimit), as far as the memory reaches`,
          risk: risks.edit,
        },
        reloadGateway(scene),
      ],
    }
  },
})

function summarize(name: string, isNginx: boolean, limit: string | number | undefined): string {
  if (!isNginx) return t`${name} may serve no more requests at once than it is set to`
  return limit === undefined
    ? t`${name} may have no more than its connections a worker, and they are not enough`
    : t`${name} may have no more than ${limit} connections a worker, and they are not enough`
}
