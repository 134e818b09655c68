import { knownValue } from '../fact.js'
import type { HttpRequest } from '../probes/http.js'
import type { Facts } from '../probes/index.js'
import { chooseLocation } from './choose-location.js'
import { chooseSite } from './choose-site.js'
import { type Gateway, gatewaysOf } from './gateways.js'
import { type Location, nameOf, type Site } from './request-path.js'
import { isLoopback, resolveTarget, type Target, type WrittenTarget } from './target.js'

/** One way through the gateways of a host: in by a location of a site, out to one server. */
export interface Route extends Hop {
  site: Site
  /** Where a request comes in. It is not the one that dials where a gateway sends to a site of its own, or of another. */
  entry: Location
}

interface Hop extends Stop {
  /** The gateways that a request passes before the one that dials, the one that it meets first at the start. */
  fronts: Gateway[]
  target: Target
  /** How many servers share the requests, this one included. */
  poolSize: number
}

/** The location whose directive dials, and the gateway that it is of. */
interface Stop {
  gateway: Gateway
  location: Location
}

/** Every route through the gateways, as their configurations have them. */
export function findRoutes(facts: Facts): Route[] {
  const gateways = gatewaysOf(facts).filter((gateway) => !isRetired(gateway, facts))
  const routes = gateways.flatMap((gateway) =>
    gateway.facts.sites.flatMap((site) =>
      site.locations.flatMap((entry) =>
        follow({ gateway, location: entry }, nameOf(site), { gateways, facts }, []).map((hop) => ({
          site,
          entry,
          ...hop,
        })),
      ),
    ),
  )
  // Nobody enters where only a front can: that is a stop of the front's own routes.
  const behind = new Set(routes.filter(({ fronts }) => fronts.length > 0).map(({ location }) => location))
  return routes.filter((route) => !behind.has(route.entry) || !isInner(route.site))
}

/** Whether only this host itself can come in by a site. */
function isInner({ listens }: Site): boolean {
  return listens.every(({ address, unixPath }) => unixPath !== null || isLoopback(address))
}

/** Gateways that failed to start and whose files lead nowhere, by a slip in them: nobody answers on their ports now. */
export function findFailed(facts: Facts): Gateway[] {
  const listeners = knownValue(facts.listeners)?.listeners
  const led = new Set(findRoutes(facts).map(({ gateway }) => gateway.kind))
  return gatewaysOf(facts).filter(({ kind, facts: { running, unit, sites } }) => {
    const own = sites.flatMap(({ listens }) => listens.map(({ port }) => port))
    const ports = own.length > 0 ? own : [80, 443]
    const isTaken = listeners?.some(({ port }) => ports.includes(port)) ?? true
    return !running && unit?.activeState === 'failed' && !led.has(kind) && !isTaken
  })
}

/** A gateway that was switched off for another program on its port: its files are of the past. */
function isRetired({ facts: { running, unit, sites } }: Gateway, facts: Facts): boolean {
  if (running || !unit || !/^(?:disabled|masked)$/.test(unit.enabled)) return false
  const ports = sites.flatMap(({ listens }) => listens.map(({ port }) => port))
  return knownValue(facts.listeners)?.listeners.some(({ port }) => ports.includes(port)) ?? false
}

interface Known {
  gateways: readonly Gateway[]
  facts: Facts
}

/** The servers that a location leads to; behind one that is a site of this host's gateways, those that this site leads to. */
function follow(stop: Stop, name: string, known: Known, passed: readonly Stop[]): Hop[] {
  const { gateway, location } = stop
  const servers = serversOf(stop)
  return servers.flatMap((server) => {
    const target = resolveTarget(server, known.facts)
    const behind = stopBehind(target, location.headers.host === undefined ? target.text : name, known.gateways)
    const isNew = ![...passed, stop].some((each) => each.location === behind?.location)
    if (!behind || !isNew || serversOf(behind).length === 0)
      return [{ gateway, location, fronts: passed.map((each) => each.gateway), target, poolSize: servers.length }]
    return follow(behind, name, known, [...passed, stop]).map((hop) => ({
      ...hop,
      poolSize: hop.poolSize * servers.length,
    }))
  })
}

/** The servers of an upstream block that are in use. Where all are marked `down` none is asked: then it is about all of them. */
function serversOf({ gateway, location: { proxyPass } }: Stop): WrittenTarget[] {
  if (!proxyPass || !/^(https?|grpcs?)$/.test(proxyPass.target.scheme)) return []
  const { scheme } = proxyPass.target
  const pool = gateway.facts.upstreams.find(({ name }) => name === proxyPass.upstream)?.servers
  if (!pool) return [proxyPass.target]
  const used = pool.filter(({ isDown }) => !isDown)
  return (used.length > 0 ? used : pool).map(({ target }) => ({ ...target, scheme }))
}

/** The location of this host's gateways that takes what is sent to a target: a front sends to a gateway behind it. */
export function stopBehind(
  { addresses, port, unixPath, isLocal }: Target,
  host: string,
  gateways: readonly Gateway[],
): Stop | undefined {
  const address = unixPath === null ? addresses[0] : `unix:${unixPath}`
  if (address === undefined || isLocal === false) return undefined
  for (const gateway of gateways) {
    const site = chooseSite(gateway.facts.sites, { address, port, host })
    const location = site && chooseLocation(site, '/')
    if (location) return { gateway, location }
  }
  return undefined
}

/** Whether a request was one that the first gateway hands to the route's entrance. */
export function entersBy({ site, entry, fronts, gateway }: Route, asked: HttpRequest): boolean {
  const { sites } = (fronts[0] ?? gateway).facts
  const { address, unixPath, hostHeader: host, path } = asked
  const place = unixPath === null ? { address, port: asked.port } : { address: `unix:${unixPath}`, port: null }
  // A public address may be another than the one that the gateway listens on: then the port and the name tell.
  const chosen = chooseSite(sites, { ...place, host }) ?? sites.find((other) => answersTo(other, asked))
  if (chosen !== site) return false
  const location = chooseLocation(site, path)
  // sample: try_files $uri @app
  return location === entry || (entry.pattern.startsWith('@') && !location?.proxyPass)
}

function answersTo({ names, listens }: Site, { port, hostHeader }: HttpRequest): boolean {
  return hostHeader !== null && names.includes(hostHeader) && listens.some((listen) => listen.port === port)
}
