import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { isAnswer } from '../../path/request-path.js'
import { isLoopback } from '../../path/target.js'
import type { ProcessesFacts } from '../../probes/processes.js'
import { defineCause, type Holds, type Scene, type Undecided } from '../define.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { edgeEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { steps } from '../shared/steps.js'

type Process = ProcessesFacts['processes'][number]

export default defineCause({
  id: 'gateway-in-container-localhost',
  title: "the gateway's localhost is that of its own container",
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener', 'upstream-pool-tripped'],
  needs: ['processes', 'http'],
  runbook: {
    symptom: 'every page gives 502, and `curl http://127.0.0.1:<port>/` on the host gives the page',
    signs: [
      'the gateway runs in a network namespace of its own: `readlink /proc/<pid>/ns/net` differs from that of the app',
      'it dials 127.0.0.1 or localhost, where nobody but itself is',
    ],
    against: ['no-listener: nothing answers on the host either'],
    remedy: [
      {
        step: "let the gateway share the host's network (`network_mode: host`)",
        risk: 'its published ports no longer count',
      },
      {
        step: 'or dial the host: `extra_hosts: ["host.docker.internal:host-gateway"]`, and let the app listen on 0.0.0.0',
        risk: 'the app can be reached from elsewhere: close its port in the firewall',
      },
      steps.reload,
    ],
  },
  source: 'Reproduced with nginx in a network namespace of its own; nginx-proxy-manager#96, nginx-proxy#756.',
  judge: (scene) => (scene.path.location ? judgeSeen(scene) : judgeContainer(scene)),
})

/** A gateway whose configuration is seen, and whose network is another one. */
function judgeSeen(scene: Scene): Holds | undefined {
  const { gateway, target, direct, serves } = scene.path
  const all = knownValue(scene.facts.processes)?.processes ?? []
  const master = all.find(({ pid }) => pid === gateway?.facts.masterPid)
  const server = scene.path.holders[0] ?? scene.path.app?.processes[0]
  const good = direct.find((answer) => isLoopback(answer.address) && isAnswer(answer))
  if (!gateway || !target || !master || !server || !good || serves === true) return undefined
  if (!target.addresses.some(isLoopback) || !isApart(master, server)) return undefined
  return {
    holds: true,
    confidence: 'high',
    subject: target.text,
    summary: t`${gatewayName(scene)} runs in a network of its own, so its ${target.text} is not the host's`,
    evidence: [
      { source: `readlink /proc/${master.pid}/ns/net`, text: `${master.name} ${master.networkNamespace}` },
      { source: `readlink /proc/${server.pid}/ns/net`, text: `${server.name} ${server.networkNamespace}` },
      ...edgeEvidence(scene, 'site'),
      requestEvidence(good),
      ...errorEvidence(scene, 'connect-refused'),
    ],
    remedy: [
      ...editTarget(scene, t`dial an address of the host that is reached from there, where the app listens, too`),
      reloadGateway(scene),
    ],
  }
}

function isApart(a: Process, b: Process): boolean {
  return a.networkNamespace !== null && b.networkNamespace !== null && a.networkNamespace !== b.networkNamespace
}

const gatewayPrograms = /^(?:nginx|openresty|caddy|haproxy|apache2|httpd|traefik|envoy)/

/** A gateway in a container: its configuration is not seen, only that the app could not be reached from there. */
function judgeContainer(scene: Scene): Holds | Undecided | undefined {
  const { app, site, appListeners, direct, fromHere } = scene.path
  const inner = (knownValue(scene.facts.processes)?.processes ?? []).find(
    ({ name, unit }) => gatewayPrograms.test(name) && /^(?:docker|libpod|cri-containerd|crio|lxc)-/.test(unit ?? ''),
  )
  const isInside = appListeners.length > 0 && appListeners.every(({ address }) => isLoopback(address))
  const good = direct.find(isAnswer)
  if (site || !app || !inner || !isInside || !good || fromHere?.status == null || isAnswer(fromHere)) return undefined
  const [own] = app.processes
  if (own && !isApart(inner, own) && own.networkNamespace !== null && inner.networkNamespace !== null) return undefined
  const id = (inner.unit ?? '').replace(/^\w+-/, '').slice(0, 12)
  if (inner.networkNamespace === null || !own || own.networkNamespace === null)
    return {
      holds: null,
      because: t`whether ${inner.name} (process ${inner.pid}) shares the host's network could not be seen`,
      decide: `docker inspect --format '{{.HostConfig.NetworkMode}}' ${id}`,
    }
  return {
    holds: true,
    confidence: 'medium',
    subject: app.name,
    summary: t`${inner.name} runs in a container, and ${app.name} listens on ${appListeners[0]?.address} of the host only, which is not reached from there`,
    evidence: [
      { source: `cat /proc/${inner.pid}/cgroup`, text: `${inner.name} ${inner.unit}` },
      ...appListeners.map(({ address, port, processName }) => ({
        source: 'ss -ltnp',
        text: `${address}:${port} ${processName ?? ''}`.trim(),
      })),
      requestEvidence(good),
      requestEvidence(fromHere),
    ],
    remedy: [
      {
        note: t`let ${app.name} listen on 0.0.0.0, and the container dial host.docker.internal (extra_hosts: host.docker.internal:host-gateway)`,
        risk: t`port ${appListeners[0]?.port} can be reached from elsewhere: close it in the firewall`,
      },
    ],
  }
}
