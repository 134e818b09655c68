import { readPorts, readSource } from './chains.js'
import type { Firewall, FirewallRule } from './facts.js'

const actions: ReadonlyMap<string, FirewallRule['action']> = new Map([
  ['allow', 'accept'],
  ['limit', 'accept'],
  ['deny', 'drop'],
  ['reject', 'reject'],
])

/**
 * Reads ufw's own files: `ENABLED` of ufw.conf, `DEFAULT_INPUT_POLICY` of /etc/default/ufw, and the lines that it keeps
 * its rules in (user.rules, parsed by ufw itself in backend_iptables.py); user6.rules with
 * `IPV6` of /etc/default/ufw for IPv6. The line `seen` says that the
 * rules could be read; without them the policy says nothing. `ufw status` is not asked: it takes a lock file.
 */
export function readUfw(text: string): Firewall {
  const setting = (name: string) => new RegExp(`^${name}=["']?(\\w+)`, 'm').exec(text)?.[1]?.toLowerCase()
  // Of /etc/default/ufw: "no means only IPv6 on loopback accepted".
  const isOff = setting('IPV6') === 'no'
  const policy = isOff ? 'drop' : setting('DEFAULT_INPUT_POLICY')
  const areRulesSeen = isOff || /^seen$/m.test(text)
  return {
    tool: 'ufw',
    active: setting('ENABLED') === 'yes',
    inputPolicy: areRulesSeen && isAction(policy) ? policy : null,
    rules: [loopback, ...(isOff ? [] : text.split('\n').flatMap(readTuple))],
  }
}

function isAction(word: string | undefined): word is FirewallRule['action'] {
  return word === 'accept' || word === 'reject' || word === 'drop'
}

/** Of ufw's before.rules, which come first. */
const loopback: FirewallRule = {
  action: 'accept',
  ports: [],
  source: null,
  interface: 'lo',
  isConditional: false,
  text: '-A ufw-before-input -i lo -j ACCEPT',
}

function readTuple(line: string): FirewallRule[] {
  // sample: ### tuple ### allow_log tcp 80,443 0.0.0.0/0 any 10.0.0.0/8 Nginx%20Full - in_eth0 comment=6162
  const match = /^### tuple ### (allow|deny|reject|limit)(?:_\S+)? (\S+) (\S+) (\S+) (\S+) (\S+) (.*)$/.exec(line)
  if (!match) return []
  const [, action = '', protocol, ports = '', destination = '', sourcePorts, source = '', rest = ''] = match
  const direction = rest.split(' ').find((word) => /^(?:in|out)(?:_|$)/.test(word)) ?? 'in'
  const decision = protocol === 'tcp' || protocol === 'any' ? actions.get(action) : undefined
  if (decision === undefined || direction.startsWith('out')) return []
  return [
    {
      action: decision,
      ports: ports === 'any' ? [] : (readPorts(ports) ?? []),
      source: readSource(source),
      interface: /^in_(.+)$/.exec(direction)?.[1] ?? null,
      isConditional: readSource(destination) !== null || sourcePorts !== 'any',
      text: line.replace('### tuple ### ', ''),
    },
  ]
}
