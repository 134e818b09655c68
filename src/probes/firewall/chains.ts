import { ParseError } from '../../errors.js'
import type { FirewallRule } from './facts.js'

/** A rule of a chain, as iptables and nftables both have them. */
export interface ChainRule extends Omit<FirewallRule, 'action'> {
  /** What becomes of a packet that it matches; `jump` and `goto` name the chain that goes on. */
  target: 'accept' | 'drop' | 'reject' | 'return' | { jump: string } | { goto: string }
}

/** The chains of one table by their names. */
export type Chains = ReadonlyMap<string, readonly ChainRule[]>

/** Chains that jump to each other double the rules with every jump; no host that serves anything has so many. */
const mostSteps = 20_000

/**
 * The rules that a packet may meet from a chain on, in the order tried, with those of the chains that it jumps to.
 * Throws ParseError where they are too many to tell.
 */
export function flattenChain(chains: Chains, name: string): FirewallRule[] {
  return flattenInside({ chains, steps: { left: mostSteps } }, name, [])
}

interface Walk {
  chains: Chains
  steps: { left: number }
}

function flattenInside(walk: Walk, name: string, outer: readonly string[]): FirewallRule[] {
  const flat: FirewallRule[] = []
  let mayHaveLeft = false
  for (const rule of outer.includes(name) ? [] : (walk.chains.get(name) ?? [])) {
    if (--walk.steps.left < 0) throw new ParseError('more firewall rules than can be told', rule.text)
    const isForAll = matchesAll(rule)
    if (rule.target === 'return' && isForAll) break
    if (rule.target === 'return') mayHaveLeft = true
    const found = flattenRule(walk, rule, [...outer, name])
    for (const each of found) flat.push(mayHaveLeft ? { ...each, isConditional: true } : each)
    if (isForAll && typeof rule.target === 'object' && 'goto' in rule.target) break
  }
  return flat
}

function flattenRule(walk: Walk, rule: ChainRule, outer: readonly string[]): FirewallRule[] {
  const { target, ...conditions } = rule
  if (target === 'return') return []
  if (typeof target === 'string') return [{ ...conditions, action: target }]
  const next = 'jump' in target ? target.jump : target.goto
  return flattenInside(walk, next, outer).flatMap((inner) => narrow(inner, rule) ?? [])
}

function matchesAll(rule: ChainRule): boolean {
  return rule.ports.length === 0 && rule.source === null && rule.interface === null && !rule.isConditional
}

/** A rule behind a jump holds where the jump holds too; undefined = nowhere. */
function narrow(inner: FirewallRule, jump: ChainRule): FirewallRule | undefined {
  const ports = intersect(inner.ports, jump.ports)
  if (ports === undefined) return undefined
  const isMixed = differs(inner.source, jump.source) || differs(inner.interface, jump.interface)
  return {
    ...inner,
    ports,
    source: inner.source ?? jump.source,
    interface: inner.interface ?? jump.interface,
    isConditional: inner.isConditional || jump.isConditional || isMixed,
  }
}

function differs(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other
}

type Ports = FirewallRule['ports']

/** What two lists of port ranges share; [] means every port, undefined none. */
function intersect(some: Ports, others: Ports): Ports | undefined {
  if (some.length === 0) return others
  if (others.length === 0) return some
  const shared = some.flatMap(([low, high]) =>
    others.map(([otherLow, otherHigh]): [number, number] => [Math.max(low, otherLow), Math.min(high, otherHigh)]),
  )
  const real = shared.filter(([low, high]) => low <= high)
  return real.length === 0 ? undefined : real
}

/** `22`, `22,80`, `3000:3010` or `3000-3010`; undefined where a part is no number. */
export function readPorts(text: string): Ports | undefined {
  const ranges = text.split(',').map((part): [number, number] => {
    const [low, high = low] = part.trim().split(/[:-]/).map(Number)
    return [low ?? Number.NaN, high ?? Number.NaN]
  })
  return ranges.flat().every((port) => Number.isInteger(port)) ? ranges : undefined
}

/** An address or block as written, null for those that mean everywhere. */
export function readSource(text: string): string | null {
  return ['0.0.0.0/0', '::/0', 'any', 'anywhere', ''].includes(text.toLowerCase()) ? null : text
}
