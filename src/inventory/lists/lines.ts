import type { SourcePlace } from '../../errors.js'

/** A line that says something, and where it stands. */
export interface PlacedLine {
  line: string
  place: SourcePlace
}

/** The lines of a list without blank ones and comments: `#` begins one at the start of a line or behind a blank. */
export function readLines(text: string, file: string): PlacedLine[] {
  return text.split(/\r?\n/).flatMap((written, index) => {
    const line = written.replace(/(?:^|\s)#.*$/, '').trim()
    return line === '' ? [] : [{ line, place: { file, line: index + 1 } }]
  })
}
