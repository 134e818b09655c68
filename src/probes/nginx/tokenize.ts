/** What nginx reads in one go: words up to a `;` or `{`, a `}`, or what it stumbles over. Lines count from 1. */
export type Statement =
  | { kind: 'directive'; words: string[]; opensBlock: boolean; line: number; endLine: number }
  | { kind: 'close'; endLine: number }
  | { kind: 'end'; endLine: number }
  | { kind: 'mistake'; message: string; endLine: number }

const isSpace = (char: string) => char === ' ' || char === '\t' || char === '\r' || char === '\n'

/**
 * Reads a configuration statement by statement, the way `ngx_conf_read_token()` of nginx's ngx_conf_file.c does: a quote or
 * `#` counts only where a word starts, a `{` right after `$` belongs to the word, and what follows a closing quote must
 * be a space, `;`, `{` or `)`. Nothing comes after the end or a mistake.
 */
export class Tokenizer {
  readonly #text: string
  #at = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  /** The line that reading has come to. */
  get line(): number {
    return this.#line
  }

  next(): Statement {
    const words: string[] = []
    let line = this.#line
    for (;;) {
      this.#skipSpaceAndComments()
      const char = this.#text[this.#at]
      if (words.length === 0) line = this.#line
      if (char === undefined) return words.length === 0 ? this.#plain('end') : this.#mistake(endInside)
      if (char === ';' || char === '{') {
        this.#at++
        if (words.length === 0) return this.#mistake(`unexpected "${char}"`)
        return { kind: 'directive', words, opensBlock: char === '{', line, endLine: this.#line }
      }
      if (char === '}') {
        this.#at++
        return words.length === 0 ? this.#plain('close') : this.#mistake('unexpected "}"')
      }
      const isQuoted = char === '"' || char === "'"
      const start = isQuoted ? this.#at + 1 : this.#at
      const end = isQuoted ? this.#findEnd(start, (next) => next === char) : this.#findEnd(start, endsBareWord)
      if (end - start >= longestWord) return this.#mistake(tooLong(isQuoted ? char : '', this.#text.slice(start)))
      this.#moveTo(isQuoted ? end + 1 : end)
      if (end === this.#text.length) return this.#mistake(endInside)
      words.push(unescapeWord(this.#text.slice(start, end)))
      const after = this.#text[this.#at] ?? ''
      if (isQuoted && !/^[\s;{)]?$/.test(after)) return this.#mistake(`unexpected "${after}"`)
    }
  }

  /** Skips the Lua code of a block whose `{` has just been read; false where its `}` is missing. */
  skipLua(): boolean {
    // sample: --[[ long comment, [==[ long string, -- comment, "string \" ", 'string', {, }
    const lexeme = /(?:--)?\[(=*)\[|--[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|[{}]/g
    lexeme.lastIndex = this.#at
    for (let depth = 1; depth > 0; ) {
      const [found, level] = lexeme.exec(this.#text) ?? []
      if (found === undefined) return false
      if (found === '{') depth++
      if (found === '}') depth--
      if (level === undefined) continue
      const end = this.#text.indexOf(`]${level}]`, lexeme.lastIndex)
      if (end < 0) return false
      lexeme.lastIndex = end
    }
    this.#moveTo(lexeme.lastIndex)
    return true
  }

  #skipSpaceAndComments(): void {
    for (let char = this.#text[this.#at]; char !== undefined; char = this.#text[this.#at]) {
      if (char === '#') this.#moveTo(indexOrEnd(this.#text, '\n', this.#at))
      else if (isSpace(char)) this.#moveTo(this.#at + 1)
      else return
    }
  }

  /** The first character that ends the word, or the end of the text; escaped ones do not count. */
  #findEnd(start: number, ends: (char: string, before: string) => boolean): number {
    let before = ''
    for (let at = start; at < this.#text.length; at++) {
      const char = this.#text[at] ?? ''
      if (char !== '\\' && ends(char, before)) return at
      before = char
      if (char === '\\') at++
    }
    return this.#text.length
  }

  #moveTo(index: number): void {
    for (; this.#at < index; this.#at++) if (this.#text[this.#at] === '\n') this.#line++
  }

  #plain(kind: 'close' | 'end'): Statement {
    return { kind, endLine: this.#line }
  }

  #mistake(message: string): Statement {
    return { kind: 'mistake', message, endLine: this.#line }
  }
}

const endInside = 'unexpected end of file, expecting ";" or "}"'

/** NGX_CONF_BUFFER: nginx keeps a word in a buffer of this size, so a forgotten quote is noticed here. */
const longestWord = 4096

function tooLong(quote: string, rest: string): string {
  if (quote === '') return `too long parameter "${rest.slice(0, 10)}..." started`
  return `too long parameter, probably missing terminating "${quote}" character`
}

function endsBareWord(char: string, before: string): boolean {
  return isSpace(char) || char === ';' || (char === '{' && before !== '$')
}

function indexOrEnd(text: string, searched: string, from: number): number {
  const index = text.indexOf(searched, from)
  return index < 0 ? text.length : index
}

/** Takes the escapes out that nginx takes out; any other backslash stays, as in `\.php$`. */
function unescapeWord(word: string): string {
  const special: Record<string, string> = { t: '\t', r: '\r', n: '\n' }
  // sample: a\ttab, \"quoted\", back\\slash
  return word.replace(/\\(["'\\trn])/g, (_, char: string) => special[char] ?? char)
}
