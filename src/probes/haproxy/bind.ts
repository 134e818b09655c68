import type { Listen } from '../gateway/facts.js'
import { countPorts, readListen } from '../nginx/listen.js'

const mostPorts = 1000

/** Reads a `bind` line: addresses with commas between, each with a port or a range of ports, or a socket. */
export function readBinds([, written = '', ...options]: readonly string[]): Listen[] {
  const isTls = options.includes('ssl')
  const addresses = written.split(',').flatMap((address) => readAddress(address, options.includes('v6only')))
  return addresses.slice(0, mostPorts).map((address) => ({ ...address, isTls, isDefault: true }))
}

type Address = Pick<Listen, 'address' | 'port' | 'unixPath'>

function readAddress(written: string, isIpv6Only: boolean): Address[] {
  // sample: unix@/run/haproxy.sock, *:80, :::443, [::]:443, ipv4@10.0.0.1:80, 10.0.0.1:8000-8010
  const [, family, bare = ''] = /^(?:(unix|ipv4|ipv6)@)?(.*)$/.exec(written) ?? []
  if (bare.startsWith('/')) return [{ address: `unix:${bare}`, port: null, unixPath: bare }]
  const [, host = '', ports = ''] = /^([^@]*):([\d-]+)$/.exec(bare) ?? []
  if (ports === '' || countPorts([ports]) > mostPorts) return []
  const isEveryIpv6 = /^\[?::\]?$/.test(host) || (family === 'ipv6' && host === '')
  const named = host === '' || host === '*' ? '0.0.0.0' : host.replace(/^\[|\]$/g, '')
  // As Linux has it, an IPv6 socket for all addresses takes IPv4 as well.
  const names = isEveryIpv6 ? ['::', ...(isIpv6Only ? [] : ['0.0.0.0'])] : [named]
  return names.flatMap((address) => readListen([ports]).map(({ port }) => ({ address, port, unixPath: null })))
}
