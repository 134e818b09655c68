import type { Listen } from './facts.js'
import { readListen } from './listen.js'
import type { Directive } from './parse.js'

/** Where a directive stands: the letter of directive-table.ts, and the block around it. */
export interface Surroundings {
  context: string
  parent: Directive | undefined
  /** Of the whole configuration, what may be said only once. */
  memory: Memory
}

export interface Memory {
  upstreams: Set<string>
  defaults: Set<string>
  listens: Set<string>
}

export function newMemory(): Memory {
  return { upstreams: new Set(), defaults: new Set(), listens: new Set() }
}

type Check = (directive: Directive, around: Surroundings) => string | undefined

/** What the functions behind single directives refuse: of those that decide where a request goes. */
const checks: Record<string, Check> = {
  's listen': checkListen,
  's location': checkLocation,
  'l location': checkLocation,
  'h upstream': ({ args: [name = ''] }, { memory }) =>
    isNew(memory.upstreams, name.toLowerCase()) ? undefined : `duplicate upstream "${name}"`,
  'u server': ({ args: [address = '', ...parameters] }) =>
    checkAddress(address) ?? checkParameters(parameters, serverParameters),
  'l proxy_pass': checkProxyPass,
  'j proxy_pass': checkProxyPass,
  'x proxy_pass': checkProxyPass,
}

/** What nginx says against the meaning of a directive whose form is right. */
export function checkMeaning(directive: Directive, around: Surroundings): string | undefined {
  return checks[`${around.context} ${directive.name}`]?.(directive, around)
}

function isNew(seen: Set<string>, entry: string): boolean {
  const isFirst = !seen.has(entry)
  seen.add(entry)
  return isFirst
}

/** Of ngx_http_upstream.c and of the commercial nginx. */
const serverParameters =
  /^(?:(?:weight|max_conns|max_fails)=\d+|fail_timeout=\d\w*|backup|down|drain|resolve|(?:route|service|slow_start|id)=.*)$/

/** Of ngx_http_core_listen() in ngx_http_core_module.c. */
const listenParameters =
  /^(?:default(?:_server)?|bind|deferred|reuseport|multipath|ssl|http2|http3|spdy|quic|proxy_protocol|ipv6only=(?:on|off)|(?:setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter|so_keepalive)=.*)$/

function checkParameters(parameters: readonly string[], allowed: RegExp): string | undefined {
  const odd = parameters.find((parameter) => !allowed.test(parameter))
  return odd === undefined ? undefined : `invalid parameter "${odd}"`
}

function checkListen({ args }: Directive, { parent, memory }: Surroundings): string | undefined {
  const [where = '', ...parameters] = args
  const refused = where.startsWith('unix:') ? undefined : checkListenAddress(where)
  if (refused !== undefined) return refused
  const odd = checkParameters(parameters, listenParameters)
  if (odd !== undefined) return odd
  const server = `${parent?.place.file}:${parent?.place.line}`
  for (const listen of readListen(args)) {
    const address = formatListen(listen)
    if (!isNew(memory.listens, `${server} ${address}`)) return `a duplicate listen ${address}`
    if (listen.isDefault && !isNew(memory.defaults, address)) return `a duplicate default server for ${address}`
  }
  return undefined
}

function checkListenAddress(where: string): string | undefined {
  if (where.includes('/')) return `invalid host in "${where}" of the "listen" directive`
  return isBadPort(where) ? `invalid port in "${where}" of the "listen" directive` : undefined
}

function formatListen({ address, port }: Listen): string {
  if (port === null) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function isBadPort(address: string): boolean {
  // sample: 127.0.0.1:99999, [::1]:http, 8000-8010
  const port = /^(?:\[[^\]]*\]|[^:[\]]*):([^/]*)$/.exec(address)?.[1]
  if (port === undefined) return false
  return !/^\d+(?:-\d+)?$/.test(port) || port.split('-').some((bound) => Number(bound) < 1 || Number(bound) > 65_535)
}

/** An address in an upstream block, which is no URL. */
function checkAddress(address: string): string | undefined {
  if (address.startsWith('unix:')) return undefined
  if (address.includes('/')) return `invalid host in upstream "${address}"`
  return isBadPort(address) ? `invalid port in upstream "${address}"` : undefined
}

const noPathHere =
  '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block'

function checkProxyPass({ args: [url = ''] }: Directive, { context, parent }: Surroundings): string | undefined {
  if (url.includes('$')) return undefined
  // sample: http://127.0.0.1:3000/api, http://unix:/run/app.sock:/api
  const [, rest] = /^https?:\/\/(.*)$/i.exec(url) ?? []
  if (rest === undefined) return 'invalid URL prefix'
  const [, address = '', path = ''] = /^(unix:[^:]*:?|[^/]*)(.*)$/.exec(rest) ?? []
  if (address === '') return `no host in upstream "${rest}"`
  if (!address.startsWith('unix:') && isBadPort(address)) return `invalid port in upstream "${rest}"`
  const isPathless = context !== 'l' || /^[~@]/.test(parent?.args[0] ?? '')
  return path !== '' && isPathless ? noPathHere : undefined
}

/** Of ngx_http_core_location(): what may be nested in what. */
function checkLocation({ args }: Directive, { context, parent }: Surroundings): string | undefined {
  const [modifier, ...inOneWord] = args.length > 1 ? args : splitModifier(args[0] ?? '')
  if (args.length > 1 && !/^(?:=|\^~|~\*?)$/.test(modifier ?? '')) return `invalid location modifier "${modifier}"`
  if (context !== 'l' || !parent) return undefined
  const [outerModifier, outerText = ''] = parent.args.length > 1 ? parent.args : splitModifier(parent.args[0] ?? '')
  const text = inOneWord[0] ?? ''
  if (outerModifier === '=') return `location "${text}" cannot be inside the exact location "${outerText}"`
  if (outerText.startsWith('@')) return `location "${text}" cannot be inside the named location "${outerText}"`
  if (text.startsWith('@')) return `named location "${text}" can be on the server level only`
  const isExpression = modifier?.startsWith('~') ?? false
  return isExpression || text.startsWith(outerText)
    ? undefined
    : `location "${text}" is outside location "${outerText}"`
}

/** The modifier that nginx lets one write without a space: `=/health`. */
export function splitModifier(word: string): [string, string] {
  // sample: =/health, ~*\.php$, ^~/static, /
  const [, modifier = '', text = word] = /^(=|~\*|~|\^~)?(.*)$/s.exec(word) ?? []
  return [modifier, text]
}
