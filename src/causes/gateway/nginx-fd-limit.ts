import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { presentErrors } from '../shared/gateway-log.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'nginx-fd-limit',
  title: 'the gateway may open no more files',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['app-serves-5xx', 'nginx-worker-connections', 'upstream-pool-tripped'],
  needs: ['nginx-errors'],
  runbook: {
    symptom: 'under load pages give 500 or connections hang, and all is well when it is quiet',
    signs: [
      'the log says `socket() failed (24: Too many open files)` or `accept4() failed (24: …)`',
      '`ls /proc/<pid>/fd | wc -l` of a worker is near `Max open files` in /proc/<pid>/limits',
    ],
    against: ['nginx-worker-connections: `worker_connections are not enough`', 'app-fd-limit: the app says EMFILE'],
    remedy: [
      { step: 'set `worker_rlimit_nofile 65535;` in nginx.conf, above twice `worker_connections`', risk: risks.edit },
      { step: 'the master may need more itself: `systemctl edit nginx`, `LimitNOFILE=65535`', risk: risks.none },
      { step: '`nginx -t && systemctl restart nginx`', risk: 'connections are dropped for a moment' },
    ],
  },
  source: 'Reproduced with worker_rlimit_nofile: each request needs two sockets; meteor-up#1379, hypothesis#6770.',
  judge: (scene) => {
    const { gateway, location } = scene.path
    const [line] = presentErrors(scene, 'open-files')
    if (!gateway || !location || !line) return undefined
    const workers = gateway.kind === 'nginx' ? (knownValue(scene.facts.nginx)?.workers ?? []) : []
    const [worker] = workers.toSorted((a, b) => (b.openFiles ?? 0) - (a.openFiles ?? 0))
    const limit = worker?.openFilesLimit
    return {
      holds: true,
      confidence: 'high',
      subject: gateway.name,
      summary:
        limit == null
          ? t`${gatewayName(scene)} may open no more files: requests fail by it`
          : t`${gatewayName(scene)} may open no more files than ${limit} a worker: requests fail by it`,
      evidence: [
        ...errorEvidence(scene, 'open-files'),
        ...(worker ? [{ source: `/proc/${worker.pid}/limits`, text: describe(worker) }] : []),
        ...answerEvidence(scene),
      ],
      remedy: raise(scene),
    }
  },
})

function describe({ openFilesLimit, openFiles }: { openFilesLimit: number | null; openFiles: number | null }): string {
  const limit = openFilesLimit ?? t`not known`
  return openFiles === null ? `Max open files ${limit}` : t`Max open files ${limit}, ${openFiles} open`
}

function raise({ path: { gateway }, login }: Scene) {
  const unit = gateway?.unit ?? 'nginx'
  const file = gateway?.facts.configFile ?? '/etc/nginx/nginx.conf'
  return [
    gateway?.kind === 'nginx'
      ? {
          command: asRoot(login, sh`nano ${file}`),
          note: t`set worker_rlimit_nofile 65535; at its top, above twice worker_connections`,
          risk: risks.edit,
        }
      : {
          command: asRoot(login, sh`systemctl edit ${unit}`),
          note: t`set LimitNOFILE=65535 under [Service]`,
          risk: risks.none,
        },
    {
      command: asRoot(login, gateway?.test ?? sh`nginx -t`, sh`systemctl restart ${unit}`),
      note: t`starts it with the new limit`,
      risk: t`connections are dropped for a moment`,
    },
  ]
}
