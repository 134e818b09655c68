import { type ChainRule, type Chains, flattenChain, readPorts, readSource } from './chains.js'
import type { Firewall } from './facts.js'

/** Reads the filter table of `iptables-save`; undefined where there is none. */
export function readIptables(text: string): Firewall | undefined {
  // sample: :INPUT DROP [12:3456]
  const policy = /^:INPUT (\w+)/m.exec(text)?.[1]?.toLowerCase()
  if (policy !== 'accept' && policy !== 'drop') return undefined
  const rules = flattenChain(readChains(text), 'INPUT')
  return { tool: 'iptables', active: policy === 'drop' || rules.length > 0, inputPolicy: policy, rules }
}

function readChains(text: string): Chains {
  const chains = new Map<string, ChainRule[]>()
  for (const line of text.split('\n')) {
    const [flag, chain = '', ...words] = splitWords(line)
    const rule = flag === '-A' ? readRule(line, words) : undefined
    if (!rule) continue
    const known = chains.get(chain)
    if (known) known.push(rule)
    else chains.set(chain, [rule])
  }
  return chains
}

function splitWords(line: string): string[] {
  // sample: -A INPUT -m comment --comment "the \"gateway\"" -j ACCEPT
  return line.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []
}

type Draft = Omit<ChainRule, 'target'> & { target?: ChainRule['target'] }

/** undefined for a rule that decides nothing about a new TCP connection. */
function readRule(line: string, words: readonly string[]): ChainRule | undefined {
  const draft: Draft = { ports: [], source: null, interface: null, isConditional: false, text: line }
  for (let index = 0; index < words.length; ) {
    const isNegated = words[index] === '!'
    const option = words[isNegated ? index + 1 : index] ?? ''
    const start = index + (isNegated ? 2 : 1)
    let end = start
    while (end < words.length && words[end] !== '!' && !/^-/.test(words[end] ?? '')) end++
    if (!readOption(draft, option, words.slice(start, end), isNegated)) return undefined
    index = end
  }
  const { target } = draft
  return target === undefined ? undefined : { ...draft, target }
}

/** Takes an option into the draft; false when the rule is not about new TCP connections. */
function readOption(draft: Draft, option: string, [value = '', second = '']: string[], isNegated: boolean): boolean {
  if (option === '-j' || option === '-g') draft.target = readTarget(option, value)
  else if (option === '-p') return ['tcp', '6', 'all'].includes(value) !== isNegated
  else if (/^--(?:ct)?state$/.test(option)) return /\bNEW\b/.test(value) !== isNegated
  else if (option === '--tcp-flags') return (second === 'SYN') !== isNegated
  else if (option === '--syn') return !isNegated
  else if (option === '--dst-type') return (value === 'LOCAL') !== isNegated
  else if (option === '-d' && value.startsWith('127.')) return isNegated
  else if (isNegated) draft.isConditional = true
  else if (option === '--dport' || option === '--dports') draft.ports = readPorts(value) ?? []
  else if (option === '-s') draft.source = readSource(value)
  else if (option === '--match-set' && second === 'src') draft.source = `@${value}`
  else if (option === '-i') draft.interface = value
  else if (option === '-m')
    draft.isConditional ||= !/^(?:tcp|multiport|comment|state|conntrack|set|addrtype|limit)$/.test(value)
  else if (!/^--(?:comment|reject-with|log-prefix|log-level|limit|limit-burst)$/.test(option))
    draft.isConditional = true
  return true
}

function readTarget(option: string, name: string): ChainRule['target'] {
  const action = name.toLowerCase()
  if (action === 'accept' || action === 'drop' || action === 'reject' || action === 'return') return action
  return option === '-g' ? { goto: name } : { jump: name }
}
