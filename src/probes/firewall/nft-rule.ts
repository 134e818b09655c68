import { ParseError } from '../../errors.js'
import { type ChainRule, readPorts, readSource } from './chains.js'
import type { Family } from './facts.js'

type Target = ChainRule['target']

/** What is said of a family: the names of it, its word for the protocol that follows, and its loopback addresses. */
const families = {
  // sample: meta nfproto ipv4      meta protocol 0x0800      ip protocol tcp
  ip: { names: /^(?:ip|ipv4|2|0x0?800)$/, other: 'ip6', protocol: 'protocol', loopback: '127\\.' },
  // sample: meta nfproto ipv6      meta protocol 0x86dd      ip6 nexthdr tcp
  ip6: { names: /^(?:ip6|ipv6|10|0x86dd)$/, other: 'ip', protocol: 'nexthdr', loopback: '::1(?!\\S)' },
} as const

/** What has been read of a rule so far. Lists are alternatives: the rule becomes one of each. */
interface Draft {
  family: Family
  ports: ChainRule['ports']
  sources: (string | null)[]
  interfaces: (string | null)[]
  isConditional: boolean
  outcomes: Outcome[]
}
type Outcome = { target: Target } & Partial<Pick<ChainRule, 'ports' | 'interface' | 'isConditional'>>

/** A set of thousands of addresses belongs into a named set, which is one word here. */
const longestRule = 20_000
const mostAlternatives = 5000
/** Of a rule's own words, which each of its alternatives quotes. */
const longestText = 500

/**
 * A rule of nftables, as `nft -nn` prints it; [] for one that decides nothing about a new TCP connection of the family.
 * Throws ParseError for one that is too long to tell.
 */
export function readNftRule(line: string, family: Family = 'ip'): ChainRule[] {
  if (line.length > longestRule) throw new ParseError('a firewall rule that is too long', line)
  const draft: Draft = { family, ports: [], sources: [null], interfaces: [null], isConditional: false, outcomes: [] }
  for (let rest = line; rest !== ''; ) {
    const length = readStatement(draft, rest)
    if (length === undefined) return []
    rest = rest.slice(length).trimStart()
  }
  const { ports, isConditional } = draft
  const text = line.slice(0, longestText)
  const alternatives = draft.outcomes.length * draft.sources.length * draft.interfaces.length
  if (alternatives > mostAlternatives) throw new ParseError('a firewall rule of too many alternatives', line)
  return draft.outcomes.flatMap((outcome) =>
    draft.sources.flatMap((source) =>
      draft.interfaces.map((name) => ({ ports, source, interface: name, isConditional, text, ...outcome })),
    ),
  )
}

/** Takes one statement into the draft and tells its length; undefined = the rule is not about such connections. */
function readStatement(draft: Draft, text: string): number | undefined {
  for (const [pattern, take] of statements[draft.family]) {
    const match = pattern.exec(text)
    if (!match) continue
    const groups = match.slice(1).map((group) => group ?? '')
    return take(draft, groups) ? match[0].length : undefined
  }
  draft.isConditional = true
  return /^\S+/.exec(text)?.[0].length ?? text.length
}

/** Takes a statement's groups into the draft; false when the rule is not about new TCP connections of the family. */
type Take = (draft: Draft, groups: string[]) => boolean

