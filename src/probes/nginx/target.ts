import type { Target } from './facts.js'

/** The directives that hand a request on, with the scheme that they speak where the target names none. */
export const passSchemes: ReadonlyMap<string, string> = new Map([
  ['proxy_pass', 'http'],
  ['grpc_pass', 'grpc'],
  ['fastcgi_pass', 'fastcgi'],
  ['uwsgi_pass', 'uwsgi'],
  ['scgi_pass', 'scgi'],
  ['memcached_pass', 'memcached'],
])

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['grpc', 80],
  ['grpcs', 443],
])

/** Variables whose value is a path, so that the address ends before them. */
const pathVariables = /\$\{?(?:request_uri|uri|document_uri|fastcgi_script_name)\b/

/**
 * Reads where a pass leads. `written` is the argument, `resolved` the same with those variables filled in that are known;
 * one that is left in the address makes host and port null.
 */
export function readTarget(written: string, scheme: string, resolved = written): Target {
  // sample: https://app.internal:8443/api, unix:/run/php.sock
  const [, named = scheme, rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(resolved) ?? []
  const target = {
    text: written,
    scheme: named.toLowerCase(),
    host: null,
    port: null,
    unixPath: null,
    hasVariables: written.includes('$'),
  }
  // sample: unix:/run/app.sock:/api
  const unixPath = /^unix:([^:$]+)(?::|$)/.exec(rest)?.[1]
  if (unixPath !== undefined) return { ...target, unixPath }
  const authority = rest.split(pathVariables)[0]?.split(/[/?]/)[0] ?? ''
  if (authority.includes('$')) return target
  const { host, port } = splitAddress(authority.replace(/^[^@]*@/, ''))
  return { ...target, host, port: port ?? defaultPorts.get(target.scheme) ?? null }
}

/** A server of an upstream block: `127.0.0.1:3000`, `app.internal`, `unix:/run/app.sock`. */
export function readServer(written: string): Target {
  return readTarget(written, 'http')
}

/** Takes `host:port` apart; IPv6 addresses lose their brackets. */
export function splitAddress(text: string): { host: string; port: number | null } {
  // sample: [::1]:3000, 127.0.0.1:3000, localhost
  const [, ipv6, other = '', port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [undefined, undefined, text]
  return { host: (ipv6 ?? other).toLowerCase(), port: port === undefined ? null : Number(port) }
}
