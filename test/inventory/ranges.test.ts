import { describe, expect, it } from 'vitest'
import { expandRanges } from '../../src/inventory/ranges.js'

describe('expandRanges', () => {
  it.each([
    ['web01', ['web01']],
    ['web[1:3]', ['web1', 'web2', 'web3']],
    ['web[01-09/4]', ['web01', 'web05', 'web09']],
    ['web[1:4:2]', ['web1', 'web3']],
    ['web[09-11].example.com', ['web09.example.com', 'web10.example.com', 'web11.example.com']],
    ['web[01-02,25]', ['web01', 'web02', 'web25']],
    ['db[a-c]', ['dba', 'dbb', 'dbc']],
    ['r[1-2]n[01-02]', ['r1n01', 'r1n02', 'r2n01', 'r2n02']],
    ['root@[::1]:22', ['root@[::1]:22']],
  ])('expands %s', (written, names) => {
    expect(expandRanges(written)).toEqual(names)
  })

  it.each([
    ['web[20-01]', "the range in 'web[20-01]' runs backwards"],
    ['web[]', "'' in 'web[]' is not a range"],
    ['web[x]', "'x' in 'web[x]' is not a range"],
    ['web[1-9999999]', "'web[1-9999999]' stands for more than 100,000 hosts"],
    ['a[1-1000]b[1-1000]', "'a[1-1000]b[1-1000]' stands for more than 100,000 hosts"],
  ])('refuses %s', (written, message) => {
    expect(() => expandRanges(written)).toThrow(message)
  })
})