/** The statements that matter, each with a sample; what none of them matches is a condition that is not understood. */
const statementsOf = (family: Family): readonly [RegExp, Take][] => [
  // sample: tcp dport vmap { 5000 : accept, 5001 : jump web }
  [/^([a-z0-9 ]{1,40}) vmap \{([^}]*)\}/, (draft, [selector = '', map = '']) => takeMap(draft, selector, map)],
  // sample: tcp flags != 0x2 / 0x1,0x2,0x4,0x10      tcp flags & (fin | syn) == syn
  [
    /^tcp flags (!= )?(?:& (?:\([^)]*\)|\S+) (==|!=) )?(\S+)(?: \/ \S+)?/,
    (_, [not, operator, flags = '']) => /^(?:syn|0x0*2)$/.test(flags) !== (not !== '' || operator === '!='),
  ],
  // sample: ct state 0x2,0x4      ct state new
  [/^ct state (!= )?(\{[^}]*\}|\S+)/, (_, [not, states = '']) => /\bnew\b|\b0x0*8\b/.test(states) !== (not !== '')],
  // sample: meta l4proto { 6, 17 }      ip protocol tcp
  [
    new RegExp(String.raw`^(?:meta l4proto|${family} ${families[family].protocol}) (!= )?(\{[^}]*\}|\S+)`),
    (_, [not, protocols = '']) => /\b(?:tcp|6)\b/.test(protocols) !== (not !== ''),
  ],
  // sample: meta nfproto ipv4      meta protocol 0x0800
  [/^meta (?:nfproto|protocol) (\S+)/, ({ family }, [name = '']) => families[family].names.test(name)],
  [new RegExp(`^(?:${families[family].other}|icmp|icmpv6|udp|udplite|sctp|dccp|esp|ah|igmp) .*`), () => false],
  // sample: ip daddr 127.0.0.0/8      fib daddr type broadcast      meta pkttype { broadcast, multicast }
  [
    new RegExp(`^(?:${family} daddr ${families[family].loopback}|fib daddr type (?!local)|meta pkttype (?!host)).*`),
    () => false,
  ],
  [/^(?:fib daddr type local|meta pkttype host)/, () => true],
  // sample: limit rate over 10/second (only what is too much)      limit rate 4/second burst 5 packets
  [/^limit rate over .*/, () => false],
  [/^limit rate \S+(?: burst \d+ \w+)?/, () => true],
  // sample: ip saddr @blocked
  [new RegExp(String.raw`^${family} saddr (@\S+)`), (draft, [set = '']) => takeSources(draft, [set])],
  // sample: ip saddr { 10.0.0.0/8, 192.168.1.4 }
  [
    new RegExp(String.raw`^${family} saddr ([\da-f.:/]+|\{[^}@]*\})(?!\S)`),
    (draft, [list = '']) => takeSources(draft, items(list)),
  ],
  // sample: tcp dport { 22, 80, 8000-8010 }
  [/^(?:tcp|th) dport ([\d-]+|\{[^}@]*\})(?!\S)/, (draft, [list = '']) => takePorts(draft, items(list))],
  // sample: iifname { "lo", "eth0" }
  [/^iif(?:name)? ("[^"]*"|\w\S*|\{[^}@]*\})(?!\S)/, (draft, [list = '']) => takeInterfaces(draft, items(list))],
  // sample: counter packets 0 bytes 0      log prefix "drop " level info      comment "the gateway"
  [/^(?:counter(?: name \S+| packets \d+ bytes \d+)?|comment "[^"]*")/, () => true],
  [/^log(?: prefix "[^"]*"| (?:level|flags|group|snaplen|queue-threshold) \S+)*/, () => true],
  // sample: accept      reject with icmpx 3      jump web
  [
    /^(accept|drop|return|reject|(?:jump|goto) \S+)(?: with .*)?(?!\S)/,
    (draft, [verdict = '']) => takeVerdict(draft, verdict),
  ],
]

const statements = { ip: statementsOf('ip'), ip6: statementsOf('ip6') }

/** The elements of a set, or the one value; quotes fall away. */
function items(list: string): string[] {
  return list
    .replaceAll(/[{}"]/g, '')
    .split(',')
    .map((item) => item.trim())
}

function takeSources(draft: Draft, sources: string[]): true {
  draft.sources = sources.map(readSource)
  return true
}

function takeInterfaces(draft: Draft, interfaces: string[]): true {
  draft.interfaces = interfaces
  return true
}

function takePorts(draft: Draft, ports: string[]): true {
  const ranges = readPorts(ports.join(','))
  if (ranges) draft.ports = ranges
  else draft.isConditional = true
  return true
}

function takeVerdict(draft: Draft, verdict: string, narrowed: Partial<Outcome> = {}): true {
  const target = readTarget(verdict)
  if (target !== undefined) draft.outcomes.push({ ...narrowed, target })
  return true
}

function readTarget(verdict: string): Target | undefined {
  const [word = '', chain = ''] = verdict.split(' ')
  if (word === 'jump') return { jump: chain }
  if (word === 'goto') return { goto: chain }
  return word === 'accept' || word === 'drop' || word === 'reject' || word === 'return' ? word : undefined
}

/** A verdict map is a rule for each of its elements. */
function takeMap(draft: Draft, selector: string, map: string): true {
  for (const element of items(map)) {
    const [key = '', verdict = ''] = element.split(' : ').map((word) => word.trim())
    const narrowed = readKey(selector, key, draft.family)
    if (narrowed) takeVerdict(draft, verdict, narrowed)
  }
  return true
}

/** What a key of a map narrows the rule to; undefined where no new TCP connection of the family has it. */
function readKey(selector: string, key: string, family: Family): Partial<Outcome> | undefined {
  if (selector === 'ct state') return /^(?:new|0x0*8)$/.test(key) ? {} : undefined
  if (selector === 'meta protocol' || selector === 'meta nfproto')
    return families[family].names.test(key) ? {} : undefined
  if (selector === 'meta l4proto' || selector === `${family} ${families[family].protocol}`)
    return /^(?:tcp|6)$/.test(key) ? {} : undefined
  if (selector === 'iif' || selector === 'iifname') return { interface: key }
  const ports = selector === 'tcp dport' ? readPorts(key) : undefined
  return ports ? { ports } : { isConditional: true }
}
