import type { GatewayFacts } from './facts.js'
import type { GatewayKind } from './names.js'

/** nginx, and of the others those that run: a distribution may have installed one that nobody uses. If none runs, all of them. */
export function gatewaysToAsk(known: Partial<Record<'nginx' | GatewayKind, GatewayFacts | undefined>>): GatewayFacts[] {
  const { nginx, apache, caddy, haproxy } = known
  const all = [nginx, apache, caddy, haproxy].filter((gateway) => gateway !== undefined)
  const runs = all.some(({ running }) => running)
  return all.filter((gateway) => gateway === nginx || gateway.running || !runs)
}
