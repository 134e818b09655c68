import fc from 'fast-check'

/** One way to spoil a text; `at` and `to` are places in it, from 0 to 1. */
type Spoil = (text: string, at: number, to: number, junk: string) => string

const index = (text: string, place: number) => Math.floor(place * text.length)

const spoilLines =
  (spoil: (lines: string[], at: number, to: number, junk: string) => void): Spoil =>
  (text, at, to, junk) => {
    const lines = text.split('\n')
    spoil(lines, Math.floor(at * lines.length), Math.floor(to * lines.length), junk)
    return lines.join('\n')
  }

/** Replaces the first match behind a place. */
const spoilNext =
  (pattern: RegExp, replacement: (found: string, junk: string) => string): Spoil =>
  (text, at, _, junk) => {
    const start = index(text, at)
    return text.slice(0, start) + text.slice(start).replace(pattern, (found) => replacement(found, junk))
  }

const spoils: readonly Spoil[] = [
  (text, at) => text.slice(0, index(text, at)),
  (text, at) => text.slice(index(text, at)),
  (text, at, to) => text.slice(0, index(text, Math.min(at, to))) + text.slice(index(text, Math.max(at, to))),
  (text, at, _, junk) => text.slice(0, index(text, at)) + junk + text.slice(index(text, at) + junk.length),
  (text, at, _, junk) => text.slice(0, index(text, at)) + junk + text.slice(index(text, at)),
  (text) => text.replaceAll('\n', '\r\n'),
  spoilLines((lines, at) => lines.splice(at, 1)),
  spoilLines((lines, at) => lines.splice(at, 0, lines[at] ?? '')),
  spoilLines((lines, at, to) => lines.splice(to, 1, ...lines.splice(at, 1, lines[to] ?? ''))),
  spoilLines((lines, at, _, junk) => lines.splice(at, 1, `${lines[at]}${junk.repeat(10_000).slice(0, 10_000)}`)),
  spoilLines((lines, at) => lines.splice(at, 1, (lines[at] ?? '').slice(0, -1))),
  spoilNext(/\d+/, (_, junk) => junk),
  spoilNext(/\d+/, (digits) => digits.repeat(400)),
  spoilNext(/\d+/, (digits) => `-${digits}`),
  spoilNext(/"[^"\n]*"/, (quoted) => `"${quoted}"`),
  spoilNext(/[[{]/, (opening) => opening.repeat(10_000)),
  spoilNext(/"\w+"(?=:)/, (_, junk) => JSON.stringify(junk)),
  spoilNext(/:(?:"[^"\n]*"|\d+)/, (_, junk) => `:${junk}`),
  spoilNext(/ [^ \n]+/, (_, junk) => ` ${junk}`),
  spoilNext(/[^\s:]+(?=:)/, (_, junk) => junk),
]

/** What programs stumble over: names of every object, numbers that are none, controls, halves of characters, brackets. */
const junk = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '-', 'NaN', 'Infinity', '1e999', '-1'),
  fc.constantFrom('99999999999999999999', '0x1f', '٣', '\0', '\u001b]0;', '\u001b[', '\ud800', '\udfff', '�', '\u202e'),
  fc.constantFrom(
    '{"toString":1}',
    '[[[[]]]]',
    '{"__proto__":{"a":1}}',
    '"',
    "'",
    '\\',
    '{',
    '}',
    ';',
    '[z-a]',
    '$a$a',
    '*',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

const spoil = fc.tuple(
  fc.constantFrom(...spoils),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  junk,
)

/** One of these texts, spoilt a few times over. */
export function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(spoil, { minLength: 1, maxLength: 6 }))
    .map(([text, steps]) => steps.reduce((spoilt, [step, at, to, junk]) => step(spoilt, at, to, junk), text))
}

/** A short piece out of one of these texts, or of any characters. */
export function pieceOf(texts: readonly string[]): fc.Arbitrary<string> {
  const piece = fc
    .tuple(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 40 }))
    .map(([text, at, length]) => text.slice(index(text, at), index(text, at) + length) || ' ')
  return fc.oneof(piece, fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 4 }))
}
