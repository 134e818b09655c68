import { expect, it } from 'vitest'
import { sanitize, sanitizeLine } from '../src/sanitize.js'

it.each([
  ['an escape sequence', 'a\u001b[31mb', 'ab'],
  ['a mark that reorders text', 'a\u202eb', 'ab'],
  ['half of a character, which no address nor file can hold', 'a\ud83d \ude00b', 'a b'],
])('takes %s out', (_, text, clean) => expect(sanitize(text)).toBe(clean))

it('leaves whole characters as they are', () => expect(sanitizeLine('漢字 😀 👩‍👧')).toBe('漢字 😀 👩‍👧'))
