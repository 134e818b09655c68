import type { Target } from '../gateway/facts.js'
import { readTarget } from '../nginx/target.js'

const defaultPorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  h2: 443,
  h2c: 80,
  ajp: 8009,
}

/** Reads where ProxyPass, RewriteRule [P] or BalancerMember leads; what comes of the request (`$1`, `%{REQUEST_URI}`) ends the address. */
export function readProxyTarget(written: string): Target {
  // sample: unix:/run/app.sock|http://localhost/
  const [, unixPath, scheme] = /^unix:([^|]+)\|([a-z0-9]+):/i.exec(written) ?? []
  if (unixPath !== undefined)
    return { ...readTarget(written, 'http'), scheme: scheme ?? 'http', host: null, port: null, unixPath }
  // sample: http://127.0.0.1:3000$1, http://localhost:3000%{REQUEST_URI}; not: http://$1:3000, http://app-$1.internal
  const fixed = /^([a-z0-9]+:\/\/[^/$%]+:\d+)[$%]/i.exec(written)?.[1] ?? written
  const hasVariables = /^[a-z0-9]+:\/\/[^/]*[$%]/i.test(fixed)
  if (hasVariables) {
    return { ...readTarget('', schemeOf(written)), text: written, host: null, port: null, hasVariables }
  }
  const target = readTarget(fixed, 'http')
  return { ...target, text: written, port: target.port ?? defaultPorts[target.scheme] ?? null, hasVariables: false }
}

function schemeOf(written: string): string {
  return /^([a-z0-9]+):/i.exec(written)?.[1]?.toLowerCase() ?? 'http'
}
