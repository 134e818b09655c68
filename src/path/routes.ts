import { knownValue } from '../fact.js'
import type { HttpRequest } from '../probes/http.js'
import type { Facts } from '../probes/index.js'
import type { NginxFacts } from '../probes/nginx.js'
import { chooseLocation } from './choose-location.js'
import { chooseSite } from './choose-site.js'
import { type Location, nameOf, type Site } from './request-path.js'
import { resolveTarget, type Target, type WrittenTarget } from './target.js'

/** One way through the gateway: in by a location of a site, out to one server. */
export interface Route extends Hop {
  site: Site
  /** Where a request comes in. It is not the one that dials where nginx sends to a site of its own. */
  entry: Location
}

/** An nginx that was switched off for another program on its port: its files are of the past. */
function isRetired({ running, unit, sites }: NginxFacts, facts: Facts): boolean {
  if (running || !unit || !/^(?:disabled|masked)$/.test(unit.enabled)) return false
  const ports = sites.flatMap(({ listens }) => listens.map(({ port }) => port))
  return knownValue(facts.listeners)?.listeners.some(({ port }) => ports.includes(port)) ?? false
}

interface Hop {
  /** The location whose proxy_pass dials the target. */
  location: Location
  target: Target
  /** How many servers share the requests, this one included. */
  poolSize: number
}

/** Every route through nginx, as its configuration has them. */
export function findRoutes(facts: Facts): Route[] {
  const nginx = knownValue(facts.nginx)
  if (!nginx || isRetired(nginx, facts)) return []
  return nginx.sites.flatMap((site) =>
    site.locations.flatMap((entry) =>
      follow(entry, nameOf(site), { nginx, facts }, []).map((hop) => ({ site, entry, ...hop })),
    ),
  )
}

/** The servers that a location leads to; behind one that is a site of nginx itself, those that this site leads to. */
function follow(
  location: Location,
  name: string,
  known: { nginx: NginxFacts; facts: Facts },
  passed: readonly Location[],
): Hop[] {
  const servers = serversOf(location, known.nginx)
  return servers.flatMap((server) => {
    const target = resolveTarget(server, known.facts)
    const behind = locationBehind(target, location.headers.host === undefined ? target.text : name, known.nginx)
    const isEnd = !behind?.proxyPass || passed.includes(behind) || behind === location
    if (isEnd) return [{ location, target, poolSize: servers.length }]
    return follow(behind, name, known, [...passed, location]).map((hop) => ({
      ...hop,
      poolSize: hop.poolSize * servers.length,
    }))
  })
}

/** The servers of an upstream block that are in use. Where all are marked `down` nginx asks none: then it is about all of them. */
function serversOf({ proxyPass }: Location, nginx: NginxFacts): WrittenTarget[] {
  if (!proxyPass || !/^(https?|grpcs?)$/.test(proxyPass.target.scheme)) return []
  const { scheme } = proxyPass.target
  const pool = nginx.upstreams.find(({ name }) => name === proxyPass.upstream)?.servers
  if (!pool) return [proxyPass.target]
  const used = pool.filter(({ isDown }) => !isDown)
  return (used.length > 0 ? used : pool).map(({ target }) => ({ ...target, scheme }))
}

/** The location of this nginx that takes what is sent to a target: a front that sends to another port of its own. */
export function locationBehind(
  { addresses, port, unixPath }: Target,
  host: string,
  nginx: NginxFacts,
): Location | undefined {
  const address = unixPath === null ? addresses[0] : `unix:${unixPath}`
  const site = address === undefined ? undefined : chooseSite(nginx.sites, { address, port, host })
  return site && chooseLocation(site, '/')
}

/** Whether a request was one that nginx hands to the route's entrance. */
export function entersBy({ site, entry }: Route, asked: HttpRequest, sites: readonly Site[]): boolean {
  const { address, unixPath, hostHeader: host, path } = asked
  const place = unixPath === null ? { address, port: asked.port } : { address: `unix:${unixPath}`, port: null }
  // A public address may be another than the one that nginx listens on: then the port and the name tell.
  const chosen = chooseSite(sites, { ...place, host }) ?? sites.find((other) => answersTo(other, asked))
  if (chosen !== site) return false
  const location = chooseLocation(site, path)
  // sample: try_files $uri @app
  return location === entry || (entry.pattern.startsWith('@') && !location?.proxyPass)
}

function answersTo({ names, listens }: Site, { port, hostHeader }: HttpRequest): boolean {
  return hostHeader !== null && names.includes(hostHeader) && listens.some((listen) => listen.port === port)
}
