import type { Listen } from '../gateway/facts.js'
import { splitAddress } from '../nginx/target.js'

/** The global options that say where sites are reached. */
export interface Defaults {
  httpPort: number
  httpsPort: number
  /** Addresses to bind; none is all. */
  binds: string[]
  hasTls: boolean
  redirectsToTls: boolean
}

export const defaults: Defaults = { httpPort: 80, httpsPort: 443, binds: [], hasTls: true, redirectsToTls: true }

/** An address of a site: what it is called, and where it is reached. */
export interface Address {
  /** '' for every name. */
  host: string
  port: number
  isTls: boolean
}

/** Reads `example.com`, `http://example.com:8080`, `:80`, `localhost`. https://caddyserver.com/docs/caddyfile/concepts#addresses */
export function readAddress(written: string, { httpPort, httpsPort, hasTls }: Defaults, asksTls: boolean): Address {
  const [, scheme = '', authority = ''] = /^(?:(https?):\/\/)?([^/]*)/i.exec(written) ?? []
  const { host, port: given } = splitAddress(authority)
  const port = given ?? (scheme.toLowerCase() === 'http' ? httpPort : httpsPort)
  // Without a name there is no certificate to get, unless the site says how.
  const isTls =
    scheme.toLowerCase() !== 'http' && port !== httpPort && (asksTls || scheme !== '' || (hasTls && host !== ''))
  return { host: host === '*' ? '' : host, port, isTls }
}

/** One socket takes IPv4 as well where no address is given. */
export function toListens(port: number, isTls: boolean, binds: readonly string[]): Listen[] {
  const addresses = binds.length > 0 ? binds : ['0.0.0.0', '::']
  return addresses.map((bind) => {
    // sample: unix//run/caddy.sock, tcp4/127.0.0.1, 0.0.0.0, [::1]
    const unixPath = /^unix\/(\/[^|]+)/.exec(bind)?.[1] ?? null
    const address = bind.replace(/^tcp[46]?\//, '').replace(/^\[(.*)\]$/, '$1')
    return unixPath === null
      ? { address, port, unixPath, isTls, isDefault: false }
      : { address: `unix:${unixPath}`, port: null, unixPath, isTls, isDefault: false }
  })
}
