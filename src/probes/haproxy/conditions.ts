import { type Match, matchAll, within } from '../gateway/match.js'
import { literal } from '../literal.js'
import type { Line } from './parse.js'

/** What `if …` or `unless …` at the end of a rule takes; several for `or`. What reading cannot tell by host and path is `@…`. */
export function readCondition(words: readonly string[], acls: ReadonlyMap<string, Match[]>): Match[] {
  const at = words.findIndex((word) => word === 'if' || word === 'unless')
  if (at < 0) return [matchAll]
  const terms = splitTerms(words.slice(at + 1))
  if (words[at] === 'unless') return [unknown(terms.flat().join(' '))]
  return terms.flatMap((all) => all.reduce<Match[]>((matches, term) => join(matches, readTerm(term, acls)), [matchAll]))
}

const mostMatches = 200

function join(outer: readonly Match[], inner: readonly Match[]): Match[] {
  return outer.flatMap((one) => inner.map((other) => both(one, other))).slice(0, mostMatches)
}

/** Two conditions on the host leave open which names pass. */
function both(one: Match, other: Match): Match {
  const joined = within(one, other)
  return one.hosts && other.hosts ? { ...joined, patterns: ['@host'] } : joined
}

function unknown(name: string): Match {
  return { hosts: null, patterns: [`@${name}`] }
}

/** Alternatives, each of terms that must all hold: `a b or !c` is [[a, b], [!c]]. An anonymous ACL is one term. */
function splitTerms(words: readonly string[]): string[][] {
  const alternatives: string[][] = [[]]
  let open: string[] | undefined
  for (const word of words) {
    if (word === '{' || word === '!{') open = [word]
    else if (open) {
      if (word === '}') {
        alternatives.at(-1)?.push(open.join('\n'))
        open = undefined
      } else open.push(word)
    } else if (word === 'or' || word === '||') alternatives.push([])
    else alternatives.at(-1)?.push(word)
  }
  return alternatives
}

function readTerm(term: string, acls: ReadonlyMap<string, Match[]>): Match[] {
  if (term === 'TRUE') return [matchAll]
  const [brace, ...criterion] = term.split('\n')
  if (brace === '{') return [readCriterion(criterion)]
  return acls.get(term) ?? [unknown(criterion.length > 0 ? criterion.join(' ') : term)]
}

/** The ACLs of a section by their names; what a name is given several times takes any of them. */
export function readAcls(lines: readonly Line[]): Map<string, Match[]> {
  const acls = new Map<string, Match[]>()
  for (const {
    words: [keyword, name = '', ...criterion],
  } of lines) {
    if (keyword === 'acl') acls.set(name, [...(acls.get(name) ?? []), readCriterion(criterion)])
  }
  return acls
}

/** The names of the ACLs that HAProxy has itself. */
export const predefinedAcls: ReadonlySet<string> = new Set(
  'FALSE HTTP HTTP_1.0 HTTP_1.1 HTTP_2.0 HTTP_CONTENT HTTP_URL_ABS HTTP_URL_SLASH HTTP_URL_STAR LOCALHOST METH_CONNECT METH_DELETE METH_GET METH_HEAD METH_OPTIONS METH_POST METH_PUT METH_TRACE RDP_COOKIE REQ_CONTENT TRUE WAIT_END'.split(
    ' ',
  ),
)

function readCriterion([fetch = '', ...rest]: readonly string[]): Match {
  if (rest.includes('-f')) return unknown([fetch, ...rest].join(' '))
  const method = rest.includes('-m') ? (rest[rest.indexOf('-m') + 1] ?? '') : ''
  // sample: -i, -m beg, --
  const values = rest.filter((word, index) => !/^-(?:[a-z]|-)$/.test(word) && rest[index - 1] !== '-m')
  // sample: hdr(host), req.hdr(Host), hdr_beg(host), hdr(host),lower
  const host = /^(?:req\.)?hdr(?:_(\w+))?\(host\)(?:,(?:lower|field\(1,:\)))*$/i.exec(fetch)
  if (host) return { hosts: values.map((value) => nameFor(method || host[1] || 'str', value)), patterns: ['/'] }
  // sample: path, path_beg
  const path = /^path(?:_(\w+))?$/.exec(fetch)
  if (path) return { hosts: null, patterns: values.map((value) => patternFor(method || path[1] || 'str', value)) }
  return unknown([fetch, ...rest].join(' '))
}

function nameFor(method: string, value: string): string {
  const quoted = literal(value)
  switch (method) {
    case 'str':
      return value.replace(/:\d+$/, '')
    case 'beg':
      return `~^${quoted}`
    case 'end':
      return value.startsWith('.') ? `*${value}` : `~${quoted}$`
    case 'dom':
      return `~(^|\\.)${quoted}(\\.|$)`
    default:
      return method === 'reg' ? `~${value}` : `~${quoted}`
  }
}

function patternFor(method: string, value: string): string {
  switch (method) {
    case 'str':
      return `= ${value}`
    case 'beg':
      return value.startsWith('/') ? value : `~ ^${literal(value)}`
    case 'end':
      return `~ ${literal(value)}$`
    case 'reg':
      return `~ ${value}`
    default:
      return method === 'sub' ? `~ ${literal(value)}` : `@path_${method} ${value}`
  }
}
