import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns that a text takes on a terminal; colours take none, CJK characters two each. */
export function measure(text: string): number {
  return stringWidth(text)
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
  const lines: string[] = []
  for (const piece of pieces) {
    const line = lines.at(-1)
    const longer = line === undefined ? piece : line + separator + piece
    if (line !== undefined && measure(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(piece)
  }
  return lines.map((line, index) => (index === lines.length - 1 ? line : (line + separator).trimEnd()))
}

/** Wraps a sentence at its spaces, but not those of a command in `backticks`. */
export function wrapWhole(text: string, width: number): string[] {
  // sample: test it: `nginx -t && systemctl reload nginx`, then look
  return wrap(text.match(/(?:[^\s`]|`[^`]*`)+|`/g) ?? [], width)
}

/** Wraps a sentence at its spaces; an empty one has no lines. */
export function wrapWords(text: string, width: number): string[] {
  return text === '' ? [] : wrap(text.split(' '), width)
}
