import { findLateMistakes } from './check-late.js'
import { contextInside, type Edition, findRules, type Rule, takesCount } from './directives.js'
import type { Mistake } from './facts.js'
import { checkMeaning, type Memory, newMemory, type Surroundings } from './meaning.js'
import { type Directive, isDirective, type Node, named } from './parse.js'

/** What nginx would refuse: in its own words, in its order, each at the line that nginx names. */
export function findMistakes(nodes: readonly Node[], edition: Edition): Mistake[] {
  const checker: Checker = { edition: withModules(nodes, edition), memory: newMemory() }
  const found = checkNodes(nodes, 'm', undefined, checker)
  return [...found, ...findLateMistakes(nodes)]
}

interface Checker {
  edition: Edition
  memory: Memory
}

// sample: modules/ngx_stream_module.so, /usr/lib/nginx/modules/ngx_http_geoip_module.so
const ownModules = /(?:^|\/)ngx_(?:stream|mail|stream_geoip|http_(?:geoip|image_filter|perl|xslt_filter))_module\.so$/

function withModules(nodes: readonly Node[], edition: Edition): Edition {
  const isForeign = named(nodes, 'load_module').some(({ args: [path = ''] }) => !ownModules.test(path))
  return { ...edition, hasForeignModules: edition.hasForeignModules || isForeign }
}

function checkNodes(
  nodes: readonly Node[],
  context: string,
  parent: Directive | undefined,
  checker: Checker,
): Mistake[] {
  const seen = new Set<string>()
  const around = { context, parent, memory: checker.memory }
  return nodes.flatMap((node) => (isDirective(node) ? checkDirective(node, around, seen, checker) : [node]))
}

function checkDirective(directive: Directive, around: Surroundings, seen: Set<string>, checker: Checker): Mistake[] {
  const rules = findRules(directive.name, checker.edition)
  if (rules === undefined) return syntaxMistakes(directive.block ?? [])
  const message =
    rules === 'unknown' ? `unknown directive "${directive.name}"` : checkUse(directive, rules, around, seen)
  const own = message === undefined ? [] : [mistakeAt(directive, message)]
  return [...own, ...checkBlock(directive, around.context, checker)]
}

function checkBlock(directive: Directive, context: string, checker: Checker): Mistake[] {
  const { name, block, closeLine, place } = directive
  if (!block) return []
  const inner = contextInside(name, context)
  if (inner === undefined) return syntaxMistakes(block)
  const found = checkNodes(block, inner, directive, checker)
  if (inner !== 'u' || closeLine === undefined || named(block, 'server').length > 0) return found
  return [...found, { message: 'no servers are inside upstream', place: { ...place, line: closeLine } }]
}

/** Only what no nginx could read: for blocks of which nothing else is known. */
function syntaxMistakes(nodes: readonly Node[]): Mistake[] {
  return nodes.flatMap((node) => (isDirective(node) ? syntaxMistakes(node.block ?? []) : [node]))
}

/** The checks of `ngx_conf_handler()` in ngx_conf_file.c, then those of the value. */
function checkUse(directive: Directive, rules: Rule[], around: Surroundings, seen: Set<string>): string | undefined {
  const { name, args, block } = directive
  const { context } = around
  const rule = rules.find(({ contexts }) => contexts.includes(context) || contexts === '*')
  if (!rule) return `"${name}" directive is not allowed here`
  if (!rule.isBlock && block) return `directive "${name}" is not terminated by ";"`
  if (rule.isBlock && !block) return `directive "${name}" has no opening "{"`
  if (!takesCount(rule, args.length)) return `invalid number of arguments in "${name}" directive`
  return checkRepetition(directive, rule, seen) ?? checkValue(directive, rule) ?? checkMeaning(directive, around)
}

const single = new Set(['flag', 'str', 'num', 'size', 'off', 'msec', 'sec', 'enum', 'bufs', 'path'])
/** Kept by functions of their own, which refuse a second one as well. */
const singleByName = new Set([
  'proxy_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'grpc_pass',
  'scgi_pass',
  'root',
  'alias',
  'events',
  'http',
  'user',
])

function checkRepetition({ name }: Directive, { setter }: Rule, seen: Set<string>): string | undefined {
  if (!single.has(setter) && !singleByName.has(name)) return undefined
  const isRepeated = seen.has(name)
  seen.add(name)
  const rival = name === 'alias' ? 'root' : name === 'root' ? 'alias' : ''
  if (seen.has(rival)) return `"${name}" directive is duplicate, "${rival}" directive was specified earlier`
  return isRepeated ? `"${name}" directive is duplicate` : undefined
}

/** Units as `ngx_parse_time()` and `ngx_parse_size()` take them. */
const valueShapes: Record<string, RegExp> = {
  // sample: 300
  num: /^\d+$/,
  // sample: 10m, 64K
  size: /^\d+[kKmM]?$/,
  // sample: 1g
  off: /^\d+[kKmMgG]?$/,
  // sample: 60, 1m30s, 1h 30m, 500ms
  msec: /^(?=\d)(?:\d+(?:ms|[yMwdhms]) ?)*\d*$/,
  sec: /^(?=\d)(?:\d+[yMwdhms] ?)*\d*$/,
}

function checkValue({ name, args: [value = ''] }: Directive, { setter }: Rule): string | undefined {
  if (setter === 'flag' && !/^(?:on|off)$/i.test(value)) {
    return `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`
  }
  const shape = valueShapes[setter]
  if (!shape || shape.test(value)) return undefined
  return `"${name}" directive invalid ${setter === 'num' ? 'number' : 'value'}`
}

function mistakeAt({ place, endLine }: Directive, message: string): Mistake {
  return { place: { file: place.file, line: endLine }, message }
}
