import { mayFindSocket } from './find-socket.js'
import { isName } from './schema.js'
import { type SshBlock, type SshLine, splitWords } from './ssh-blocks.js'
import { beforeComment, type Condition, compileHost, compileMatch, judge } from './ssh-conditions.js'
import { isGlob } from './target.js'

/** Which hosts ssh_config speaks of, and for which of them it says the same. */
export interface SshLayout {
  /** The names on `Host` lines that are no patterns, in order. */
  aliases: string[]
  /** Whether a `Host` line means this name, other than by a pattern for all. */
  names(name: string): boolean
  /**
   * Hosts with one and the same text get one and the same answer from `ssh -G`, their own name, user, port and address
   * aside. Undefined for a host whose answer may depend on more: it is to be asked for alone.
   */
  groupOf(name: string, address?: string): string | undefined
  /** What stands behind a keyword, each time that it is set, as words. */
  valuesOf(keyword: string): string[][]
}

/** `home` is that of ssh: what `~` means in its paths. */
export function layOutSsh(blocks: readonly SshBlock[], home: string): SshLayout {
  const hostLines = blocks.flatMap(({ conditions }) => conditions.slice(-1).filter(({ keyword }) => keyword === 'host'))
  const known = new Map<SshLine, Condition>()
  const compile = (line: SshLine) => {
    const condition = known.get(line) ?? (line.keyword === 'host' ? compileHost(line.text) : compileMatch(line.text))
    known.set(line, condition)
    return condition
  }
  const compiled = blocks.map(({ conditions, lines }) => ({ conditions: conditions.map(compile), lines }))
  const specific = hostLines.map(({ text }) => compileHost(text, isSpecific))
  const isShared = rememberText((line) => isSharedBy(line, home))
  return {
    aliases: [...new Set(hostLines.flatMap(({ text }) => splitWords(beforeComment(text))).filter(isAlias))],
    names: (name) => isName(name) && specific.some((condition) => condition({ asked: name, host: name }) === 'yes'),
    groupOf(name, address) {
      const host = (address ?? name).toLowerCase()
      const asked = { asked: name, host: address ?? name }
      // `Match final` has ssh read all once more, with the host's name in place of the one that was asked for.
      const final = { asked: host, host }
      const holding: string[] = []
      for (const [index, { conditions, lines }] of compiled.entries()) {
        const [first, second] = [judge(conditions, asked), judge(conditions, final)]
        if (first === 'maybe' || second === 'maybe') return undefined
        if (first === 'no' && second === 'no') continue
        if (!lines.every((line) => isShared(line) && !leadsTo(line, [name, host]))) return undefined
        holding.push(`${index} ${first} ${second}`)
      }
      return holding.join()
    },
    valuesOf: (keyword) =>
      blocks.flatMap(({ lines }) =>
        lines.filter((line) => line.keyword === keyword).map(({ text }) => splitWords(text)),
      ),
  }
}

function isAlias(word: string): boolean {
  return !word.startsWith('!') && !isGlob(word) && isName(word)
}

/** Patterns such as `*` and `*.*` mean nobody in particular. */
function isSpecific(word: string): boolean {
  return /[^*?.:]/.test(word)
}

/** What `ssh -G` prints as it is written, or what nobody looks at here. */
const NOT_EXPANDED = new Set([
  ...['identityfile', 'certificatefile', 'proxycommand', 'localcommand', 'remotecommand', 'localforward'],
  ...['remoteforward', 'dynamicforward', 'setenv', 'sendenv', 'knownhostscommand', 'revokedhostkeys', 'xauthlocation'],
])

/** Whether a line means the same for every host that it is for. */
function isSharedBy({ keyword, text }: SshLine, home: string): boolean {
  if (keyword === 'hostname') return false
  if (keyword === 'canonicalizehostname') return /^"?(no|false)\b/i.test(text)
  if (keyword === 'controlpath') return !mayFindSocket(splitWords(text)[0] ?? '', home)
  return NOT_EXPANDED.has(keyword) || !text.includes('%')
}

/** ssh refuses a host that is its own jump host. */
function leadsTo({ keyword, text }: SshLine, names: readonly string[]): boolean {
  return keyword === 'proxyjump' && names.some((name) => text.toLowerCase().includes(name.toLowerCase()))
}

function rememberText(judge: (line: SshLine) => boolean): (line: SshLine) => boolean {
  const known = new Map<SshLine, boolean>()
  return (line) => {
    const verdict = known.get(line) ?? judge(line)
    known.set(line, verdict)
    return verdict
  }
}
