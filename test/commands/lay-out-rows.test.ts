import { expect, it } from 'vitest'
import { layOutRows } from '../../src/commands/lay-out-rows.js'

const rows = [
  ['HOST', 'ADDRESS', 'JUMP'],
  ['a-very-long-name.example.com', 'a-very-long-name.example.com:22', 'ann@outer:22 > gate@inner:22'],
  ['教室-北京', '10.0.0.1:22', '-'],
]
const layout = { breaks: { 2: ' > ' }, lastly: [0, 1] }

it('leaves every row on its line where there is room', () => {
  expect(layOutRows(rows, { ...layout, width: 100 })).toEqual([
    'HOST                          ADDRESS                          JUMP',
    'a-very-long-name.example.com  a-very-long-name.example.com:22  ann@outer:22 > gate@inner:22',
    '教室-北京                     10.0.0.1:22                      -',
  ])
})

it('breaks at the words first, then names behind their punctuation, and loses nothing', () => {
  const lines = layOutRows(rows, { ...layout, width: 60 })
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "HOST                  ADDRESS                JUMP
    a-very-long-name.     a-very-long-name.      ann@outer:22 >
    example.com           example.com:22         gate@inner:22
    教室-北京             10.0.0.1:22            -"
  `)
})
