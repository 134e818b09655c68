/** A piece of POSIX sh. Only `sh` makes one, so every value in it is quoted. */
export class Script {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

type ShellValue = string | number | Script | readonly (string | number | Script)[]

/** Quotes a value as one word of POSIX sh; words that need no quotes stay readable. */
export function quote(value: string | number): string {
  const word = String(value)
  // sample: /home/deploy/app_1.2/logs,x@y:3000
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

function render(value: ShellValue): string {
  if (value instanceof Script) return value.text
  if (typeof value === 'string' || typeof value === 'number') return quote(value)
  return value.map(render).join(' ')
}

/**
 * Writes POSIX sh: every interpolated value becomes one quoted word, a list several, a `Script` stays as it is.
 * The text is raw (a backslash is a backslash), and the indentation of its first line is taken off all lines.
 *
 *     sh`tail -n 20 ${path}`
 */
export function sh(strings: TemplateStringsArray, ...values: ShellValue[]): Script {
  const raw = strings.raw.map((piece) => piece.replaceAll('\\`', '`').replaceAll('\\${', '${'))
  const indent = /^\n( *)/.exec(raw[0] ?? '')?.[1] ?? ''
  const pieces = indent === '' ? raw : raw.map((piece) => piece.replaceAll(`\n${indent}`, '\n'))
  return new Script(
    pieces
      .map((piece, index) => (index === 0 ? piece : render(values[index - 1] ?? '') + piece))
      .join('')
      .trim(),
  )
}

/** Lines of script, one after the other. */
export function joinScripts(scripts: readonly Script[]): Script {
  return new Script(scripts.map((script) => script.text).join('\n'))
}
