import { expect, test } from 'vitest'
import { chooseWidth, wantsColor, wantsUnicode } from '../../src/report/terminal.js'

const tty = { isTTY: true, columns: 90 }

test.each([
  ['a terminal', {}, tty, true],
  ['a pipe', {}, {}, false],
  ['a dumb terminal', { TERM: 'dumb' }, tty, false],
  ['NO_COLOR', { NO_COLOR: '1' }, tty, false],
  ['an empty NO_COLOR', { NO_COLOR: '' }, tty, true],
  ['FORCE_COLOR into a pipe', { FORCE_COLOR: '1' }, {}, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, tty, false],
  ['NO_COLOR against FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, tty, false],
])('colour with %s', (_, env, stream, expected) => {
  expect(wantsColor(env, stream)).toBe(expected)
})

test.each([
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{ LANG: 'C' }, false],
  [{}, false],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'zh_CN.UTF-8', LANG: 'C' }, true],
])('Unicode with %o', (env, expected) => {
  expect(wantsUnicode(env)).toBe(expected)
})

test('the width is that of the terminal, else COLUMNS, else 120', () => {
  expect(chooseWidth({ COLUMNS: '200' }, tty)).toBe(90)
  expect(chooseWidth({ COLUMNS: '200' }, {})).toBe(200)
  expect(chooseWidth({ COLUMNS: 'wide' }, {})).toBe(120)
  expect(chooseWidth({}, {})).toBe(120)
})
