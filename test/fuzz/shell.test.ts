import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quote, sh } from '../../src/shell.js'
import { fuzz } from './run.js'

/** Any text that an argument can be: everything but NUL, and whole characters only, as it travels in UTF-8. */
const words = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('\0', '')),
    fc.constantFrom(
      '',
      '-n',
      '$(id)',
      '`id`',
      "'",
      "''",
      "'\\''",
      '\\',
      '!',
      '!!',
      '~',
      '*',
      '{a,b}',
      '$x',
      '\n',
      'a\n',
    ),
  ),
  { minLength: 1, maxLength: 200 },
)

describe.each([
  ['dash', ['dash']],
  ['bash', ['bash']],
  ['busybox', ['busybox', 'sh']],
] as const)('quoting for %s', (_, [command, ...args]) => {
  const run = (script: string) => execFileSync(command, args, { input: script, encoding: 'utf8' })

  test('gives every word back as it was', () => {
    fc.assert(
      fc.property(words, (list) => {
        const script = list.map((word) => `printf '%s\\0' ${quote(word)}\n`).join('')
        expect(run(script).split('\0')).toEqual([...list, ''])
      }),
      fuzz(15),
    )
  })

  test('gives a script of scripts back as it was', () => {
    fc.assert(
      fc.property(words, (list) => {
        const inner = sh`printf '%s\0' ${list}`
        expect(run(`${sh`eval ${inner.text}`.text}\n`).split('\0')).toEqual([...list, ''])
      }),
      fuzz(15),
    )
  })
})
