import type { Place } from '../gateway/facts.js'
import type { Directive } from './parse.js'

/** What one directive does with the paths of its pattern: hand on to `url`, or answer with a status; neither for `ProxyPass /x !`. */
export interface Way {
  pattern: string
  place: Place
  url: string | null
  /** `timeout=5` and the like. */
  parameters: ReadonlyMap<string, string>
  status: number | null
}

/**
 * The ways of a server in the order in which Apache tries them: RewriteRule, then ProxyPass within Location (the last one
 * counts), then the ProxyPass of the server itself (the first one counts).
 */
export function readWays(block: readonly Directive[]): Way[] {
  const sections = block.filter(({ name }) => name === 'location' || name === 'locationmatch')
  return [
    ...readRules(block),
    ...sections.toReversed().flatMap(readLocation),
    ...block.flatMap((directive) => readPass(directive) ?? []),
    ...block.flatMap((directive) => readRefusal(directive) ?? []),
  ]
}

function readLocation({ name, args, block = [] }: Directive): Way[] {
  const isExpression = name === 'locationmatch' || args[0] === '~'
  const path = args.at(-1) ?? '/'
  const pattern = isExpression ? `~ ${path}` : path
  return [
    ...readRules(block, pattern),
    ...block.flatMap((directive) => {
      if (directive.name !== 'proxypass' && directive.name !== 'proxypassmatch') return []
      const [url = '', ...rest] = directive.args
      return [toWay(pattern, url, rest, directive.place)]
    }),
  ]
}

function readPass({ name, args: [path = '', url, ...rest], place }: Directive): Way | undefined {
  if (url === undefined || (name !== 'proxypass' && name !== 'proxypassmatch')) return undefined
  return toWay(name === 'proxypass' ? path : `~ ${path}`, url, rest, place)
}

function toWay(pattern: string, url: string, rest: readonly string[], place: Place): Way {
  const parameters = new Map(
    rest.map((word) => {
      const [key = '', value = ''] = word.split('=', 2)
      return [key.toLowerCase(), value]
    }),
  )
  return { pattern, place, url: url === '!' ? null : url, parameters, status: null }
}

/** The rules that hand on, or answer with an error. One with a condition takes who knows which requests: `@rewrite`. */
function readRules(block: readonly Directive[], around?: string): Way[] {
  const ways: Way[] = []
  let isConditional = false
  for (const { name, args, place } of block) {
    if (name === 'rewritecond') isConditional = true
    if (name !== 'rewriterule') continue
    const [expression = '', url = '', flags = ''] = args
    const status = /\bR=([45]\d\d)\b/i.exec(flags)?.[1]
    const pattern = isConditional ? '@rewrite' : (around ?? `~ ${anchored(expression)}`)
    isConditional = false
    if (/[[,](?:P|proxy)[\],]/i.test(flags)) ways.push(toWay(pattern, url, [], place))
    else if (status !== undefined && pattern !== '@rewrite')
      ways.push({ ...toWay(pattern, '!', [], place), status: Number(status) })
  }
  return ways
}

/** In a Directory the path comes without its slash. */
function anchored(expression: string): string {
  return /^\^(?:\w|\\)/.test(expression) ? `^/${expression.slice(1)}` : expression
}

/** `Redirect 503 /api`; those of a whole site are in `redirects`. */
function readRefusal({ name, args, place }: Directive): Way | undefined {
  const [status = '', path = ''] = args
  const isRefusal = (name === 'redirect' || name === 'redirectmatch') && /^[45]\d\d$/.test(status) && path !== ''
  if (!isRefusal) return undefined
  return { ...toWay(name === 'redirect' ? path : `~ ${path}`, '!', [], place), status: Number(status) }
}

/** Of a server that only sends elsewhere: `301 https://app.example/`. */
export function readRedirect(block: readonly Directive[]): string | null {
  for (const { name, args } of block) {
    if (name === 'redirectpermanent' && args[0] === '/') return `301 ${args[1]}`
    if ((name === 'redirect' || name === 'redirectmatch') && args.length > 1) {
      const [path = '', url = ''] = args.slice(-2)
      const status = args.length > 2 ? (statusWords[args[0]?.toLowerCase() ?? ''] ?? args[0]) : '302'
      if (/^3/.test(status ?? '') && (path === '/' || takesAll(path))) return `${status} ${url}`
    }
    const [expression = '', url = '', flags = ''] = args
    const [, code = '302'] = /[[,](?:R|redirect)(?:=(\w+))?[\],]/i.exec(flags) ?? ['', '']
    if (
      name === 'rewriterule' &&
      takesAll(expression) &&
      /^(?:permanent|temp|seeother|30\d)$/.test(code) &&
      url !== '-'
    )
      return `${statusWords[code] ?? code} ${url}`
  }
  return null
}

const statusWords: Readonly<Record<string, string>> = { permanent: '301', temp: '302', seeother: '303', gone: '410' }

function takesAll(expression: string): boolean {
  // sample: ^, ^/?(.*), (.*)$, ^/(.*)$
  return /^(?:\^|\^?\/?\??\(?\.\*\)?\$?)$/.test(expression)
}
