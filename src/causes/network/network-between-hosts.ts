import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { decidePort, type FirewallDecision } from '../../path/firewall-decision.js'
import type { UpstreamHost } from '../../path/follow-upstream.js'
import { acceptsAt, isLoopback, type Target } from '../../path/target.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'network-between-hosts',
  title: 'the app answers on its own host, and not to the gateway on another',
  layer: 'network',
  breaks: 'target',
  explains: ['firewall-drop-gateway-app', 'firewall-reject-gateway-app'],
  needs: ['http'],
  runbook: {
    symptom: '502 or 504 from a gateway, while the app on another host of the fleet is well',
    signs: [
      'requests from the gateway to <address>:<port> do not connect',
      'the host of that address was checked in the same run: something listens on that address there, and answers',
    ],
    against: [
      'app-binds-loopback-remote-gateway: on that host the app listens on 127.0.0.1 only',
      'upstream-host-broken: on that host the app does not answer either',
    ],
    remedy: [
      {
        step: 'on the host of the app, see what its firewall does with <port>: `sudo nft list ruleset`',
        risk: risks.none,
      },
      {
        step: 'allow <port> from the gateway there, in the cloud and in each firewall between',
        risk: 'opens the port to the gateway',
      },
    ],
  },
  source:
    'Reproduced: a rule on the host of the app drops or rejects what comes from outside; both hosts were asked in one run.',
  judge: (scene) => {
    const { path, upstreamHost } = scene
    const { target, direct } = path
    if (!upstreamHost?.facts || !target || path.serves !== false || upstreamHost.serves !== true) return undefined
    const failed = direct.filter(({ failure }) => failure !== null && unconnected.has(failure))
    if (failed.length === 0 || failed.length < direct.length || !isOpenThere(target, upstreamHost)) return undefined
    const { name } = upstreamHost
    const decision = decideThere(scene, upstreamHost)
    const isByRule = decision?.outcome === 'drop' || decision?.outcome === 'reject'
    // Of connections that time out or are prohibited the firewall causes tell, if no rule there tells more.
    if (!isByRule && failed.some(({ failure }) => failure !== 'refused')) return undefined
    const tool = decision?.firewall?.tool ?? t`a firewall`
    return {
      holds: true,
      confidence: isByRule ? 'high' : 'medium',
      subject: target.text,
      summary: isByRule
        ? decision.outcome === 'drop'
          ? t`${tool} of host ${name} drops what comes to port ${target.port}, where the app itself answers`
          : t`${tool} of host ${name} rejects what comes to port ${target.port}, where the app itself answers`
        : t`${target.text} is host ${name}, where the app answers; connections from here are refused: by a firewall there or between, or by another host that has this address`,
      evidence: [
        ...failed.map(requestEvidence),
        ...(upstreamHost.listeners ?? []).map(({ address, port }) => ({
          source: t`${name}: listeners`,
          text: `LISTEN ${address}:${port}`,
        })),
        ...answersThere(target, upstreamHost),
        ...(isByRule && decision.rule ? [{ source: `${name}: ${tool}`, text: decision.rule.text }] : []),
      ],
      remedy: [
        {
          command: sh`sudo nft list ruleset`,
          note: t`on ${name}: shows its rules; look for port ${target.port}`,
          risk: risks.none,
        },
        {
          note: t`allow port ${target.port} from this host: on ${name}, and in each firewall between the two (the cloud's security group)`,
          risk: t`opens the port to this host`,
        },
      ],
    }
  },
})

const unconnected: ReadonlySet<string> = new Set(['refused', 'connect-timeout', 'unreachable'])

/** Whether something there listens on the address that is dialled, not on the loopback alone. */
function isOpenThere({ addresses, port }: Target, { listeners = [] }: UpstreamHost): boolean {
  return listeners.some(
    (listener) =>
      !isLoopback(listener.address) &&
      port !== null &&
      (addresses.length === 0 || addresses.some((address) => acceptsAt(listener, address, port))),
  )
}

/** What that host's firewall does with a connection from this one; undefined where it depends on which address it comes from. */
function decideThere({ facts, path }: Scene, upstream: UpstreamHost): FirewallDecision | undefined {
  const firewalls = upstream.facts ? knownValue(upstream.facts.firewall)?.firewalls : undefined
  const port = path.target?.port
  if (!firewalls || port == null) return undefined
  const own = (knownValue(facts.host)?.addresses ?? []).filter((address) => !isLoopback(address))
  const decisions = own.map((source) => decidePort(firewalls, port, { source }))
  const [first] = decisions
  return decisions.every(({ outcome }) => outcome === first?.outcome) ? first : undefined
}

function answersThere({ port }: Target, { name, facts }: UpstreamHost) {
  const answers = facts ? (knownValue(facts.http)?.answers ?? []) : []
  return answers
    .filter((answer) => answer.vantage === 'direct' && answer.port === port && answer.status !== null)
    .slice(0, 1)
    .map(requestEvidence)
    .map(({ source, text }) => ({ source: `${name}: ${source}`, text }))
}
