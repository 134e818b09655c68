import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/diagnose/diagnose.js'
import type { Firewall, FirewallRule } from '../../src/probes/firewall.js'
import type { Facts } from '../../src/probes/index.js'
import { failed, gatewayAnswer, http, known, servingFacts, unseen } from '../support/facts.js'

const rule = (action: FirewallRule['action'], overrides: Partial<FirewallRule> = {}): FirewallRule => ({
  action,
  ports: [[3000, 3000]],
  source: null,
  interface: null,
  isConditional: false,
  text: `tcp dport 3000 ${action}`,
  ...overrides,
})
const loopback = rule('accept', { ports: [], interface: 'lo', text: 'iif lo accept' })

function judge(failure: 'refused' | 'connect-timeout', firewall: Facts['firewall']) {
  const status = failure === 'refused' ? 502 : 504
  const facts = servingFacts({ http: http(failed(failure), gatewayAnswer({ status })), firewall })
  return diagnose({ facts, apps: [], login: 'ops', fromHere: [] })
}

function by(tool: Firewall['tool'], ...rules: FirewallRule[]): Facts['firewall'] {
  return known({ firewalls: [{ tool, active: true, inputPolicy: 'accept', rules }] })
}

describe("a rule that closes the app's port to the host itself, too", () => {
  it.each(['drop', 'reject'] as const)('is the cause where it %ss', (action) => {
    const failure = action === 'drop' ? 'connect-timeout' : 'refused'
    const { status, causes } = judge(failure, by('iptables', rule(action)))
    expect(status).toBe('broken')
    expect(causes).toMatchObject([
      {
        id: `firewall-${action}-gateway-app`,
        summary: `iptables ${action}s what this host itself sends to port 3000, so the gateway cannot reach the app that listens there`,
        evidence: [{ source: 'iptables', text: `tcp dport 3000 ${action}` }, {}, {}],
        remedy: [{ command: 'sudo iptables -I INPUT -i lo -j ACCEPT' }],
      },
    ])
  })

  it('is not one where what comes by lo is let in before', () => {
    expect(judge('refused', by('nftables', loopback, rule('reject'))).causes.map(({ id }) => id)).not.toContain(
      'firewall-reject-gateway-app',
    )
  })

  it('stays open where the rules could not be seen', () => {
    const { causes, undecided } = judge('refused', unseen('the rules'))
    expect(causes.map(({ id }) => id)).not.toContain('firewall-reject-gateway-app')
    expect(undecided).toContainEqual(
      expect.objectContaining({ id: 'firewall-reject-gateway-app', decide: 'sudo nft list ruleset' }),
    )
  })
})
