import { isIPv4 } from 'node:net'
import { knownValue } from '../../fact.js'
import { chooseSite } from '../../path/choose-site.js'
import type { Site } from '../../path/request-path.js'
import { isLoopback } from '../../path/target.js'
import type { Scene } from '../define.js'

/** Words for which site of a gateway a visitor gets, which its configuration alone decides. */

/** A name that nobody has. */
const nobody = 'nobody.invalid'

/** The names of a site that a visitor can ask for. */
export function realNames({ names }: Site): string[] {
  return names.filter((name) => /^[a-z0-9][a-z0-9.-]*$/i.test(name))
}

/** Whether a pattern among its names may match what cannot be foreseen. */
export function hasPattern({ names }: Site): boolean {
  return names.some((name) => /[*~]|^\./.test(name))
}

/** Every way in which a visitor of these names can come to the doors of a site. */
function arrivals(site: Site, names: readonly string[], own: readonly string[]) {
  const hosts = names.length > 0 ? names : [nobody]
  return site.listens.flatMap(({ address, port, unixPath }) =>
    unixPath !== null || port === null
      ? []
      : addressesAt(address, own).flatMap((at) => hosts.map((host) => ({ address: at, port, host }))),
  )
}

/** Where a visitor from elsewhere comes in by a door. */
function addressesAt(bound: string, own: readonly string[]): string[] {
  if (bound !== '0.0.0.0' && bound !== '::') return [bound]
  const outer = own.filter((address) => !isLoopback(address) && isIPv4(address) === (bound === '0.0.0.0'))
  return outer.length > 0 ? outer : [bound === '::' ? '::1' : '127.0.0.1']
}

/** The sites that visitors get who come to the doors of a site, by any of these names: itself among them, if they can get it. */
export function sitesGot({ path: { gateway }, facts }: Scene, site: Site, names: readonly string[]): Site[] {
  const own = knownValue(facts.host)?.addresses ?? []
  const sites = gateway?.facts.sites ?? []
  const chosen = arrivals(site, names, own).flatMap((arrival) => chooseSite(sites, arrival) ?? [])
  return [...new Set(chosen)]
}

/** Where a site's locations lead, as written. */
export function targetsOf({ locations }: Site): string[] {
  return locations.flatMap(({ proxyPass }) => (proxyPass ? [proxyPass.target.text] : []))
}
