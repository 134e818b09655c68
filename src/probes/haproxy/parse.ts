import { ParseError } from '../../errors.js'
import type { Mistake, Place } from '../gateway/facts.js'
import type { ReadFile } from '../gateway/read-output.js'

export interface Line {
  words: string[]
  place: Place
}

/** A section: `frontend http-in`, `defaults`, … */
export interface Section {
  kind: string
  name: string
  place: Place
  /** Its own lines, after those of the defaults that it stands under. */
  lines: Line[]
}

const kinds = new Set(
  'global defaults frontend backend listen userlist peers resolvers cache mailers program http-errors ring fcgi-app log-forward crt-store traces acme'.split(
    ' ',
  ),
)
const proxyKinds = new Set(['frontend', 'backend', 'listen'])
const mostLines = 200_000

/** Reads configuration files as HAProxy does, one after the other. */
export function parseConfig(files: readonly ReadFile[]): { sections: Section[]; mistakes: Mistake[] } {
  const sections: Section[] = []
  const mistakes: Mistake[] = []
  let defaults: Section | undefined
  const named = new Map<string, Section>()
  let room = mostLines
  for (const line of files.flatMap((file) => readLines(file, mistakes))) {
    const [kind = '', ...rest] = line.words
    if (!kinds.has(kind)) {
      sections.at(-1)?.lines.push(line)
      continue
    }
    const [name = ''] = rest
    const from = rest[rest.indexOf('from') + 1]
    const base = rest.includes('from') ? named.get(from ?? '') : defaults
    const inherited = proxyKinds.has(kind) ? (base?.lines ?? []) : []
    room -= inherited.length
    if (room < 0) throw new ParseError('a HAProxy configuration of too many lines')
    const section = { kind, name, place: line.place, lines: [...inherited] }
    if (kind === 'defaults') {
      defaults = section
      named.set(name, section)
    }
    sections.push(section)
  }
  return { sections, mistakes }
}

function readLines({ path, text }: ReadFile, mistakes: Mistake[]): Line[] {
  return text.split('\n').flatMap((line, index) => {
    const place = { file: path, line: index + 1 }
    const { words, openQuoteAt } = splitWords(line.replace(/\r$/, ''))
    if (openQuoteAt !== null) mistakes.push({ message: `unmatched quote at position ${openQuoteAt}`, place })
    // sample: .if defined(X); what such a condition says is not looked at
    return words.length === 0 || words[0]?.startsWith('.') ? [] : [{ words, place }]
  })
}

/** Words as `parse_line()` of HAProxy's tools.c takes them: quotes, backslashes, and `#` up to the end of the line. */
function splitWords(line: string): { words: string[]; openQuoteAt: number | null } {
  const words: string[] = []
  // sample: acl api path_beg "/my api" # comment, use_backend a\ b
  const lexeme = /\s+|#.*|((?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s#"'\\])+)|(["'\\])/g
  for (const { 1: word, 2: open, index } of line.matchAll(lexeme)) {
    if (open === '"' || open === "'") return { words, openQuoteAt: index + 1 }
    if (word !== undefined) words.push(unquote(word))
  }
  return { words, openQuoteAt: null }
}

function unquote(word: string): string {
  return word.replace(
    /\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'/g,
    (_, escaped?: string, double?: string, single?: string) =>
      escaped ?? double?.replace(/\\(["\\$])/g, '$1') ?? single ?? '',
  )
}
