import { posix } from 'node:path'
import { ParseError } from '../../errors.js'
import type { Mistake, Place } from '../gateway/facts.js'
import type { ReadFile } from '../gateway/read-output.js'
import { matchPath } from '../nginx/glob.js'

/** A directive, or a section with what stands in it. Names are in lower case, as Apache does not mind. */
export interface Directive {
  name: string
  /** The name as written. */
  written: string
  args: string[]
  /** Of a directive over several lines the last one, which is the one that Apache names. */
  place: Place
  block?: Directive[]
}

export interface Configuration {
  directives: Directive[]
  /** Of Apache's reading alone: sections that do not fit, files that are not there. */
  mistakes: Mistake[]
  /** `ssl_module`, `mod_ssl.c` */
  modules: ReadonlySet<string>
}

export interface Source {
  configFile: string
  root: string
  files: ReadonlyMap<string, ReadFile>
  absent: ReadonlySet<string>
  /** Modules that are compiled in. */
  modules: readonly string[]
  /** Of envvars. */
  variables: ReadonlyMap<string, string>
  /** Of the command line's -D. */
  defines: readonly string[]
  /** Whether every file could be read: a condition on what is not there decides only then. */
  isWhole: boolean
}

/** Reads a configuration as Apache does: includes in their place, conditions (`IfModule`…) decided, variables filled in. */
export function parseConfig(source: Source): Configuration {
  return new Reader(source).read()
}

const mostDirectives = 50_000
const deepest = 50

/** A section that is open while its lines are read. */
interface Open {
  written: string
  /** Where what stands in it goes. */
  into: Directive[]
  isCondition: boolean
}

class Reader {
  readonly #source: Source
  readonly #modules: Set<string>
  readonly #variables: Map<string, string>
  readonly #defines: Set<string>
  readonly #mistakes: Mistake[] = []
  #count = 0

  constructor(source: Source) {
    this.#source = source
    this.#modules = new Set(source.modules)
    this.#variables = new Map(source.variables)
    this.#defines = new Set(source.defines)
  }

  read(): Configuration {
    const directives: Directive[] = []
    this.#readFile(this.#source.configFile, directives, 0)
    return { directives, mistakes: this.#mistakes, modules: this.#modules }
  }

  #readFile(path: string, outer: Directive[], depth: number): void {
    const file = this.#source.files.get(path)
    if (!file || depth > deepest) return
    this.#countOne()
    const open: Open[] = []
    let skipped: string[] = []
    let skippedAt = { file: path, line: 1 }
    for (const { text, line } of joinLines(file.text)) {
      const place = { file: path, line }
      const section = readSection(text)
      // In a condition that does not hold, only its end counts.
      if (skipped.length > 0) {
        if (section && skipped.length <= deepest) skipped = this.#skip(section, skipped, skippedAt)
        continue
      }
      const into = open.at(-1)?.into ?? outer
      if (!section) this.#readDirective(text, place, into, depth)
      else if (section.closes) this.#close(section.name, place, open)
      else if (!section.isEnded) this.#note(`<${section.name}> directive missing closing '>'`, place)
      else if (open.length > deepest) throw new ParseError('an Apache configuration of sections within sections')
      else if (isCondition(section.name)) {
        if (this.#holds(section.name, section.args)) open.push({ written: section.name, into, isCondition: true })
        else [skipped, skippedAt] = [[section.name], place]
      } else open.push({ written: section.name, into: this.#openBlock(section, place, into), isCondition: false })
    }
    const left = open.findLast(({ isCondition }) => !isCondition)
    if (left && !file.isCut) this.#note(`<${left.written}> was not closed.`, { file: path, line: this.#lineOf(left) })
  }

  /** The lines at which sections were opened, by what was put into them. */
  readonly #openedAt = new Map<Directive[], number>()

  #lineOf({ into }: Open): number {
    return this.#openedAt.get(into) ?? 1
  }

  #openBlock({ name, args }: { name: string; args: string }, place: Place, into: Directive[]): Directive[] {
    const block: Directive[] = []
    this.#openedAt.set(block, place.line)
    this.#add({ name: name.toLowerCase(), written: name, args: splitWords(this.#fill(args)), place, block }, into)
    return block
  }

  /** Sections in what is skipped must fit as well; Apache names the line of the condition then. */
  #skip({ name, closes }: Section, open: readonly string[], place: Place): string[] {
    if (!closes) return [...open, name]
    const top = open.at(-1) ?? ''
    if (top.toLowerCase() !== name.toLowerCase()) this.#note(`Expected </${top}> but saw </${name}>`, place)
    return open.slice(0, -1)
  }

