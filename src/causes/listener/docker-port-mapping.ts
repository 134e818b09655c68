import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { isAnswer } from '../../path/request-path.js'
import type { Facts } from '../../probes/index.js'
import { sh } from '../../shell.js'
import { defineCause, type Holds, type Scene } from '../define.js'
import { replaceInTarget } from '../shared/gateway-remedies.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, gatewayName, isRefused } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

/** A port of the host that Docker passes on into a container. */
interface Mapping {
  pid: number
  hostPort: number
  address: string
  port: number
}

export default defineCause({
  id: 'docker-port-mapping',
  title: "the app's container is not reached by the port that the gateway dials",
  layer: 'listener',
  breaks: 'target',
  explains: ['no-listener', 'app-hung', 'app-serves-5xx', 'upstream-pool-tripped', 'firewall-drop-gateway-app'],
  needs: ['processes', 'http'],
  runbook: {
    symptom: 'every page gives 502, and the container is up',
    signs: [
      '`docker ps` shows another port of the host than the gateway dials (`0.0.0.0:3001->3000/tcp`)',
      'or the port is right, and connections are closed or reset at once: inside the container the app listens on 127.0.0.1, or on another port',
    ],
    against: ['no-listener: no container has that port', 'plain-to-tls-upstream: the app wants TLS'],
    remedy: [
      {
        step: 'dial the published port, or publish the one that is dialled (`-p 127.0.0.1:<port>:<inner>`)',
        risk: 'the container is made anew',
      },
      { step: 'let the app listen on all addresses of the container: `HOSTNAME=0.0.0.0`', risk: risks.restart },
      steps.reload,
    ],
  },
  source: 'docker-proxy(8) takes connections before the container does, and closes them; vercel/next.js#54093.',
  judge: (scene) => {
    const { target, location, serves } = scene.path
    if (!location || target?.port == null || target.isLocal === false || serves === true) return undefined
    return otherPort(scene, target.port) ?? nobodyInside(scene, target.port)
  },
})

/** Nothing listens where the gateway dials, and a container has that port under another one of the host. */
function otherPort(scene: Scene, dialled: number): Holds | undefined {
  const mappings = mappingsOf(scene.facts)
  const found = mappings.filter(({ port, hostPort }) => port === dialled && hostPort !== dialled)
  const [only] = uniquePorts(found)
  if (!only || uniquePorts(found).length > 1 || !isRefused(scene)) return undefined
  const good = knownValue(scene.facts.http)?.answers.find(
    (answer) => answer.vantage === 'direct' && answer.port === only.hostPort && isAnswer(answer),
  )
  return {
    holds: true,
    confidence: good ? 'high' : 'medium',
    subject: scene.path.target?.text ?? '',
    summary: t`${gatewayName(scene)} dials port ${dialled}, and Docker publishes port ${dialled} of the container as ${only.hostPort}`,
    evidence: [
      ...edgeEvidence(scene, 'site', 'target'),
      mappingEvidence(only),
      ...(good ? [requestEvidence(good)] : []),
      ...errorEvidence(scene, 'connect-refused'),
    ],
    remedy: [
      ...replaceInTarget(scene, `:${dialled}\\b`, `:${only.hostPort}`, t`${gatewayName(scene)} dials ${only.hostPort}`),
      reloadGateway(scene),
    ],
  }
}

/** Docker takes the connection, and nobody in the container does. */
function nobodyInside(scene: Scene, dialled: number): Holds | undefined {
  const { direct, target } = scene.path
  const mapping = mappingsOf(scene.facts).find(({ hostPort }) => hostPort === dialled)
  const broken = direct.find(({ failure }) => failure === 'reset' || failure === 'empty')
  if (!mapping || !broken || direct.some(isAnswer)) return undefined
  return {
    holds: true,
    confidence: 'medium',
    subject: target?.text ?? '',
    summary: t`Docker takes connections to port ${dialled}, and nobody in the container does on port ${mapping.port}`,
    evidence: [
      mappingEvidence(mapping),
      requestEvidence(broken),
      ...errorEvidence(scene, 'reset', 'closed-early'),
      ...answerEvidence(scene),
    ],
    remedy: [
      {
        command: asRoot(scene.login, sh`docker ps --filter ${`publish=${dialled}`}`),
        note: t`shows the container`,
        risk: risks.none,
      },
      {
        note: t`let the app listen on 0.0.0.0:${mapping.port} in its container (HOSTNAME=0.0.0.0), or publish the port that it has`,
        risk: t`the container is made anew`,
      },
    ],
  }
}

function mappingEvidence({ pid, hostPort, address, port }: Mapping) {
  return { source: 'ps', text: t`docker-proxy pid ${pid}: host port ${hostPort} → ${address}:${port}` }
}

function mappingsOf({ processes }: Facts): Mapping[] {
  return (knownValue(processes)?.processes ?? [])
    .filter(({ name }) => name === 'docker-proxy')
    .flatMap(({ pid, args }) => {
      // sample: /usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 3001 -container-ip 172.17.0.2 -container-port 3000 -use-listen-fd
      const option = (name: string) => new RegExp(` -${name} (\\S+)`).exec(args)?.[1] ?? ''
      const [hostPort, port] = [Number(option('host-port')), Number(option('container-port'))]
      return option('proto') === 'tcp' && hostPort > 0 && port > 0
        ? [{ pid, hostPort, address: option('container-ip'), port }]
        : []
    })
}

/** One for IPv4 and one for IPv6 are one mapping. */
function uniquePorts(mappings: readonly Mapping[]): Mapping[] {
  return [...new Map(mappings.map((mapping) => [mapping.hostPort, mapping])).values()]
}
