import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { decidePort } from '../../path/firewall-decision.js'
import type { Script } from '../../shell.js'
import { sh } from '../../shell.js'
import type { Scene } from '../define.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { edgeEvidence, stateOf } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

const open = 'opens it to everybody'

export default defineCause({
  id: 'public-port-blocked',
  title: "the firewall keeps visitors from the gateway's port",
  layer: 'network',
  breaks: 'entrance',
  explains: [],
  needs: ['nginx'],
  runbook: {
    symptom: 'visitors get no answer at all, while requests on the host itself succeed',
    signs: [
      'a rule of the firewall drops or rejects <port>',
      'the gateway answers on the host, and not from where fleetdx runs',
    ],
    against: [
      'gateway-down: it does not answer on the host either',
      'a port that is for a load balancer only: it is meant to be closed to others',
    ],
    remedy: [
      {
        step: 'see the rules: `ufw status`, `firewall-cmd --list-all`, `nft list ruleset`, the security group of the cloud',
        risk: risks.none,
      },
      { step: 'open <port>: `ufw allow <port>/tcp`', risk: open },
    ],
  },
  source: 'Reproduced: a drop on 80 leaves local requests at 200 and lets those from outside time out.',
  judge: (scene) => {
    const { path, facts } = scene
    const port = path.site?.listens.find(({ port }) => port !== null)?.port ?? null
    if (port === null) return undefined
    const isUnanswered = path.fromHere?.failure === 'connect-timeout' || path.fromHere?.failure === 'unreachable'
    const isPublic = path.fromHere?.url === path.app?.hint?.url
    const answersInside = path.throughGateway?.status != null
    const isClosed = stateOf(scene, 'entrance') === 'broken'
    if (!isClosed && isUnanswered && answersInside && !isPublic) {
      return {
        holds: null,
        because: t`port ${port} does not answer from here; it may be meant for others only (a load balancer), or a firewall before the host closes it`,
        decide: t`the same request from where visitors are`,
      }
    }
    if (!isClosed && !(isUnanswered && answersInside)) return undefined
    const decision = facts.firewall.known ? decidePort(facts.firewall.value.firewalls, port) : undefined
    const isByRule = decision?.outcome === 'drop' || decision?.outcome === 'reject'
    const tool = decision?.firewall?.tool ?? t`the firewall`
    const seen = [path.fromHere, path.throughGateway].filter((answer) => answer !== null).map(requestEvidence)
    return {
      holds: true,
      confidence: isByRule ? 'high' : 'low',
      subject: `port ${port}`,
      summary: isByRule
        ? decision.outcome === 'drop'
          ? t`${tool} drops connections to port ${port}`
          : t`${tool} rejects connections to port ${port}`
        : t`port ${port} answers on the host but not from here: a firewall, here or before the host, is in the way`,
      evidence: [...edgeEvidence(scene, 'entrance'), ...seen],
      remedy: openPort(scene, decision?.firewall?.tool, port),
    }
  },
})

/** How a port is opened with the firewall that closes it. */
function openPort({ login }: Scene, tool: string | undefined, port: number) {
  const commands: Record<string, Script[]> = {
    ufw: [sh`ufw allow ${port}/tcp`],
    firewalld: [sh`firewall-cmd --permanent --add-port=${port}/tcp`, sh`firewall-cmd --reload`],
    nftables: [sh`nft -a list ruleset`],
    iptables: [sh`iptables -I INPUT -p tcp --dport ${port} -j ACCEPT`],
  }
  const known = tool === undefined ? undefined : commands[tool]
  if (!known)
    return [{ note: t`open port ${port} in the firewall before this host (the cloud's security group)`, risk: open }]
  const note =
    tool === 'nftables' ? t`find the rule that closes port ${port}, and put an accept before it` : t`opens port ${port}`
  return [{ command: asRoot(login, ...known), note, risk: open }]
}
