import { expect, test } from 'vitest'
import { countRows, cut, measure, wrap, wrapWhole, wrapWords } from '../../src/report/fit.js'

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

test('breaks Chinese between characters, but holds punctuation and Latin words together', () => {
  expect(wrapWords('Nginx 转发到 3000 端口，但 shop 监听的是 3001（见 /etc/nginx/shop 第 6 行）。', 18)).toEqual([
    'Nginx 转发到 3000',
    '端口，但 shop 监听',
    '的是 3001（见',
    '/etc/nginx/shop 第',
    '6 行）。',
  ])
  expect(wrapWhole('先测试：`nginx -t && nginx -s reload`，再看日志', 12)).toEqual([
    '先测试：',
    '`nginx -t && nginx -s reload`，',
    '再看日志',
  ])
})

test('measures what a terminal shows', () => {
  expect(['abc', '教室', '👨‍👩‍👧', '🇩🇪', '⚠️', 'e\u0301', '\u001b[31mred\u001b[39m'].map(measure)).toEqual([
    ...[3, 4, 2, 2, 2, 1, 3],
  ])
  expect(countRows('12345\n\n教室教室', 5)).toBe(4)
})
