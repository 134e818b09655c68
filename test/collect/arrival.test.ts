import { expect, it } from 'vitest'
import { arrivalOf } from '../../src/collect/arrival.js'

const pieces = ['begin ho', 'st\nclock', ' 1\nend hö', 'st\n'].map((text, index) => ({
  bytes: Buffer.from(text),
  atMs: index,
}))

it('is when the piece came that made the text whole', () => {
  expect(arrivalOf('begin', pieces)).toBe(0)
  expect(arrivalOf('begin host', pieces)).toBe(1)
  expect(arrivalOf('end hö', pieces)).toBe(2)
  expect(arrivalOf('end höst\n', pieces)).toBe(3)
})

it('is unknown for what did not come', () => {
  expect(arrivalOf('end hosts', pieces)).toBeUndefined()
  expect(arrivalOf('end', [])).toBeUndefined()
})
