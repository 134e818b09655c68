import { blindSpots } from '../fact.js'
import type { RequestPath } from '../path/request-path.js'
import type { Facts } from '../probes/index.js'

/** The paths on which visitors lose something: those that are down, without what nobody misses. */
export function findOutages(paths: readonly RequestPath[], facts: Facts): RequestPath[] {
  return paths.filter((path) => isDown(path) && !isLeftover(path, paths, facts))
}

function isDown({ serves, edges, target, poolSize }: RequestPath): boolean {
  if (serves !== null) return !serves
  const isBroken = edges.some(({ id, state }) => (id === 'target' || id === 'gateway') && state === 'broken')
  return target !== null && poolSize === 1 && isBroken
}

/**
 * A site that was left behind when its app went: nothing known is meant to answer for any part of it, while another site
 * serves. Where the apps could not be seen, one may be missing, and it is an outage.
 */
function isLeftover({ site }: RequestPath, paths: readonly RequestPath[], { pm2 }: Facts): boolean {
  if (site === null || !pm2.known || pm2.blind.length > 0) return false
  const own = paths.filter((path) => path.site === site)
  const isDead = own.every(
    ({ app, serves, target, listeners }) => !app && !serves && target?.isLocal !== false && listeners.length === 0,
  )
  return isDead && paths.some((other) => other.site !== null && other.site !== site && other.serves === true)
}

/**
 * Whether it stays open if requests on this path succeed: nobody answered, or the gateway answers on the host itself but
 * not from here, and the firewall could not be seen; or the app answers, and a gateway that may be before it was not
 * seen. A worker, which takes no requests, leaves nothing open.
 */
export function isOpen({ serves, target, site, fromHere, edges }: RequestPath, facts: Facts): boolean {
  if (serves === null) return target !== null || site !== null
  if (site === null && target !== null && fromHere?.status == null && isGatewayUnseen(facts)) return true
  return fromHere?.failure != null && edges.some(({ id, state }) => id === 'entrance' && state === 'unknown')
}

function isGatewayUnseen({ nginx, apache, caddy, haproxy }: Facts): boolean {
  if (!nginx.known) return true
  // sample: all of nginx (its output was cut off), the nginx configuration /etc/nginx/conf.d/app.conf
  return [nginx, apache, caddy, haproxy]
    .flatMap(blindSpots)
    .some(({ what }) => /^(?:all of \w+$|the \w+ configuration )/.test(what))
}
