import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFrames } from '../../src/collect/frames.js'
import { finish, fuzz } from './run.js'

const nonce = '@fleetdx-0123456789abcdef01234567'

const word = fc.constantFrom('begin', 'end', 'part', 'cannot', 'exit', 'right', 'done', '', 'x')
const rest = fc.oneof(
  fc.constantFrom('a 0', 'a 0 7', 'permission x', 'root sudo', '-1', 'NaN', '__proto__ 0', 'constructor 0'),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const frame = (start: string) => fc.tuple(word, rest).map(([word, rest]) => `\n${start} ${word} ${rest}\n`)
const noise = fc.string({ unit: 'binary', maxLength: 60 })

/** What a program may print: anything, and frames whose nonce it had to guess. */
const forgery = fc
  .array(fc.oneof(noise, ...['@fleetdx', '@fleetdx-', `${nonce.slice(0, -1)}8`, `x${nonce}`, ''].map(frame)), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''))
  .filter((text) => !text.includes(`\n${nonce} `))

describe('readFrames', () => {
  test('takes any bytes for what they are', () => {
    const bytes = fc.uint8Array({ maxLength: 500 }).map((array) => Buffer.from(array))
    fc.assert(
      fc.property(bytes, (output) => {
        expect(readFrames(output, nonce).sections.size).toBe(0)
      }),
      fuzz(300),
    )
  })

  test('takes frames in any order, of any words', () => {
    const output = fc
      .array(fc.oneof(frame(nonce), noise), { maxLength: 12 })
      .map((pieces) => Buffer.from(pieces.join('')))
    fc.assert(
      fc.property(output, (bytes) => {
        const { sections } = finish(() => readFrames(bytes, nonce))
        for (const [name, { probe, text, parts }] of sections) {
          expect(probe).toBe(name)
          expect([text, ...parts.map((part) => part.text)].join('').length).toBeLessThanOrEqual(bytes.length)
        }
      }),
      fuzz(500),
    )
  })

  test('believes no frame without the nonce: what a program prints stays inside its own section', () => {
    fc.assert(
      fc.property(forgery, (text) => {
        const output = `\n${nonce} begin a 0\n${text}\n${nonce} exit 0\n\n${nonce} end a 5 \n\n${nonce} done\n`
        const { sections, right, isComplete } = readFrames(Buffer.from(output), nonce)
        expect([...sections.keys()]).toEqual(['a'])
        expect(sections.get('a')).toMatchObject({ parts: [], blind: [], exitCode: 0, elapsedMs: 5, uid: 0 })
        expect(sections.get('a')).not.toHaveProperty('cut')
        expect({ right, isComplete }).toEqual({ right: undefined, isComplete: true })
      }),
      fuzz(500),
    )
  })

  test.each(['\u001b]0;title', '\u001bP1;2q', '\u001b_x', '\u001b[', '\u001b'])(
    'ends %j, a control sequence without an end, with its line',
    (sequence) => {
      const output = `\n${nonce} begin a 0\nbefore ${sequence}\nafter\n${nonce} exit 0\n\n${nonce} end a 5 \n`
      const section = readFrames(Buffer.from(output), nonce).sections.get('a')
      expect(section).toMatchObject({ text: expect.stringMatching(/^before .*\nafter\n?$/), exitCode: 0 })
    },
  )
})
