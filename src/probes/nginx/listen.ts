import type { Listen } from './facts.js'
import { splitAddress } from './target.js'

/** What a server without `listen` does, when root starts nginx. */
export const defaultListen: Listen = { address: '0.0.0.0', port: 80, unixPath: null, isTls: false, isDefault: false }

/** Reads a `listen` directive; one of QUIC is of UDP and gives nothing, a range of ports several. */
export function readListen([where = '', ...parameters]: readonly string[]): Listen[] {
  if (parameters.includes('quic')) return []
  const flags = {
    isTls: parameters.includes('ssl'),
    isDefault: parameters.includes('default_server') || parameters.includes('default'),
  }
  if (where.startsWith('unix:'))
    return [{ address: where, port: null, unixPath: where.slice('unix:'.length), ...flags }]
  const { address, first } = readAddress(where)
  const ports = Array.from({ length: countPorts([where]) }, (_, index) => first + index)
  return ports.map((port) => ({ address, port, unixPath: null, ...flags }))
}

const maxRange = 1000

/** How many ports a `listen` directive names. */
export function countPorts([where = '']: readonly string[]): number {
  const { first, last } = readAddress(where)
  return Math.max(0, Math.min(last - first, maxRange)) + 1
}

function readAddress(where: string): { address: string; first: number; last: number } {
  // sample: 8000-8010, *:80, [::]:443, 127.0.0.1, localhost:80
  const [, before, from, to] = /^(?:(.*):)?(\d+)(?:-(\d+))?$/.exec(where) ?? []
  const first = Number(from ?? 80)
  if (from === undefined || where.endsWith(']')) return { address: splitAddress(where).host, first: 80, last: 80 }
  const host = splitAddress(before ?? '*').host
  return { address: host === '*' || host === '' ? '0.0.0.0' : host, first, last: Number(to ?? first) }
}
