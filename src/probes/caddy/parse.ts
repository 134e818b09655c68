import { posix } from 'node:path'
import { ParseError } from '../../errors.js'
import type { Mistake, Place } from '../gateway/facts.js'
import type { ReadFile } from '../gateway/read-output.js'
import { matchPath } from '../nginx/glob.js'
import { type Token, tokenize } from './tokenize.js'

/** A line of a Caddyfile, with the block that it opens: a site by its addresses, a directive by its name. */
export interface Segment {
  words: string[]
  place: Place
  block?: Segment[]
}

export interface Caddyfile {
  /** The global options: the block without a name. */
  options: Segment[]
  /** `words` are the addresses of a site, without their commas. */
  sites: Segment[]
  mistakes: Mistake[]
}

const mostSegments = 50_000
const deepestImport = 20
const deepestBlock = 100

/** Reads a Caddyfile, its imports in their place. */
export function parseCaddyfile(
  configFile: string,
  files: ReadonlyMap<string, ReadFile>,
  absent: ReadonlySet<string>,
): Caddyfile {
  return new Reader(files, absent).read(configFile)
}

class Reader {
  readonly #files: ReadonlyMap<string, ReadFile>
  readonly #absent: ReadonlySet<string>
  readonly #snippets = new Map<string, Segment[]>()
  readonly #read = new Map<string, Segment[]>()
  readonly #mistakes: Mistake[] = []
  #count = 0

  constructor(files: ReadonlyMap<string, ReadFile>, absent: ReadonlySet<string>) {
    this.#files = files
    this.#absent = absent
  }

  read(configFile: string): Caddyfile {
    const found: Caddyfile = { options: [], sites: [], mistakes: this.#mistakes }
    this.#sort(this.#readFile(configFile), found, 0)
    return found
  }

  #readFile(path: string): Segment[] {
    const file = this.#files.get(path)
    const known = this.#read.get(path)
    if (known || !file) return known ?? []
    const segments = this.#readBlock({ tokens: tokenize(file.text, path), at: 0, isCut: file.isCut }, 0)
    this.#read.set(path, segments)
    return segments
  }

  /** Tells sites, snippets and the global options apart. A file may be one site without braces. */
  #sort(segments: readonly Segment[], found: Caddyfile, depth: number): void {
    for (const [index, segment] of segments.entries()) {
      const [first = ''] = segment.words
      this.#countOne()
      // sample: (snippet), &(named-route)
      if (/^&?\(.*\)$/.test(first)) this.#snippets.set(first.slice(1, -1), segment.block ?? [])
      else if (first === '' && segment.block) found.options.push(...this.#expand(segment.block, [], depth))
      else if (first === 'import') this.#sort(depth > deepestImport ? [] : this.#find(segment), found, depth + 1)
      else if (segment.block) found.sites.push(this.#toSite(segment, segment.block, depth))
      else {
        found.sites.push(this.#toSite(segment, segments.slice(index + 1), depth))
        return
      }
    }
  }

  #toSite({ words, place }: Segment, block: readonly Segment[], depth: number): Segment {
    const glued = words.at(-1)?.endsWith('{') ? words.at(-1) : undefined
    if (glued !== undefined) {
      const mend = 'put a space between the token and the brace'
      this.#note(`Site addresses cannot end with a curly brace: '${glued}' - ${mend}`, place)
    }
    const addresses = words.flatMap((word) => word.split(',')).filter((word) => word !== '')
    return { words: addresses, place, block: this.#expand(block, [], depth) }
  }

  #readBlock(source: { tokens: Token[]; at: number; isCut: boolean }, depth: number): Segment[] {
    if (depth > deepestBlock) throw new ParseError('a Caddyfile of blocks within blocks within blocks')
    const isOutermost = depth === 0
    const segments: Segment[] = []
    for (let first = source.tokens[source.at]; first; first = source.tokens[source.at]) {
      if (first.text === '}' && !isOutermost) {
        source.at += 1
        return segments
      }
      const words = takeLine(source, isOutermost)
      const opens = words.at(-1) === '{'
      if (opens) words.pop()
      const place = { file: first.file, line: first.line }
      segments.push({ words, place, ...(opens && { block: this.#readBlock(source, depth + 1) }) })
    }
    const last = source.tokens.at(-1)
    if (!isOutermost && last && !source.isCut) {
      const message = `Syntax error: Unexpected token '${last.text}', expecting '}'`
      // Blocks around it end with it.
      if (!this.#mistakes.some((known) => known.message === message)) {
        this.#mistakes.push({ message, place: { file: last.file, line: last.line } })
      }
    }
    return segments
  }

  /** Puts what is imported in its place, and the arguments of a snippet in theirs. */
  #expand(segments: readonly Segment[], args: readonly string[], depth: number): Segment[] {
    return segments.flatMap((segment): Segment[] => {
      this.#countOne()
      const words = segment.words.flatMap((word) => fillArguments(word, args))
      if (words[0] === 'import') return this.#import({ ...segment, words }, args, depth)
      return [
        { words, place: segment.place, ...(segment.block && { block: this.#expand(segment.block, args, depth) }) },
      ]
    })
  }

  #import(segment: Segment, outer: readonly string[], depth: number): Segment[] {
    if (depth > deepestImport) return []
    const args = segment.words.slice(2).flatMap((word) => fillArguments(word, outer))
    return this.#expand(this.#find(segment), args, depth + 1)
  }

  /** What an import names: a snippet, or files. */
  #find({ words: [, name = ''], place }: Segment): Segment[] {
    const snippet = this.#snippets.get(name)
    if (snippet) return snippet
    const path = posix.resolve(posix.dirname(place.file), name)
    if (this.#absent.has(path)) this.#note(`File to import not found: ${name}`, place)
    return matchPath(path, [...this.#files.keys()]).flatMap((each) => this.#readFile(each))
  }

  #countOne(): void {
    if (++this.#count > mostSegments) throw new ParseError('a Caddyfile that imports too much')
  }

  #note(message: string, place: Place): void {
    this.#mistakes.push({ message: `Error during parsing: ${message}`, place })
  }
}

/** The words of a line; a list of addresses goes on after a comma. */
function takeLine(source: { tokens: Token[]; at: number }, isOutermost: boolean): string[] {
  const words: string[] = []
  for (let token = source.tokens[source.at]; token; token = source.tokens[source.at]) {
    const before = source.tokens[source.at - 1]
    const isNext = words.length > 0 && before !== undefined && token.line > before.endLine
    if (isNext && !(isOutermost && before?.text.endsWith(','))) break
    if (token.text === '}' && words.length > 0 && !isOutermost && words.at(-1) === '{') break
    words.push(token.text)
    source.at += 1
    if (token.text === '{') break
  }
  return words
}

function fillArguments(word: string, args: readonly string[]): string[] {
  if (!word.includes('{args')) return [word]
  if (word === '{args[:]}' || word === '{args.*}') return [...args]
  // sample: localhost:{args.0}, {args[1]}
  return [
    word.replace(
      /\{args(?:\.(\d+)|\[(\d+)\])\}/g,
      (all, one?: string, other?: string) => args[Number(one ?? other)] ?? all,
    ),
  ]
}
