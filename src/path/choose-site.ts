import { isIPv6 } from 'node:net'
import type { NginxFacts } from '../probes/nginx.js'

export type Site = NginxFacts['sites'][number]

/** To where a request comes, and for whom: `host` is its Host header, null without one. */
export interface Arrival {
  /** The IP address that was connected to, or `unix:/path`. */
  address: string
  /** null for a unix socket. */
  port: number | null
  host: string | null
}

/**
 * The site that nginx hands a request to: among those that listen at the most exact address, by name; without a match,
 * the default one. https://nginx.org/en/docs/http/request_processing.html; undefined where nobody listens.
 */
export function chooseSite(sites: readonly Site[], { address, port, host }: Arrival): Site | undefined {
  const at = (bound: string) => (site: Site) => site.listens.some((listen) => isBound(listen, bound, port))
  const exact = sites.filter(at(address))
  const bound = exact.length > 0 ? address : isIPv6(address) ? '::' : '0.0.0.0'
  const candidates = exact.length > 0 ? exact : sites.filter(at(bound))
  return chooseByName(candidates, normalizeHost(host)) ?? chooseDefault(candidates, bound, port)
}

type Listen = Site['listens'][number]

function isBound(listen: Listen, address: string, port: number | null): boolean {
  const own = listen.address === 'localhost' ? '127.0.0.1' : listen.address
  return own === address && listen.port === port
}

function chooseDefault(sites: readonly Site[], address: string, port: number | null): Site | undefined {
  return (
    sites.find(({ listens }) => listens.some((listen) => listen.isDefault && isBound(listen, address, port))) ??
    sites[0]
  )
}

function normalizeHost(host: string | null): string {
  // sample: App.Example.:8080 is app.example
  return (host ?? '').toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
}

/** Exact names first, then the longest `*.name`, then the longest `name.*`, then the first regular expression. */
function chooseByName(sites: readonly Site[], host: string): Site | undefined {
  const named = sites.flatMap((site) =>
    site.names.map((name) => ({ site, name: name.startsWith('~') ? name : name.toLowerCase() })),
  )
  const byLength = named.toSorted((a, b) => b.name.length - a.name.length)
  const found =
    named.find(({ name }) => name === host || name === `.${host}`) ??
    byLength.find(
      ({ name }) => /^\*?\./.test(name) && host.endsWith(name.replace('*', '')) && host.length >= name.length - 1,
    ) ??
    byLength.find(({ name }) => name.endsWith('.*') && host.startsWith(name.slice(0, -1))) ??
    named.find(({ name }) => name.startsWith('~') && toRegex(name.slice(1), 'i')?.test(host))
  return found?.site
}

/** A repetition or a choice inside a repetition, `(a+)+` or `(a|a)*`, can take for ever: a host must not be able to stop its own diagnosis. */
const slowExpression = /[*+}|][^()]*\)[*+{]/

/** A regular expression of PCRE as one of JavaScript; undefined for what JavaScript does not know, or may not finish. */
export function toRegex(source: string, flags: '' | 'i'): RegExp | undefined {
  if (slowExpression.test(source)) return undefined
  try {
    // sample: ^(?P<name>.+)\.example$, (?i)admin
    const isCaseless = source.startsWith('(?i)')
    return new RegExp(source.replace(/^\(\?i\)/, '').replaceAll('(?P<', '(?<'), isCaseless ? 'i' : flags)
  } catch {
    return undefined
  }
}
