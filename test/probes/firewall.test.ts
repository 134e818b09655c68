import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { readFirewalld } from '../../src/probes/firewall/firewalld.js'
import { readIptables } from '../../src/probes/firewall/iptables.js'
import { readNftables } from '../../src/probes/firewall/nftables.js'
import { readUfw } from '../../src/probes/firewall/ufw.js'
import firewall, { type Firewall, type FirewallRule } from '../../src/probes/firewall.js'
import { collectHere } from '../support/collect-here.js'
import { readSection, toSection } from '../support/read-section.js'

/** `accept 80,443 from 10.0.0.0/8 on eth0`, with a `?` behind what depends on more. */
function line({ action, ports, source, interface: name, isConditional }: FirewallRule): string {
  const range = ports.map(([low, high]) => (low === high ? low : `${low}-${high}`)).join(',')
  const words = [action, range || 'all', source && `from ${source}`, name && `on ${name}`, isConditional && '?']
  return words.filter(Boolean).join(' ')
}

function lines(found: Firewall | undefined) {
  return found && [`${found.tool}${found.active ? '' : ' off'}, else ${found.inputPolicy}`, ...found.rules.map(line)]
}

function readCapture(name: string) {
  return firewall.parse(readSection(firewall, name)).firewalls.map(lines)
}

describe('captures of Debian 12', () => {
  it('reads the rules that ufw keeps, in their order and without those for UDP, outgoing and forwarded traffic', () => {
    expect(readCapture('debian-12--ufw')).toEqual([
      [
        'ufw, else drop',
        'accept all on lo',
        'accept 22',
        'accept 80,443',
        'accept 80,443',
        'accept 3000 from 10.0.0.0/8',
        'drop 5000 on eth0',
        'accept 2222',
        'reject 9000-9010',
      ],
    ])
  })

  it('says that ufw is on, and that nothing more can be told, to a user who may not read its rules', () => {
    expect(readCapture('debian-12--ufw-plain-user')).toEqual([['ufw, else null', 'accept all on lo']])
    expect(readSection(firewall, 'debian-12--ufw-plain-user').blind).toEqual([
      { what: "ufw's rules in /etc/ufw/user.rules", reason: 'permission' },
      { what: "the kernel's packet filter rules (nftables)", reason: 'permission' },
      { what: "the kernel's packet filter rules (iptables)", reason: 'permission' },
    ])
  })

  it('reads the active zones of firewalld: by source, by interface, then the default zone', () => {
    expect(readCapture('debian-12--firewalld')[0]).toEqual([
      'firewalld, else reject',
      'accept all on lo',
      'accept 22 from 192.168.0.0/16',
      'reject all from 192.168.0.0/16',
      'accept all on tun0',
      'reject 443 from 10.0.0.5',
      'accept 5000 from 10.0.0.4',
      'accept 80',
      'accept 22',
      'accept 3000',
      'reject all',
    ])
  })

  it('knows that firewalld runs where a plain user is told nothing of its zones', () => {
    expect(readCapture('debian-12--firewalld-plain-user')).toEqual([['firewalld, else null', 'accept all on lo']])
  })

  it('follows the jumps, sets and verdict maps of nftables', () => {
    expect(readCapture('debian-12--nftables')).toEqual([
      [
        'nftables, else drop',
        'accept all on lo',
        'drop all from @blocked',
        'accept 8000-8010',
        'accept 22,80,443',
        'accept 5000',
        'accept 8001',
        'accept 3000 from 10.0.0.0/8',
        'accept 3000 from 192.168.1.4',
        'accept 9100 on eth1',
        'reject all',
      ],
    ])
  })

  it('follows the chains of iptables', () => {
    expect(readCapture('debian-12--iptables-legacy')).toEqual([
      [
        'iptables, else drop',
        'accept all on lo',
        'reject 22 from 192.0.2.9/32',
        'accept 22',
        'accept 80,443,3000-3010',
        'accept 5432 from 10.0.0.0/8',
        'reject 98',
        'drop 6379 ?',
      ],
    ])
  })

  it('reads what concerns IPv6 apart: of ufw, of tables of its own, and of those for both', () => {
    const { firewalls, ipv6 } = firewall.parse(readSection(firewall, 'debian-12--ipv6'))
    expect(ipv6?.map(lines)).toEqual([
      ['ufw, else drop', 'accept all on lo', 'accept 22', 'accept 3000 from 2001:db8::/32'],
      ['nftables, else accept', 'drop 443 from 2001:db8:bad::/48', 'reject 8443'],
      ['nftables, else drop', 'accept 443', 'accept 22', 'drop all'],
    ])
    expect(firewalls.map(lines)).toEqual([
      ['ufw, else drop', 'accept all on lo', 'accept 22', 'accept 80'],
      ['nftables, else drop', 'accept 80', 'accept 22', 'accept all'],
    ])
  })

  it('says nothing of IPv6 where ufw was read and its rules for IPv6 were not', () => {
    expect(firewall.parse(readSection(firewall, 'debian-12--ufw')).ipv6).toBeUndefined()
  })

  it('calls a table without rules and with an open policy not active', () => {
    expect(readCapture('debian-12--open')).toEqual([['iptables off, else accept']])
  })
})

