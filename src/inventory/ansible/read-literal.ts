// 22, -1, 1_000
const WHOLE_NUMBER = /^[+-]?(?:0(?:_?0)*|[1-9](?:_?\d)*)$/

// 'deploy' "a" 'b'  # and a comment
const QUOTED = /^(?:[uU]|[rR])?(?:'''(?:[^\\]|\\.)*?'''|"""(?:[^\\]|\\.)*?"""|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*/s

const WORDS = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
])

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
}

/**
 * The value behind a `=` of Ansible's INI: a literal of Python where it is one, else the text as it stands (`_parse_value` of
 * plugins/inventory/ini.py). Lists, mappings and fractions stay text, as no connection is made of them.
 */
export function readLiteral(text: string): unknown {
  const bare = text.replace(/^[ \t]+/, '')
  const strings = readStrings(bare)
  if (strings !== undefined) return strings
  const [word = ''] = /^[^#]*/.exec(bare) ?? []
  const literal = word.trim()
  if (WORDS.has(literal)) return WORDS.get(literal)
  return WHOLE_NUMBER.test(literal) ? Number(literal.replaceAll('_', '')) : text
}

/** Strings that stand side by side are one. */
function readStrings(text: string): string | undefined {
  let rest = text
  let value = ''
  while (rest !== '' && !rest.startsWith('#')) {
    const [written] = QUOTED.exec(rest) ?? []
    if (written === undefined) return undefined
    value += unquote(written.trimEnd())
    rest = rest.slice(written.length)
  }
  return text === rest ? undefined : value
}

function unquote(written: string): string {
  const [, prefix = '', quote = ''] = /^([uUrR]?)('''|"""|'|")/.exec(written) ?? []
  const inner = written.slice(prefix.length + quote.length, written.length - quote.length)
  return prefix.toLowerCase() === 'r'
    ? inner
    : inner.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|([0-7]{1,3})|(.))/gis, readEscape)
}

function readEscape(written: string, hex?: string, unicode?: string, octal?: string, letter = ''): string {
  const code = hex ?? unicode
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
  if (/['"\\]/.test(letter)) return letter
  return ESCAPES[letter] ?? written
}
