import { readFileSync } from 'node:fs'
import MarkdownIt from 'markdown-it'
import { expect, it } from 'vitest'

const english = readParts('README.md')
const chinese = readParts('README.zh-CN.md')

it('has the same headings in both languages', () => {
  expect(chinese.headings).toEqual(english.headings)
})

it('has the same commands, settings and code in both languages', () => {
  expect(chinese.code).toEqual(english.code)
})

it('names the same options, files and words of the program in both languages', () => {
  expect(chinese.words).toEqual(english.words)
})

/** What of a README is the same in every language: the levels of its headings, its code without comments, its words of code. */
function readParts(file: string) {
  const tokens = new MarkdownIt().parse(readFileSync(file, 'utf8'), {})
  const spans = tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'code_inline')
  return {
    headings: tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => tag),
    code: tokens
      .filter(({ type, info }) => type === 'fence' && ['sh', 'yaml', 'ts'].includes(info))
      .map(({ content }) => stripComments(content)),
    words: [...new Set(spans.map(({ content }) => content).filter(isAscii))].toSorted(),
  }
}

/** `fleetdx hosts web   # what would be contacted` is `fleetdx hosts web`. */
function stripComments(code: string): string {
  return code.replace(/[ \t]+#.*$/gm, '')
}

/** What the program prints for people differs in the two languages, and is told by a sign beyond ASCII. */
function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}
