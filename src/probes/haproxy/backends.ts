import type { Target, Upstream } from '../gateway/facts.js'
import { splitAddress } from '../nginx/target.js'
import type { Line, Section } from './parse.js'

/** The servers of a backend or listen section. */
export function readUpstream({ name, place, lines }: Section): Upstream {
  const isHttp = lastWords(lines, 'mode')?.[0] === 'http'
  const defaults = lines.filter(({ words }) => words[0] === 'default-server').flatMap(({ words }) => words.slice(1))
  const written = lines.filter(({ words }) => words[0] === 'server' || words[0] === 'server-template')
  const servers = written.map(({ words }) => {
    const [address = '', ...own] = words.slice(words[0] === 'server' ? 2 : 3)
    const options = [...defaults, ...own]
    return {
      name: words[1] ?? '',
      target: readServer(address, isHttp, options),
      isDown: lastOf(options, 'disabled', 'enabled'),
      isBackup: lastOf(options, 'backup', 'non-backup'),
    }
  })
  const checked = written.find(({ words }) => lastOf([...defaults, ...words], 'check', 'no-check'))
  return { name, place, servers, ...(checked && { healthCheck: readCheck(lines, checked) }) }
}

/** Whether the last of two opposite words is the first one. */
function lastOf(words: readonly string[], yes: string, no: string): boolean {
  return words.lastIndexOf(yes) > words.lastIndexOf(no)
}

function readServer(written: string, isHttp: boolean, options: readonly string[]): Target {
  const scheme = !isHttp ? 'tcp' : lastOf(options, 'ssl', 'no-ssl') ? 'https' : 'http'
  const target = { text: written, scheme, host: null, port: null, unixPath: null, hasVariables: false }
  // sample: unix@/run/app.sock, /run/app.sock, ipv4@app.internal:3000, 127.0.0.1:3000, 127.0.0.1
  const bare = written.replace(/^(?:unix|ipv4|ipv6)@/, '')
  if (bare.startsWith('/')) return { ...target, unixPath: bare }
  if (/[$%]/.test(bare) || bare.includes('@')) return { ...target, hasVariables: true }
  const { host, port } = splitAddress(bare.replace(/:\+?0$/, ''))
  return { ...target, host: host === '' ? null : host, port }
}

/** Without `option httpchk` HAProxy only connects. */
function readCheck(lines: readonly Line[], { place }: Line): NonNullable<Upstream['healthCheck']> {
  const option = lines.findLast(({ words }) => words[0] === 'option' && words[1] === 'httpchk')
  if (!option) return { path: null, place }
  const send = lines.find(({ words }) => words[0] === 'http-check' && words[1] === 'send' && words.includes('uri'))
  const byOption = option.words.slice(2).find((word) => word.startsWith('/')) ?? '/'
  return send
    ? { path: send.words[send.words.indexOf('uri') + 1] ?? '/', place: send.place }
    : { path: byOption, place: option.place }
}

/** The words after a keyword, where it stands last. */
export function lastWords(lines: readonly Line[], keyword: string): string[] | undefined {
  return lines.findLast(({ words }) => words[0] === keyword)?.words.slice(1)
}

const unitSeconds: Readonly<Record<string, number>> = { us: 1e-6, ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** `timeout server 30s`; without a unit it is milliseconds. */
export function readTimeout(lines: readonly Line[], kind: string): number | null {
  const written = lines.findLast(({ words }) => words[0] === 'timeout' && words[1] === kind)?.words[2]
  const [, count, unit = 'ms'] = /^(\d+)(us|ms|s|m|h|d)?$/.exec(written ?? '') ?? []
  return count === undefined ? null : Number(count) * (unitSeconds[unit] ?? 1)
}
