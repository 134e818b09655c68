import { knownValue } from '../fact.js'
import type { RequestPath, Site } from '../path/request-path.js'
import type { GatewayFacts } from '../probes/gateway/facts.js'
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
  const others = paths.filter((other) => other.site !== null && other.site !== site && other.serves === true)
  // Of two sites of one name, this may be the one that visitors get.
  return isDead && others.length > 0 && !others.some((other) => other.site && areRivals(other.site, site))
}

function areRivals(a: Site, b: Site): boolean {
  const hasName = a.names.some((name) => name !== '' && name !== '_' && b.names.includes(name))
  return (
    hasName &&
    a.listens.some((one) => b.listens.some(({ address, port }) => address === one.address && port === one.port))
  )
}

/**
 * Whether it stays open if requests on this path succeed: nobody answered, or the gateway answers on the host itself but
 * not from here, and the firewall could not be seen; or the app answers, and a gateway that may be before it was not
 * seen, as it may be before a worker, too, which else leaves nothing open; or a stranger may answer in the app's place.
 */
export function isOpen(path: RequestPath, facts: Facts): boolean {
  const { serves, target, site, fromHere, edges } = path
  if (site === null && fromHere?.status == null && isGatewayUnseen(facts)) return true
  if (serves === null) return target !== null || site !== null
  if (mayBeStranger(path, facts)) return true
  return fromHere?.failure != null && edges.some(({ id, state }) => id === 'entrance' && state === 'unknown')
}

/**
 * Whether what answers behind a site belongs to none of those whose pm2 could not be asked: then an app of theirs may be
 * meant to answer. What is started at boot is there on purpose.
 */
function mayBeStranger({ site, target, app, listeners }: RequestPath, { pm2 }: Facts): boolean {
  if (site === null || target?.isLocal === false || app?.service?.unit?.enabled === 'enabled') return false
  const hidden = (knownValue(pm2)?.daemons ?? []).filter(({ pid, apps }) => pid !== null && apps === null)
  const owners = listeners.map(({ uid }) => uid).filter((uid) => uid !== null)
  return hidden.length > 0 && owners.length > 0 && owners.every((owner) => !hidden.some(({ uid }) => uid === owner))
}

function isGatewayUnseen({ nginx, apache, caddy, haproxy }: Facts): boolean {
  if (!nginx.known) return true
  return [nginx, apache, caddy, haproxy].some((gateway) => knownValue<GatewayFacts>(gateway)?.isPartlyRead === true)
}
