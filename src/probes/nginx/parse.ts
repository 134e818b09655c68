import { ParseError } from '../../errors.js'
import type { Place } from './facts.js'
import { matchPath, resolvePath } from './glob.js'
import { Tokenizer } from './tokenize.js'

/** A directive; `block` holds what stands between its braces. */
export interface Directive {
  name: string
  args: string[]
  /** Where its name stands. */
  place: Place
  /** The line of its `;` or `{`: the one that nginx names in messages. */
  endLine: number
  block?: Node[]
  /** The line of its `}`; missing where that is. */
  closeLine?: number
}

/** What made nginx stop reading a file. */
interface SyntaxMistake {
  message: string
  place: Place
}

export type Node = Directive | SyntaxMistake

export function isDirective(node: Node): node is Directive {
  return 'name' in node
}

/** The directives of that name in a block. */
export function named(nodes: readonly Node[] | undefined, name: string): Directive[] {
  return (nodes ?? []).filter(isDirective).filter((directive) => directive.name === name)
}

/** All directives of that name, at any depth, in the order of reading. */
export function findAll(nodes: readonly Node[], name: string): Directive[] {
  return nodes
    .filter(isDirective)
    .flatMap((directive) => [...(directive.name === name ? [directive] : []), ...findAll(directive.block ?? [], name)])
}

/** A file of the configuration; `isCut` where its end did not arrive. */
interface ConfigFile {
  path: string
  text: string
  isCut: boolean
}

export interface ConfigSource {
  configFile: string
  files: ReadonlyMap<string, ConfigFile>
  /** Paths that were looked for and are not there. */
  absent: ReadonlySet<string>
  /** Links to nowhere that a pattern of `include` matches: nginx cannot open them. */
  dangling?: ReadonlySet<string>
}

/** Files that include each other would be read for ever: no file again inside itself, and not more than this in all. */
const mostReads = 50_000
const mostCharacters = 16 * 1024 * 1024
/** Of blocks and included files, one inside the other. */
const deepest = 100

/**
 * Reads the configuration as one tree: what a file includes stands in its place. A mistake ends the file it is in and
 * nothing else, so the rest of the configuration is still seen.
 */
export function parseConfig(source: ConfigSource): Node[] {
  const left = { reads: mostReads, characters: mostCharacters }
  return readFile(source.configFile, { source, open: [], depth: 0, left })
}

/** What reading a file knows of the files around it. */
interface Outer {
  source: ConfigSource
  /** The files that are being read: each includes the next. */
  open: readonly string[]
  depth: number
  left: { reads: number; characters: number }
}

interface Reader extends Outer {
  file: ConfigFile
  tokens: Tokenizer
}

function readFile(path: string, outer: Outer): Node[] {
  const file = outer.source.files.get(path)
  if (!file || outer.open.includes(path)) return []
  outer.left.reads -= 1
  outer.left.characters -= file.text.length
  if (outer.left.reads < 0 || outer.left.characters < 0) throw new ParseError('too many files are included', path)
  const nodes: Node[] = []
  const reader = { ...outer, open: [...outer.open, path], file, tokens: new Tokenizer(file.text) }
  const end = readNodes(reader, nodes)
  if (end.kind === 'close') nodes.push({ message: 'unexpected "}"', place: { file: path, line: end.endLine } })
  return nodes
}

type End = { kind: 'close' | 'end' | 'mistake'; endLine: number }

/** Reads up to the `}` or the end of the file, into `nodes`. */
function readNodes(outer: Reader, nodes: Node[]): End {
  const reader = { ...outer, depth: outer.depth + 1 }
  if (reader.depth > deepest) throw new ParseError('blocks are nested too deep', reader.file.path)
  for (;;) {
    const statement = reader.tokens.next()
    const place = { file: reader.file.path, line: statement.endLine }
    if (statement.kind === 'mistake') {
      if (!isDueToCut(reader, statement.message)) nodes.push({ message: statement.message, place })
      return { kind: 'mistake', endLine: statement.endLine }
    }
    if (statement.kind !== 'directive') return statement
    const [name = '', ...args] = statement.words
    const directive: Directive = { name, args, place: { ...place, line: statement.line }, endLine: statement.endLine }
    nodes.push(directive)
    if (statement.opensBlock) {
      const end = readBlock(reader, directive)
      if (end.kind !== 'close') return end
    } else if (name === 'include') for (const node of include(reader, directive)) nodes.push(node)
  }
}

function readBlock(reader: Reader, directive: Directive): End {
  directive.block = []
  // Lua code is no configuration: the Lua module reads it by itself.
  const isLua = directive.name.endsWith('_by_lua_block')
  const end: End = isLua ? readLua(reader) : readNodes(reader, directive.block)
  if (end.kind === 'close') directive.closeLine = end.endLine
  else if (end.kind === 'end' && !reader.file.isCut) {
    const message = 'unexpected end of file, expecting "}"'
    directive.block.push({ message, place: { file: reader.file.path, line: end.endLine } })
    return { ...end, kind: 'mistake' }
  }
  return end
}

function readLua({ tokens }: Reader): End {
  return { kind: tokens.skipLua() ? 'close' : 'end', endLine: tokens.line }
}

function isDueToCut({ file }: Reader, message: string): boolean {
  return file.isCut && message.startsWith('unexpected end of file')
}

function include(reader: Reader, { args: [pattern], place, endLine }: Directive): Node[] {
  if (pattern === undefined) return []
  const { source } = reader
  const path = resolvePath(pattern, source.configFile)
  const found = source.absent.has(path) ? [path] : matchPath(path, [...source.files.keys(), ...(source.dangling ?? [])])
  return found.flatMap((file): Node[] => {
    if (source.files.has(file)) return readFile(file, reader)
    const message = `open() "${file}" failed (2: No such file or directory)`
    return [{ message, place: { ...place, line: endLine } }]
  })
}
