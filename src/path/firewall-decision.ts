import { BlockList, isIPv4 } from 'node:net'
import type { Firewall, FirewallRule } from '../probes/firewall.js'

/** What the host's own firewalls do with a new TCP connection. A cloud's security groups are not among them. */
export interface FirewallDecision {
  outcome: 'accept' | 'drop' | 'reject' | 'unknown'
  /** Whose word it is; null where no firewall is active. */
  firewall: Firewall | null
  /** The rule that decided; null where it was the policy, or where nothing can be told. */
  rule: FirewallRule | null
}

/** Who connects: without a source, anybody; a rule for one source does not speak for anybody. */
export interface Caller {
  /** An IPv4 address. */
  source?: string
}

/** Decides about a port. A connection has to pass every active firewall; one that refuses it has the last word. */
export function decidePort(firewalls: readonly Firewall[], port: number, caller: Caller = {}): FirewallDecision {
  const decisions = firewalls.filter(({ active }) => active).map((firewall) => decideOne(firewall, port, caller))
  const isRefusal = ({ outcome }: FirewallDecision) => outcome === 'drop' || outcome === 'reject'
  return (
    decisions.find(isRefusal) ??
    decisions.find(({ outcome }) => outcome === 'unknown') ??
    decisions.find(({ rule }) => rule !== null) ??
    decisions[0] ?? { outcome: 'accept', firewall: null, rule: null }
  )
}

/** Tries the rules in order; those that may or may not apply leave it open, unless they would decide the same. */
function decideOne(firewall: Firewall, port: number, caller: Caller): FirewallDecision {
  const open = new Set<FirewallDecision['outcome']>()
  const conclude = (outcome: FirewallDecision['outcome'], rule: FirewallRule | null): FirewallDecision =>
    [...open].every((other) => other === outcome)
      ? { outcome, firewall, rule }
      : { outcome: 'unknown', firewall, rule: null }
  for (const rule of firewall.rules) {
    const match = matchRule(rule, port, caller)
    if (match === 'yes') return conclude(rule.action, rule)
    if (match === 'maybe') open.add(rule.action)
  }
  return conclude(firewall.inputPolicy ?? 'unknown', null)
}

function matchRule(rule: FirewallRule, port: number, { source }: Caller): 'yes' | 'no' | 'maybe' {
  const isPort = rule.ports.length === 0 || rule.ports.some(([low, high]) => low <= port && port <= high)
  const fromSource = matchSource(rule.source, source)
  if (!isPort || fromSource === 'no' || isOtherInterface(rule, source)) return 'no'
  const isSure = !rule.isConditional && (rule.interface === null || rule.interface === 'lo')
  return isSure ? fromSource : 'maybe'
}

function matchSource(wanted: string | null, source: string | undefined): 'yes' | 'no' | 'maybe' {
  if (wanted === null) return 'yes'
  if (source === undefined) return 'no'
  return /^[\d.]+/.test(wanted) ? (isWithin(source, wanted) ? 'yes' : 'no') : 'maybe'
}

/** Only what the host sends to itself comes in by `lo`. */
function isOtherInterface(rule: FirewallRule, source: string | undefined): boolean {
  const isLocal = source !== undefined && isWithin(source, '127.0.0.0/8')
  return rule.interface !== null && (rule.interface === 'lo') !== isLocal
}

function isWithin(address: string, block: string): boolean {
  // sample: 10.0.0.0/8, 192.168.1.4, 10.0.0.1-10.0.0.9
  const [, start = '', end, bits] = /^([\d.]+)(?:-([\d.]+)|\/(\d+))?$/.exec(block) ?? []
  if (!isIPv4(start) || !isIPv4(address)) return false
  const list = new BlockList()
  if (end !== undefined) list.addRange(start, end)
  else list.addSubnet(start, Number(bits ?? 32))
  return list.check(address)
}
