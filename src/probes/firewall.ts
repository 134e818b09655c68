import { sh } from '../shell.js'
import { defineProbe, type Part } from './define.js'
import { type Family, type Firewall, firewallFactsSchema } from './firewall/facts.js'
import { readFirewalld } from './firewall/firewalld.js'
import { readIptables } from './firewall/iptables.js'
import { readNftables } from './firewall/nftables.js'
import { readUfw } from './firewall/ufw.js'

export type { Firewall, FirewallRule } from './firewall/facts.js'

/**
 * Nothing here may change the host. `ufw status` takes a lock file, so ufw's files are read; `nft` and `iptables` would load
 * their kernel modules, so they are asked only where these are loaded; `firewall-cmd` only where its daemon runs.
 */
const readRules = sh`
  if [ -f /etc/ufw/ufw.conf ]; then
    part ufw
    grep '^ENABLED=' /etc/ufw/ufw.conf
    grep '^DEFAULT_INPUT_POLICY=' /etc/default/ufw
    for rules in /etc/ufw/user.rules /lib/ufw/user.rules /var/lib/ufw/user.rules; do
      [ -f "$rules" ] || continue
      if [ -r "$rules" ]; then echo seen; grep '^### tuple ###' "$rules" | head -n 1000
      elif grep -q '^ENABLED=yes' /etc/ufw/ufw.conf; then cannot permission "ufw's rules in $rules"
      fi
      part ufw6
      grep '^ENABLED=' /etc/ufw/ufw.conf
      grep -E '^(DEFAULT_INPUT_POLICY|IPV6)=' /etc/default/ufw
      rules=\${rules%user.rules}user6.rules
      if [ -r "$rules" ]; then echo seen; grep '^### tuple ###' "$rules" | head -n 1000; fi
      break
    done
  fi

  if has firewall-cmd && grep -qx firewalld /proc/[0-9]*/comm; then
    part firewalld
    if default=$(firewall-cmd --get-default-zone) && zones=$(firewall-cmd --list-all-zones); then
      echo "default $default"; echo "$zones"
      part services
      for service in $(echo "$zones" | sed -n 's/^  services: //p; s/.*service name="\([^"]*\)".*/\1/p' | tr ' ' '\n' | sort -u | head -n 100); do
        file=/etc/firewalld/services/$service.xml
        [ -f "$file" ] || file=/usr/lib/firewalld/services/$service.xml
        tr '<' '\n' <"$file" | sed -n "s|^port .*protocol=\"\([a-z]*\)\".*port=\"\([0-9-]*\)\".*|$service \2/\1|p; s|^port .*port=\"\([0-9-]*\)\".*protocol=\"\([a-z]*\)\".*|$service \1/\2|p"
      done
    else cannot permission "firewalld's zones"
    fi
  fi

  if grep -q '^nf_tables ' /proc/modules || [ ! -e /proc/modules ] || grep -qs /nf_tables.ko "/lib/modules/$(uname -r)/modules.builtin"; then
    if [ "$fx_uid" != 0 ]; then cannot permission "the kernel's packet filter rules (nftables)"
    elif has nft; then
      if rules=$(nft -nnt list ruleset || nft -nn list ruleset); then part nftables; echo "$rules"; fi
    elif has iptables-nft-save; then
      part iptables-nft; iptables-nft-save -t filter
      has ip6tables-nft-save && part ip6tables-nft && ip6tables-nft-save -t filter
    else cannot tool-missing "the kernel's packet filter rules (nftables)"
    fi
  fi
  if [ -r /proc/net/ip_tables_names ]; then
    if grep -qx filter /proc/net/ip_tables_names; then
      save=iptables-save
      has iptables-legacy-save && save=iptables-legacy-save
      part iptables; $save -t filter
    fi
    if grep -qsx filter /proc/net/ip6_tables_names; then
      save=ip6tables-save
      has ip6tables-legacy-save && save=ip6tables-legacy-save
      part ip6tables; $save -t filter
    fi
  elif [ -e /proc/net/ip_tables_names ]; then cannot permission "the kernel's packet filter rules (iptables)"
  fi`

export default defineProbe({
  name: 'firewall',
  title: 'the firewall rules',
  needs: {},
  elevated: true,
  limits: { bytes: 512 * 1024 },
  script: () => readRules,
  facts: firewallFactsSchema,
  parse: ({ parts }) => {
    // Captures of before have ufw's rules for IPv4 only.
    const isIpv6Seen = parts.every(({ kind }) => kind !== 'ufw') || parts.some(({ kind }) => kind === 'ufw6')
    return { firewalls: readFirewalls(parts, 'ip'), ...(isIpv6Seen && { ipv6: readFirewalls(parts, 'ip6') }) }
  },
})

/** The parts that tell of a family. */
const partsOf = {
  ip: { ufw: 'ufw', tables: ['iptables-nft', 'iptables'] },
  ip6: { ufw: 'ufw6', tables: ['ip6tables-nft', 'ip6tables'] },
} as const

function readFirewalls(parts: readonly Part[], family: Family): Firewall[] {
  const textOf = (kind: string) => parts.find((part) => part.kind === kind)?.text
  const names = partsOf[family]
  const [ufw, zones, nftables] = [textOf(names.ufw), textOf('firewalld'), textOf('nftables')]
  const saved = names.tables.map(textOf).filter((text) => text !== undefined)
  const kernel = nftables === undefined ? saved : [nftables, ...saved]
  return [
    ...(ufw === undefined ? [] : [believeKernel(readUfw(ufw), kernel)]),
    ...(zones === undefined ? [] : [readFirewalld(zones, textOf('services') ?? '', family)]),
    ...(nftables === undefined ? [] : readNftables(nftables, family)),
    ...saved.filter((text) => !isOfUfw.test(text)).flatMap((text) => readIptables(text) ?? []),
  ]
}

const isOfUfw = /ufw6?-before-input/

/** ufw may be switched on and yet not loaded: where the kernel's rules were seen, they have the last word. */
function believeKernel(ufw: Firewall, kernel: readonly string[]): Firewall {
  const isLoaded = kernel.length === 0 || kernel.some((text) => isOfUfw.test(text))
  return { ...ufw, active: ufw.active && isLoaded }
}
