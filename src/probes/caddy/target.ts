import type { Target } from '../gateway/facts.js'
import { splitAddress } from '../nginx/target.js'

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, h2c: 80 }
const mostServers = 100

/** Reads an upstream of Caddy; a range of ports is several. https://caddyserver.com/docs/caddyfile/directives/reverse_proxy#upstream-addresses */
export function readUpstream(written: string, byTransport: string): Target[] {
  // sample: unix//run/app.sock, unix+h2c//run/app.sock, https://app.internal, :3000, localhost:3000-3002
  const [, , unixPath] = /^unix(\+h2c)?\/(\/.+)$/.exec(written) ?? []
  const target = { text: written, scheme: byTransport, host: null, port: null, unixPath: null, hasVariables: false }
  if (unixPath !== undefined) return [{ ...target, unixPath }]
  const [, named, authority = ''] = /^(?:([a-z0-9+]+):\/\/)?([^/]*)/i.exec(written) ?? []
  const scheme = named?.toLowerCase() ?? byTransport
  if (/\{.*\}/.test(authority)) return [{ ...target, scheme, hasVariables: true }]
  const [, before = authority, first, last] = /^(.*):(\d+)-(\d+)$/.exec(authority) ?? []
  const { host, port } = splitAddress(first === undefined ? authority : `${before}:${first}`)
  const from = port ?? defaultPorts[scheme] ?? 80
  const count = Math.min(mostServers, Math.max(1, Number(last ?? from) - from + 1))
  return Array.from({ length: count }, (_, index) => ({
    ...target,
    text: count === 1 ? written : `${host}:${from + index}`,
    scheme: scheme === 'h2c' ? 'http' : scheme,
    // Without a host it is this one.
    host: host === '' ? 'localhost' : host,
    port: from + index,
  }))
}
