import { sanitizeLine } from '../sanitize.js'

/** It shows as next to nothing, and parts words as any space does. */
const hairSpace = '\u200a'

/**
 * Text within a line of CommonMark that nothing is made of: no markup, HTML, link, mention, reference or emoji. What marks
 * up is escaped. The others are found after that, in the text itself, so they are parted by a space.
 */
export function escapeProse(text: string): string {
  // sample: @name, #12, //example.com, www.example.com, :smile:
  const apart = sanitizeLine(text).replaceAll(/[@#]|\/(?=\/)|:(?=\w+:)|\bwww(?=\.)/gi, (found) => found + hairSpace)
  return apart.replaceAll(/[\\`*_[\]<>|~&!#$]/g, (mark) => `\\${mark}`)
}

/** Text as a code span, in which GitHub and chats make nothing of it either; what a span in a table cannot hold is prose. */
export function formatCode(text: string): string {
  const line = sanitizeLine(text).trim()
  return line === '' || /[`|\\]/.test(line) ? escapeProse(line) : `\`${line}\``
}

/** Lines as a block of code, behind a fence that is longer than any in them. */
export function fenceLines(lines: readonly string[], language: 'text' | 'sh'): string {
  const text = lines.join('\n')
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
