import type { ProxyPass } from './build-sites.js'
import type { Segment } from './parse.js'
import { readUpstream } from './target.js'

/** What Caddy passes on by itself: the visitor's Host, the X-Forwarded headers, and what a WebSocket needs. */
export const passedHeaders: Readonly<Record<string, string>> = Object.fromEntries(
  ['host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'upgrade', 'connection'].map((name) => [
    name,
    'reverse_proxy',
  ]),
)

/** Reads the words and the block of a `reverse_proxy`. */
export function readProxy(words: readonly string[], block: readonly Segment[], byDefault: string): ProxyPass {
  const all = (name: string) => block.filter((segment) => segment.words[0] === name)
  const transport = all('transport')[0]
  const option = (name: string) => transport?.block?.find((segment) => segment.words[0] === name)?.words
  const isTls = transport?.block?.some(({ words: [name = ''] }) => /^tls/.test(name)) === true
  const scheme = transport?.words[1] === 'fastcgi' ? 'fastcgi' : isTls ? 'https' : byDefault
  const health = all('health_uri')[0] ?? all('health_path')[0]
  const isAsked = health !== undefined || all('health_port').length > 0
  return {
    targets: [...words, ...all('to').flatMap((segment) => segment.words.slice(1))].flatMap((word) =>
      readUpstream(word, scheme),
    ),
    headers: readHeaders(all('header_up').map((segment) => segment.words.slice(1))),
    readTimeoutSeconds: readDuration(option('response_header_timeout')?.[1] ?? option('read_timeout')?.[1]),
    connectTimeoutSeconds: readDuration(option('dial_timeout')?.[1]),
    healthPath: health?.words[1] ?? null,
    hasHealthCheck: isAsked,
  }
}

function readHeaders(changes: readonly (readonly string[])[]): Record<string, string> {
  const headers = new Map(Object.entries(passedHeaders))
  for (const [name = '', value = ''] of changes) {
    const bare = name.replace(/^[-+?>]/, '').toLowerCase()
    if (name.startsWith('-')) headers.delete(bare)
    else headers.set(bare, value)
  }
  return Object.fromEntries(headers)
}

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
}

/** A duration of Go, as text or in nanoseconds. */
export function readDuration(written: string | number | undefined): number | null {
  if (typeof written === 'number') return written / 1e9
  // sample: 30s, 1m30s, 1.5h, 500ms
  const pieces = [...(written ?? '').matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)/g)]
  if (pieces.length === 0) return null
  return pieces.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitSeconds[unit] ?? 1), 0)
}
