import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// web01, refused, 3001
const ascii = /^[\x20-\x7e]*$/

/** Columns that a text takes on a terminal; colours take none, CJK characters and emoji two each. */
export function measure(text: string): number {
  if (ascii.test(text)) return text.length
  const known = widths.get(text)
  if (known !== undefined) return known
  if (widths.size >= mostWidths) widths.clear()
  const width = stringWidth(text)
  widths.set(text, width)
  return width
}

/** A table of many hosts says the same in most of its rows, and is measured again and again. */
const widths = new Map<string, number>()
const mostWidths = 10_000

/** A plain text with spaces up to a width, on its right or, for numbers, on its left. */
export function pad(text: string, width: number, side: 'right' | 'left' = 'right'): string {
  const space = ' '.repeat(Math.max(width - measure(text), 0))
  return side === 'right' ? text + space : space + text
}

/** Rows that a text takes on a terminal, which breaks lines that are wider than itself. */
export function countRows(text: string, width: number): number {
  return text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(measure(line) / width)), 0)
}

/** Cuts a plain text down to a width; what was cut is marked by the ellipsis. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (measure(text) <= width) return text
  let room = width - measure(ellipsis)
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    room -= measure(segment)
    if (room < 0) break
    kept += segment
  }
  return kept.trimEnd() + ellipsis
}

/** Sets pieces in lines that are broken only between them; a piece wider than a line stays whole. */
export function wrap(pieces: readonly string[], width: number, separator = ' '): string[] {
  const last = pieces.length - 1
  return setLines(
    pieces.map((text, index) => ({ text, after: index === last ? '' : separator })),
    width,
  )
}

/** Wraps a sentence at its spaces and between Chinese characters, but not inside a command in `backticks`. */
export function wrapWhole(text: string, width: number): string[] {
  // sample: test it: `nginx -t && systemctl reload nginx`, then look
  return wrapAtWords(text.match(/(?:[^\s`]|`[^`]*`)+|`/g) ?? [], width)
}

/** Wraps a sentence at its spaces and between Chinese characters; an empty one has no lines. */
export function wrapWords(text: string, width: number): string[] {
  return text === '' ? [] : wrapAtWords(text.split(' '), width)
}

/** A text that is not broken, and what stands between it and the next on the same line. */
interface Piece {
  text: string
  after: string
}

function wrapAtWords(words: readonly string[], width: number): string[] {
  return setLines(
    words.flatMap((word, index) => splitWord(word, index === words.length - 1 ? '' : ' ')),
    width,
  )
}

// sample: 「应用， | 端 | （3000），; what opens stays with what follows, what closes with what comes before
const chinesePieces =
  /[「『（《【“‘]*(?:`[^`]*`|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[^\p{sc=Han}\p{sc=Hira}\p{sc=Kana}「『（《【“‘，。：；！？、）》】」』”’`]+|`)[，。：；！？、）》】」』”’,.:;!?)\]]*|./gu

/** Chinese is written without spaces: it may be broken between any two characters that punctuation does not hold together. */
function splitWord(word: string, after: string): Piece[] {
  if (ascii.test(word)) return [{ text: word, after }]
  const pieces = word.match(chinesePieces) ?? [word]
  return pieces.map((text, index) => ({ text, after: index === pieces.length - 1 ? after : '' }))
}

function setLines(pieces: readonly Piece[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  let between = ''
  for (const [index, { text, after }] of pieces.entries()) {
    if (index > 0 && measure(line + between + text) > width) {
      lines.push((line + between).trimEnd())
      line = text
    } else line += between + text
    between = after
  }
  return pieces.length === 0 ? lines : [...lines, line]
}
