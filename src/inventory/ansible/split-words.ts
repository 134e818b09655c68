import { t } from '../../language/language.js'
/** Splits a line into words as Python's `shlex.split` does, which Ansible reads with. Throws SyntaxError for a quote without end. */
export function splitWords(line: string, { comments = false } = {}): string[] {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at)
    if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (comments && letter === '#') {
      break
    } else if (letter === '\\') {
      if (at + 1 === line.length) throw new SyntaxError(t`nothing follows the last backslash`)
      at += 1
      word = (word ?? '') + line.charAt(at)
    } else if (letter === "'" || letter === '"') {
      const quoted = readQuoted(line, at)
      word = (word ?? '') + quoted.text
      at = quoted.end
    } else {
      word = (word ?? '') + letter
    }
  }
  return word === undefined ? words : [...words, word]
}

/** What stands in the quotes that begin at `start`; within double ones a backslash shields a quote and itself alone. */
function readQuoted(line: string, start: number): { text: string; end: number } {
  const quote = line.charAt(start)
  let text = ''
  for (let at = start + 1; at < line.length; at++) {
    const letter = line.charAt(at)
    if (letter === quote) return { text, end: at }
    const next = line.charAt(at + 1)
    const isShield = quote === '"' && letter === '\\' && (next === '"' || next === '\\')
    if (isShield) at += 1
    text += isShield ? next : letter
  }
  throw new SyntaxError(t`the quote ${quote} is not closed`)
}
