/**
 * Writes src/probes/nginx/directive-table.ts from the source of nginx: which directives there are, where they may stand,
 * and how many arguments they take. Run by hand, with a clone of nginx's repository, after a release of nginx:
 *
 *     npx tsx scripts/list-nginx-directives.ts path/to/nginx > src/probes/nginx/directive-table.ts
 */
import { execFileSync } from 'node:child_process'

/** Releases to tell since when, and until when, a directive exists: the stable ones, and the newest at the end. */
const minors = [14, 16, 18, 20, 22, 24, 26, 28]

const contexts: Record<string, string> = {
  NGX_MAIN_CONF: 'm',
  NGX_DIRECT_CONF: 'm',
  NGX_EVENT_CONF: 'e',
  NGX_HTTP_MAIN_CONF: 'h',
  NGX_HTTP_SRV_CONF: 's',
  NGX_HTTP_LOC_CONF: 'l',
  NGX_HTTP_UPS_CONF: 'u',
  NGX_HTTP_SIF_CONF: 'i',
  NGX_HTTP_LIF_CONF: 'j',
  NGX_HTTP_LMT_CONF: 'x',
  NGX_STREAM_MAIN_CONF: 'H',
  NGX_STREAM_SRV_CONF: 'S',
  NGX_STREAM_UPS_CONF: 'U',
  NGX_MAIL_MAIN_CONF: 'p',
  NGX_MAIL_SRV_CONF: 'q',
  NGX_ANY_CONF: '*',
}
const counts: Record<string, string> = { NOARGS: '0', '1MORE': '1+', '2MORE': '2+', ANY: '*', FLAG: 'flag' }

const repository = process.argv[2] ?? '.'
const git = (...args: string[]) =>
  execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 1e9 })

interface Known {
  rule: string
  seen: number[]
}

const known = new Map<string, Map<string, Known>>()
for (const [index, minor] of [...minors, 99].entries()) {
  const commit = minor === 99 ? 'HEAD' : `release-1.${minor}.0`
  for (const [name, rules] of readDirectives(commit)) {
    const entries = known.get(name) ?? new Map<string, Known>()
    known.set(name, entries)
    for (const rule of rules) {
      const entry = entries.get(rule) ?? { rule, seen: [] }
      entry.seen.push(index)
      entries.set(rule, entry)
    }
  }
}
process.stdout.write(formatTable())

function readDirectives(commit: string): Map<string, string[]> {
  const source = git('grep', '-h', '-I', '-A6', 'ngx_string("', commit, '--', 'src/*.c')
  const found = new Map<string, string[]>()
  // sample: { ngx_string("listen"), NGX_HTTP_SRV_CONF|NGX_CONF_1MORE, ngx_http_core_listen,
  for (const [, name = '', flags = '', setter = ''] of source.matchAll(
    /\{\s*ngx_string\("([a-z_0-9]+)"\),\s*((?:NGX_\w+\s*\|?\s*)+),\s*(\w+),/g,
  )) {
    found.set(name, [...(found.get(name) ?? []), describe(flags, setter)])
  }
  return found
}

function describe(flags: string, setter: string): string {
  const words = flags.split('|').map((word) => word.trim())
  const places = new Set(words.map((word) => contexts[word] ?? ''))
  const takes = words.flatMap((word) => {
    const count = /^NGX_CONF_(?:TAKE(\d+)|(\w+))$/.exec(word)
    return count ? [count[1] ?? counts[count[2] ?? ''] ?? ''] : []
  })
  const isBlock = words.includes('NGX_CONF_BLOCK')
  const slot = /^ngx_conf_set_(\w+)_slot$/.exec(setter)?.[1] ?? '-'
  return `${[...places].join('')} ${[...new Set(takes)].sort().join('')}${isBlock ? '{' : ''} ${slot}`
}

/** The rules of the newest release that has the directive, with the releases it is confined to. */
function formatTable(): string {
  const lines = [...known]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, entries]) => {
      const newest = Math.max(...[...entries.values()].flatMap(({ seen }) => seen))
      const oldest = Math.min(...[...entries.values()].flatMap(({ seen }) => seen))
      const since = oldest === 0 ? '' : ` since=${minors[oldest] ?? 99}`
      const until = newest === minors.length ? '' : ` until=${minors[newest]}`
      const rules = [...entries.values()].filter(({ seen }) => seen.includes(newest))
      return rules.map(({ rule }) => `${name} ${rule}${since}${until}`)
    })
  return `// Written by scripts/list-nginx-directives.ts from the source of nginx ${readVersion()}. Do not edit.

/**
 * NAME CONTEXTS ARGUMENTS SETTER [since=MINOR] [until=MINOR], a line for each way in which nginx defines a directive.
 * Contexts: ${Object.entries(contexts)
   .map(([flag, letter]) => `${letter} ${flag.replace(/^NGX_|_CONF$/g, '')}`)
   .join(', ')}.
 * Arguments: the counts that are right, as digits; \`1+\`, \`2+\`, \`*\`, \`flag\` (on or off); with \`{\` it opens a block.
 * since, until: the first and the last stable 1.MINOR release that has it, where that is not every one.
 */
export const directiveTable = \`
${lines.join('\n')}
\`
`
}

function readVersion(): string {
  return /NGINX_VERSION\s+"([^"]+)"/.exec(git('show', 'HEAD:src/core/nginx.h'))?.[1] ?? '?'
}
