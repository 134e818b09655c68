import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { decidePort, type FirewallDecision } from '../../path/firewall-decision.js'
import { isLoopback } from '../../path/target.js'
import { type Script, sh } from '../../shell.js'
import type { Holds, RemedyStep, Scene, Undecided } from '../define.js'
import { asRoot } from './remedies.js'
import { answerEvidence } from './scene.js'
import { risks } from './steps.js'

/**
 * A rule of this host's own firewall that also keeps out what the host sends to itself: meant to close the app's port to
 * others, and without an exception for `lo`. Undefined where the app cannot be reached for another reason.
 */
export function judgeOwnFirewall(scene: Scene, outcome: 'drop' | 'reject'): Holds | Undecided | undefined {
  const { target, listeners, direct } = scene.path
  if (target?.port == null || !target.addresses.some(isLoopback) || listeners.length === 0) return undefined
  const failures: unknown[] = outcome === 'drop' ? ['connect-timeout'] : ['refused', 'unreachable']
  const failed = direct.filter(({ failure }) => failures.includes(failure))
  if (failed.length === 0 || failed.length < direct.length) return undefined
  const { firewall } = scene.facts
  const decision = decidePort(knownValue(firewall)?.firewalls ?? [], target.port, { source: '127.0.0.1' })
  if (decision.outcome !== outcome) return isSeen(firewall) ? undefined : unseenRules(scene, target.text)
  const tool = decision.firewall?.tool ?? t`the firewall`
  return {
    holds: true,
    confidence: 'high',
    subject: target.text,
    summary:
      outcome === 'drop'
        ? t`${tool} drops what this host itself sends to port ${target.port}, so the gateway cannot reach the app that listens there`
        : t`${tool} rejects what this host itself sends to port ${target.port}, so the gateway cannot reach the app that listens there`,
    evidence: [ruleEvidence(decision), ...failed.map(requestEvidence), ...answerEvidence(scene)],
    remedy: letLoopbackIn(scene, tool),
  }
}

function isSeen(firewall: Scene['facts']['firewall']): boolean {
  return firewall.known && firewall.blind.length === 0
}

function unseenRules({ login }: Scene, target: string): Undecided {
  return {
    holds: null,
    because: t`something listens on ${target} and cannot be reached there, and the rules of this host's firewall could not be seen`,
    decide: asRoot(login, sh`nft list ruleset`).text,
  }
}

function ruleEvidence({ firewall, rule }: FirewallDecision) {
  return { source: firewall?.tool ?? 'firewall', text: rule?.text ?? t`policy ${firewall?.inputPolicy}` }
}

function letLoopbackIn({ login }: Scene, tool: string): RemedyStep[] {
  const commands: Record<string, [Script, string]> = {
    iptables: [
      sh`iptables -I INPUT -i lo -j ACCEPT`,
      t`lets in what the host sends to itself, until the next boot; keep it where the other rules are kept`,
    ],
    nftables: [
      sh`nft -a list ruleset`,
      t`shows the chain with that rule; put \`iif lo accept\` first there: \`nft insert rule <family> <table> <chain> iif lo accept\``,
    ],
  }
  const [command, note] = commands[tool] ?? [undefined, t`let ${tool} accept whatever comes in by lo`]
  return [{ ...(command && { command: asRoot(login, command) }), note, risk: risks.none }]
}
