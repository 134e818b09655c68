import { t } from '../../language/language.js'
import { decidePort } from '../../path/firewall-decision.js'
import { acceptsAt } from '../../path/target.js'
import { type Script, sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { ownIpv6 } from '../shared/public-name.js'
import { asRoot } from '../shared/remedies.js'

export default defineCause({
  id: 'ipv6-port-blocked',
  title: 'the firewall lets visitors in by IPv4 only',
  layer: 'network',
  breaks: 'entrance',
  explains: [],
  needs: ['host', 'firewall', 'listeners'],
  runbook: {
    symptom: 'visitors with IPv6 wait, then go on by IPv4 or fail; certificate authorities that ask by IPv6 time out',
    signs: [
      'the name has an AAAA record with an address of this host: `dig +short AAAA <name>`',
      '`ip6tables -S INPUT` or `nft list ruleset` drops the port for ip6, while the rules for IPv4 let it in',
    ],
    against: [
      'ipv6-listen-missing: nothing listens there, which is refused at once',
      'public-port-blocked: closed for IPv4 too',
    ],
    remedy: [
      {
        step: 'open the port for IPv6 too: `ufw allow <port>/tcp` does both, with IPV6=yes in /etc/default/ufw',
        risk: 'opens it to everybody',
      },
      { step: 'or take the AAAA record away', risk: 'visitors with IPv6 only are lost' },
    ],
  },
  source: 'Reproduced: ip6tables and the ip6 tables of nftables are apart from those of IPv4; /etc/default/ufw, IPV6=.',
  judge: (scene) => {
    const name = ownIpv6(scene)
    const { firewall, listeners } = scene.facts
    if (!name || !firewall.known || !listeners.known) return undefined
    const { address, port } = name
    const isListening = listeners.value.listeners.some((listener) => acceptsAt(listener, address, port))
    const { outcome, firewall: closing, rule } = decidePort(firewall.value.ipv6 ?? [], port)
    if (!isListening || !closing || (outcome !== 'drop' && outcome !== 'reject')) return undefined
    if (decidePort(firewall.value.firewalls, port).outcome !== 'accept') return undefined
    return {
      holds: true,
      confidence: 'high',
      isLatent: true,
      subject: `${name.text}:${port}`,
      summary:
        outcome === 'drop'
          ? t`${name.text} has the IPv6 address ${address}, but ${closing.tool} drops IPv6 connections to port ${port}`
          : t`${name.text} has the IPv6 address ${address}, but ${closing.tool} rejects IPv6 connections to port ${port}`,
      evidence: [name.evidence, { source: closing.tool, text: rule?.text ?? t`policy ${closing.inputPolicy}` }],
      remedy: openForIpv6(scene, closing.tool, port),
    }
  },
})

function openForIpv6({ login }: Scene, tool: string, port: number): RemedyStep[] {
  const commands: Record<string, Script> = {
    ufw: sh`ufw allow ${port}/tcp`,
    nftables: sh`nft -a list ruleset`,
    iptables: sh`ip6tables -I INPUT -p tcp --dport ${port} -j ACCEPT`,
    firewalld: sh`firewall-cmd --list-all`,
  }
  const command = commands[tool]
  const isShown = tool === 'nftables' || tool === 'firewalld'
  const note = isShown
    ? t`find the rule that closes port ${port} for IPv6, and put an accept before it`
    : t`opens port ${port} for IPv6 too`
  return [
    { ...(command && { command: asRoot(login, command) }), note, risk: isShown ? 'none' : t`opens it to everybody` },
  ]
}
