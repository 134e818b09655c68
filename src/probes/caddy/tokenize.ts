/** A word of a Caddyfile. */
export interface Token {
  text: string
  file: string
  /** Where it starts. */
  line: number
  /** Where it ends: a quoted word may go over several lines. */
  endLine: number
}

/**
 * Takes a Caddyfile apart as Caddy's lexer.go does: quotes, backticks and `#` count only where a word starts, a backslash at
 * the end of a line joins it with the next, and `<<END` starts a text that goes to the line `END`.
 */
export function tokenize(text: string, file: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  // sample: # comment, "quoted \" word", `raw`, <<HTML … HTML, \ at the end of a line, word
  const lexeme =
    /(\s+)|(\\\r?\n)|(#[^\n]*)|"((?:\\"|[^"])*)"?|`([^`]*)`?|<<(\w+)[^\S\n]*\n([\s\S]*?)\n[^\S\n]*\6(?![^\s])|(?:\\\n|\S)+/g
  let joined = 0
  for (const [all, space, join, comment, quoted, raw, , heredoc] of text.matchAll(lexeme)) {
    const startLine = line
    line += countLines(all)
    // What a backslash has joined counts as one line, so that words after it belong to the same directive.
    if (join !== undefined) joined += 1
    else if (space?.includes('\n')) joined = 0
    if (space !== undefined || join !== undefined || comment !== undefined) continue
    const word = quoted?.replaceAll('\\"', '"') ?? raw ?? heredoc ?? all
    tokens.push({ text: word, file, line: startLine - joined, endLine: line - joined })
  }
  return tokens
}

function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