describe('other systems and odd texts', () => {
  it('reads firewalld 2, which marks the default zone and knows more settings', () => {
    const zones = `default FedoraServer
FedoraServer (default, active)
  target: default
  ingress-priority: 0
  egress-priority: 0
  icmp-block-inversion: no
  interfaces: ens3
  sources: 
  services: cockpit dhcpv6-client ssh
  ports: 8080/tcp 9000-9010/tcp 53/udp
  protocols: 
  forward: yes
  rich rules: 
	rule family="ipv6" port port="1" protocol="tcp" drop
	rule source ipset="bad" drop
`
    expect(lines(readFirewalld(zones, 'cockpit 9090/tcp\nssh 22/tcp\ndhcpv6-client 546/udp\n'))).toEqual([
      'firewalld, else reject',
      'accept all on lo',
      'drop all from @bad',
      'accept 9090',
      'accept 22',
      'accept 8080',
      'accept 9000-9010',
      'reject all',
    ])
  })

  it('leaves tables of IPv6 alone and keeps conditions that it cannot read apart', () => {
    const ruleset = `table ip6 filter {
	chain INPUT {
		type filter hook input priority 0; policy drop;
	}
}
table ip filter {
	chain INPUT {
		type filter hook input priority 0; policy accept;
		meta l4proto 6 tcp dport { 80, 443,
			8443 } ct state new counter packets 0 bytes 0 accept
		meta mark 0x00000001 drop
		tcp dport != 22 drop
		ip saddr 10.0.0.0/8 jump office
	}

	chain office {
		ip saddr 10.1.0.0/16 return
		tcp dport 22 accept
	}
}
`
    expect(readNftables(ruleset).map(lines)).toEqual([
      ['nftables, else accept', 'accept 80,443,8443', 'drop all ?', 'drop all ?', 'accept 22 from 10.0.0.0/8 ?'],
    ])
  })

  it('gives IPv6 the rich rules that are its own, and those of no family', () => {
    const zones = `default public
public (default, active)
  target: default
  services:${' '}
  ports:${' '}
  rich rules:${' '}
	rule family="ipv6" port port="443" protocol="tcp" accept
	rule family="ipv4" port port="80" protocol="tcp" accept
	rule port port="22" protocol="tcp" accept
`
    expect(lines(readFirewalld(zones, '', 'ip6'))?.slice(2)).toEqual(['accept 443', 'accept 22', 'reject all'])
    expect(lines(readFirewalld(zones, ''))?.slice(2)).toEqual(['accept 80', 'accept 22', 'reject all'])
  })

  it('reads ufw without IPv6 as it says itself: only the loopback is let in', () => {
    expect(lines(readUfw('ENABLED=yes\nIPV6=no\nDEFAULT_INPUT_POLICY="ACCEPT"\nseen'))).toEqual([
      'ufw, else drop',
      'accept all on lo',
    ])
  })

  it('does not read a chain that was cut off in the middle of a line as a rule', () => {
    const cut =
      '*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 80'
    expect(lines(readIptables(cut))).toEqual(['iptables, else drop', 'accept 22'])
  })

  it('finds no table in what is no output of iptables', () => {
    expect(readIptables('iptables-save: command failed')).toBeUndefined()
    expect(readNftables('Error: syntax error')).toEqual([])
  })

  it('survives chains that jump in a circle', () => {
    const circle =
      '*filter\n:INPUT DROP [0:0]\n:a - [0:0]\n-A INPUT -j a\n-A a -p tcp --dport 22 -j ACCEPT\n-A a -j INPUT\n'
    expect(lines(readIptables(circle))).toEqual(['iptables, else drop', 'accept 22'])
  })

  it('has nothing to say of a host without any firewall', () => {
    const empty = toSection(firewall, '@fleetdx begin firewall 0\n\n@fleetdx exit 0\n\n@fleetdx end firewall 10 \n')
    expect(firewall.parse(empty)).toEqual({ firewalls: [], ipv6: [] })
  })

  it('does not believe that ufw is on when the kernel has none of its chains', () => {
    const stopped = `@fleetdx begin firewall 0
@fleetdx part ufw
ENABLED=yes
DEFAULT_INPUT_POLICY="DROP"
seen
@fleetdx part iptables
*filter
:INPUT ACCEPT [0:0]
@fleetdx exit 0
@fleetdx end firewall 10 
`
    expect(firewall.parse(toSection(firewall, stopped)).firewalls.map(lines)[0]?.[0]).toBe('ufw off, else drop')
  })
})

describe.each(['dash', 'bash', 'busybox sh'])('the script in %s', (shell) => {
  it('runs, and leaves the rules of the kernel as they are', async () => {
    const before = spawnSync('nft', ['list', 'ruleset']).stdout?.toString()
    const { facts, sections } = await collectHere(['firewall'], { shell })
    expect(facts.firewall.known).toBe(true)
    expect(sections.firewall).toMatchObject({ exitCode: 0 })
    expect(spawnSync('nft', ['list', 'ruleset']).stdout?.toString()).toBe(before)
  })
})