  #close(name: string, place: Place, open: Open[]): void {
    const top = open.pop()
    if (!top) this.#note(`</${name}> without matching <${name}> section`, place)
    else if (top.written.toLowerCase() !== name.toLowerCase())
      this.#note(`Expected </${top.written}> but saw </${name}>`, place)
  }

  #readDirective(text: string, place: Place, into: Directive[], depth: number): void {
    const [written = '', ...args] = splitWords(this.#fill(text))
    const name = written.toLowerCase()
    const directive = { name, written, args, place }
    if (name === 'include' || name === 'includeoptional') this.#include(directive, into, depth)
    else if (name === 'define') this.#define(args)
    else if (name === 'undefine') this.#defines.delete(args[0] ?? '')
    else if (name === 'loadmodule') this.#load(args)
    else this.#add(directive, into)
  }

  #add(directive: Directive, into: Directive[]): void {
    this.#countOne()
    into.push(directive)
  }

  #countOne(): void {
    if (++this.#count > mostDirectives) throw new ParseError('an Apache configuration of too many directives')
  }

  #include({ name, args: [written = ''], place }: Directive, into: Directive[], depth: number): void {
    const { root, files, absent } = this.#source
    const path = posix.resolve(root, written)
    const found = /[*?[]/.test(path) ? matchPath(path, [...files.keys()]) : filesAt(path, [...files.keys()])
    if (absent.has(path) && name === 'include') {
      this.#note(`Could not open configuration file ${path}: No such file or directory`, place)
    }
    for (const each of found) this.#readFile(each, into, depth + 1)
  }

  #define([name = '', value]: readonly string[]): void {
    this.#defines.add(name)
    if (value !== undefined) this.#variables.set(name, value)
  }

  #load([name = '', path = '']: readonly string[]): void {
    this.#modules.add(name)
    this.#modules.add(`${posix.basename(path, '.so')}.c`)
  }

  #holds(name: string, args: string): boolean {
    const [word = ''] = splitWords(this.#fill(args))
    const isNegated = word.startsWith('!')
    const bare = word.replace(/^!/, '')
    const kind = name.toLowerCase()
    if (kind === 'ifmodule') {
      const isLoaded = this.#modules.has(bare)
      return isNegated ? !isLoaded && this.#source.isWhole : isLoaded || !this.#source.isWhole
    }
    return kind === 'ifdefine' ? this.#defines.has(bare) !== isNegated : true
  }

  #fill(text: string): string {
    if (!text.includes('${')) return text
    // sample: ${APACHE_LOG_DIR}/error.log
    return text.replace(/\$\{([^}:\s]+)\}/g, (all, name: string) => this.#variables.get(name) ?? all)
  }

  #note(message: string, place: Place): void {
    this.#mistakes.push({ message, place })
  }
}

function filesAt(path: string, files: readonly string[]): string[] {
  return files.filter((file) => file === path || file.startsWith(`${path}/`)).toSorted()
}

/** Lines without comments, those that end in a backslash joined with the next. */
function joinLines(text: string): { text: string; line: number }[] {
  const joined: { text: string; line: number }[] = []
  let held = ''
  for (const [index, each] of text.split('\n').entries()) {
    const line = held + each.replace(/\r$/, '')
    if (line.endsWith('\\')) {
      held = line.slice(0, -1)
      continue
    }
    held = ''
    const bare = line.trim()
    if (bare !== '' && !bare.startsWith('#')) joined.push({ text: bare, line: index + 1 })
  }
  return joined
}

interface Section {
  name: string
  args: string
  closes: boolean
  isEnded: boolean
}

function readSection(text: string): Section | undefined {
  // sample: <VirtualHost *:80>, </VirtualHost>
  const [, slash, name, rest = ''] = /^<(\/?)([\w]+)(.*)$/s.exec(text) ?? []
  if (name === undefined) return undefined
  return { name, args: rest.trim().replace(/>$/, ''), closes: slash === '/', isEnded: rest.trimEnd().endsWith('>') }
}

function isCondition(name: string): boolean {
  return /^if(?:module|define|version|file|directive|section)$/i.test(name)
}

/** As `ap_getword_conf()`: a quoted word may hold spaces, and a backslash keeps a quote in it. */
function splitWords(text: string): string[] {
  // sample: ProxyPass "/with space" http://127.0.0.1:3000/
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"?|'((?:\\.|[^'\\])*)'?|[^\s]+/gs)].map(([all, double, single]) =>
    (double ?? single ?? all).replace(/\\(["'])/g, '$1'),
  )
}
