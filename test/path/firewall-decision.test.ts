import { describe, expect, it } from 'vitest'
import { decidePort } from '../../src/path/firewall-decision.js'
import firewall, { type Firewall, type FirewallRule } from '../../src/probes/firewall.js'
import { readSection } from '../support/read-section.js'

const plain: FirewallRule = {
  action: 'accept',
  ports: [],
  source: null,
  interface: null,
  isConditional: false,
  text: '',
}

function wall(inputPolicy: Firewall['inputPolicy'], ...rules: Partial<FirewallRule>[]): Firewall {
  return { tool: 'nftables', active: true, inputPolicy, rules: rules.map((rule) => ({ ...plain, ...rule })) }
}

describe('decidePort on captures', () => {
  const ofCapture = (name: string) => firewall.parse(readSection(firewall, name)).firewalls

  it.each([
    ['debian-12--ufw', 443, undefined, 'accept'],
    ['debian-12--ufw', 3000, undefined, 'drop'],
    ['debian-12--ufw', 3000, '10.1.2.3', 'accept'],
    ['debian-12--ufw', 3000, '127.0.0.1', 'accept'],
    ['debian-12--ufw', 9005, '203.0.113.9', 'reject'],
    ['debian-12--ufw-plain-user', 443, undefined, 'unknown'],
    ['debian-12--firewalld', 80, undefined, 'accept'],
    ['debian-12--firewalld', 443, '10.0.0.5', 'unknown'],
    ['debian-12--firewalld', 80, '192.168.3.4', 'reject'],
    ['debian-12--firewalld-plain-user', 80, undefined, 'unknown'],
    ['debian-12--nftables', 443, undefined, 'accept'],
    ['debian-12--nftables', 443, '192.0.2.7', 'unknown'],
    ['debian-12--nftables', 3000, undefined, 'reject'],
    ['debian-12--nftables', 3000, '192.168.1.4', 'unknown'],
    ['debian-12--nftables', 9100, undefined, 'unknown'],
    ['debian-12--iptables-legacy', 3005, undefined, 'accept'],
    ['debian-12--iptables-legacy', 22, '192.0.2.9', 'reject'],
    ['debian-12--iptables-legacy', 8080, undefined, 'drop'],
    ['debian-12--open', 8080, undefined, 'accept'],
  ] as const)('%s: port %i from %s is %s', (name, port, source, outcome) => {
    expect(decidePort(ofCapture(name), port, source === undefined ? {} : { source }).outcome).toBe(outcome)
  })

  it('names the rule that decided', () => {
    expect(decidePort(ofCapture('debian-12--ufw'), 9005).rule?.text).toBe(
      'reject tcp 9000:9010 0.0.0.0/0 any 0.0.0.0/0 in',
    )
  })
})

describe('decidePort', () => {
  it('lets everything in where no firewall is active', () => {
    expect(decidePort([{ ...wall('drop'), active: false }], 80)).toEqual({
      outcome: 'accept',
      firewall: null,
      rule: null,
    })
  })

  it('takes the first rule that fits, then the policy', () => {
    const rules = wall('drop', { ports: [[80, 90]] }, { action: 'reject', ports: [[85, 85]] })
    expect(decidePort([rules], 85).outcome).toBe('accept')
    expect(decidePort([rules], 91)).toMatchObject({ outcome: 'drop', rule: null })
  })

  it('lets one firewall refuse what another accepts', () => {
    expect(decidePort([wall('accept'), wall('reject')], 80).outcome).toBe('reject')
  })

  it('leaves open what depends on more than it knows, unless all ways lead to the same', () => {
    const maybe = { action: 'drop', isConditional: true } as const
    expect(decidePort([wall('accept', maybe)], 80).outcome).toBe('unknown')
    expect(decidePort([wall('drop', maybe)], 80).outcome).toBe('drop')
  })

  it('asks for IPv4 addresses within ranges and blocks', () => {
    const rules = wall('drop', { source: '10.0.0.1-10.0.0.9' }, { source: '10.9.0.0/16' })
    expect(decidePort([rules], 80, { source: '10.0.0.9' }).outcome).toBe('accept')
    expect(decidePort([rules], 80, { source: '10.9.255.1' }).outcome).toBe('accept')
    expect(decidePort([rules], 80, { source: '10.0.0.10' }).outcome).toBe('drop')
  })
})
