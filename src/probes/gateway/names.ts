import type { GatewayFacts } from './facts.js'

export type GatewayKind = 'apache' | 'caddy' | 'haproxy'

/** What a person calls them. */
export const gatewayNames: Readonly<Record<GatewayKind, string>> = {
  apache: 'Apache',
  caddy: 'Caddy',
  haproxy: 'HAProxy',
}

/** The unit of systemd, without its `.service`: the one that was seen, else the distribution's. */
export function unitOf(kind: GatewayKind, { unitName, binary }: Pick<GatewayFacts, 'unitName' | 'binary'>): string {
  if (unitName !== undefined) return unitName.replace(/\.service$/, '')
  if (kind !== 'apache') return kind
  return binary?.endsWith('/httpd') ? 'httpd' : 'apache2'
}
