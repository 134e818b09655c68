import { isIPv4, isIPv6 } from 'node:net'
import { sh } from '../../shell.js'
import type { Section } from '../define.js'
import type { GatewayFacts } from './facts.js'
import type { LogFacts } from './log-facts.js'

/**
 * What a gateway finds around it and its log alone does not tell, in words of sh for the probes of the logs:
 *
 * - `gateway_selinux`       prints `selinux ENFORCE BOOLEAN`, if there is an SELinux
 * - `gateway_resolve NAME …` prints a part `name NAME` for each, with the addresses that the host's own resolver gives
 */
export const surroundingsLibrary = sh`
gateway_selinux() {
  read -r gateway_enforce </sys/fs/selinux/enforce || return 0
  read -r gateway_may gateway_rest </sys/fs/selinux/booleans/httpd_can_network_connect
  printf 'selinux %s %s\n' "$gateway_enforce" "\${gateway_may:--}"
}
gateway_resolve() {
  has getent || return 0
  gateway_limit=; has timeout && gateway_limit='timeout 1'
  for gateway_name; do
    part name "$gateway_name"
    $gateway_limit getent ahosts "$gateway_name" </dev/null | awk '!seen[$1]++ && count++ < 20 { print $1 }'
  done
}`

const mostNames = 3

/** Names that a gateway looks up once, when it takes its configuration over: the first few. */
export function namesIn({ sites, upstreams }: GatewayFacts): string[] {
  const passes = sites.flatMap(({ locations }) => locations.flatMap(({ proxyPass }) => (proxyPass ? [proxyPass] : [])))
  const targets = [
    ...passes.filter(({ upstream }) => upstream === null).map(({ target }) => target),
    ...upstreams.flatMap(({ servers }) => servers.map(({ target }) => target)),
  ]
  const names = targets.flatMap(({ host, hasVariables }) => (host === null || hasVariables ? [] : [host]))
  return [...new Set(names)].filter(isName).slice(0, mostNames)
}

function isName(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  return bare !== 'localhost' && !isIPv4(bare) && !isIPv6(bare) && /^[\w.-]+$/.test(bare)
}

/** Reads what these words print. */
export function readSurroundings({ text, parts }: Section): Pick<LogFacts, 'names' | 'selinux'> {
  const names = parts.filter(({ kind }) => kind === 'name')
  // sample: selinux 1 0
  const [, enforce, may] = /^selinux ([01]) ([01-])/m.exec(text) ?? []
  return {
    ...(names.length > 0 && {
      names: names.map((part) => ({
        name: part.label,
        addresses: part.text.split('\n').filter((line) => line !== ''),
      })),
    }),
    ...(enforce !== undefined && {
      selinux: { isEnforcing: enforce === '1', mayConnect: may === '-' ? null : may === '1' },
    }),
  }
}
