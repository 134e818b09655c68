import { type ChainRule, flattenChain } from './chains.js'
import type { Family, Firewall } from './facts.js'
import { readNftRule } from './nft-rule.js'

interface Table {
  family: string
  name: string
  chains: Map<string, ChainRule[]>
  /** The chains that the kernel itself sends packets for this host to. */
  inputs: { name: string; policy: 'accept' | 'drop' }[]
}

/**
 * Reads `nft -nn list ruleset`: a firewall for every chain that hooks into input and sees the family.
 * Tables that ufw or firewalld keep are left out, as these are read from their own words.
 */
export function readNftables(text: string, family: Family = 'ip'): Firewall[] {
  return readTables(text, family)
    .filter((table) => ['inet', family].includes(table.family) && table.name !== 'firewalld' && !isOfUfw(table.chains))
    .flatMap(({ chains, inputs }) =>
      inputs.map(({ name, policy }): Firewall => {
        const rules = flattenChain(chains, name)
        return { tool: 'nftables', active: policy === 'drop' || rules.length > 0, inputPolicy: policy, rules }
      }),
    )
}

function isOfUfw(chains: Table['chains']): boolean {
  return chains.has('ufw-before-input') || chains.has('ufw6-before-input')
}

function readTables(text: string, family: Family): Table[] {
  const tables: Table[] = []
  let chain: string | undefined
  for (const line of joinSets(text).map((line) => line.trim())) {
    const table = tables.at(-1)
    // sample: table inet filter {
    const [, ofFamily = '', name = ''] = /^table (\S+) (\S+) \{/.exec(line) ?? []
    if (name !== '') tables.push({ family: ofFamily, name, chains: new Map(), inputs: [] })
    else if (/^(?:chain|set|map|flowtable|counter|quota|ct \w+|limit) \S.*\{$/.test(line))
      chain = openChain(table, line)
    else if (line === '}') chain = undefined
    else if (table && chain !== undefined) readLine(table, chain, line, family)
  }
  return tables
}

function openChain(table: Table | undefined, line: string): string | undefined {
  const chain = /^chain (\S+)/.exec(line)?.[1]
  if (chain !== undefined) table?.chains.set(chain, [])
  return chain
}

/** A set in braces may run over lines; a rule is one line here. */
function joinSets(text: string): string[] {
  return text.replaceAll(/,\s*\n\s*/g, ', ').split('\n')
}

function readLine(table: Table, chain: string, line: string, family: Family): void {
  // sample: type filter hook input priority 0; policy drop;
  const hook = /^type filter hook input priority [^;]+;(?:.*policy (accept|drop);)?/.exec(line)
  if (hook) table.inputs.push({ name: chain, policy: hook[1] === 'drop' ? 'drop' : 'accept' })
  else for (const rule of readNftRule(line, family)) table.chains.get(chain)?.push(rule)
}
