import { expect, test } from 'vitest'
import { cut, wrap, wrapWhole, wrapWords } from '../../src/report/fit.js'

test('cuts at the width, wide characters and whole emoji counted', () => {
  expect(cut('abcdef', 6, '…')).toBe('abcdef')
  expect(cut('abcdefg', 6, '…')).toBe('abcde…')
  expect(cut('教室北京', 6, '…')).toBe('教室…')
  expect(cut('ab 👨‍👩‍👧 cd', 5, '…')).toBe('ab…')
})

test('breaks lines between pieces only', () => {
  expect(wrap(['one', 'two', 'three'], 9, ' → ')).toEqual(['one → two →', 'three'])
  expect(wrapWords('a sentence with /a/very/long/path in it', 12)).toEqual([
    'a sentence',
    'with',
    '/a/very/long/path',
    'in it',
  ])
  expect(wrapWords('', 12)).toEqual([])
})

test('breaks no command in backticks, even one that is not closed', () => {
  expect(wrapWhole('test it: `nginx -t && nginx -s reload`, then look', 12)).toEqual([
    'test it:',
    '`nginx -t && nginx -s reload`,',
    'then look',
  ])
  expect(wrapWhole('an odd ` one', 6)).toEqual(['an odd', '` one'])
  expect(wrapWhole('', 12)).toEqual([])
})
