import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakFold, foldHostList, foldHosts } from '../../src/compare/fold-hosts.js'
import { parseInventory } from '../../src/inventory/load.js'
import { expandRanges } from '../../src/inventory/ranges.js'
import { selectHosts } from '../../src/inventory/select.js'
import { splitTarget } from '../../src/inventory/target.js'
import { readWrittenHosts } from '../../src/inventory/written-host.js'

const expand = (text: string) => splitTarget(text).flatMap(expandRanges)

const digits = fc.oneof(
  fc.nat({ max: 12 }).map(String),
  fc.nat({ max: 120 }).map((number) => String(number).padStart(2, '0')),
  fc.nat({ max: 120 }).map((number) => String(number).padStart(3, '0')),
)
const name = fc
  .tuple(
    fc.constantFrom('web', 'db-', '主机', 'a.b'),
    digits,
    fc.constantFrom('', '.example.com', '-x'),
    fc.option(digits),
  )
  .map(([prefix, number, suffix, other]) => `${prefix}${number}${suffix}${other ?? ''}`)

describe('foldHosts', () => {
  it.each([
    [['web03', 'web04', 'web05', 'web06', 'web07', 'web12', 'db1'], 'db1,web[03-07,12]'],
    [['web1', 'web2', 'web01', 'web02'], 'web[1-2],web[01-02]'],
    [['web10', 'web9', 'web8'], 'web[8-10]'],
    [['web100', 'web099', 'web098'], 'web[098-100]'],
    [['web99', 'web100', 'web01'], 'web[01,99-100]'],
    [['web02.example.com', 'web01.example.com'], 'web[01-02].example.com'],
    [['rack1-node01', 'rack1-node02', 'rack2-node01', 'rack2-node02'], 'rack[1-2]-node[01-02]'],
    [['rack1-node01', 'rack1-node02', 'rack2-node01'], 'rack1-node[01-02],rack2-node01'],
    [['10.0.0.5', '10.0.0.6', '10.0.1.5'], '10.0.0.[5-6],10.0.1.5'],
    [['deploy@web01:2222', 'deploy@web02:2222'], 'deploy@web[01-02]:2222'],
    [['beta', 'alpha', 'beta'], 'alpha,beta'],
    [['web01'], 'web01'],
    [[], ''],
  ])('folds %j', (names, folded) => {
    expect(foldHosts(names)).toBe(folded)
  })

  it('leaves alone what a target would read otherwise', () => {
    expect(foldHostList(['fe80::1', 'fe80::2', 'x*1', 'x*2', 'a=1', 'a=2', '!1', '!2'])).toEqual(
      expect.arrayContaining(['fe80::1', 'fe80::2', 'x*1', 'x*2', 'a=1', 'a=2', '!1', '!2']),
    )
  })

  it('leaves numbers alone that no range can hold', () => {
    expect(foldHosts(['a1234567890123456', 'a1234567890123457'])).toBe('a1234567890123456,a1234567890123457')
  })

  it('expands to the same names', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 60 }), (names) => {
        expect(names.length === 0 ? [] : expand(foldHosts(names)).toSorted()).toEqual([...new Set(names)].toSorted())
      }),
    )
  })

  it('is the same whatever the order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        expect(foldHosts(names.toReversed())).toBe(foldHosts(names))
      }),
    )
  })

  it('selects the same hosts as a target', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 30 }), fc.nat(), (names, seed) => {
        const inventory = parseInventory(`groups: { all-of-them: { hosts: ${JSON.stringify(names)} } }`, 'i.yaml', '/h')
        const chosen = names.filter((_, index) => (seed >> (index % 8)) % 2 === 0)
        const words = splitTarget(foldHosts(chosen.length === 0 ? names : chosen))
        expect(selectHosts(words, inventory).map((host) => host.name)).toEqual(chosen.length === 0 ? names : chosen)
      }),
    )
  })

  it('folds 10,000 hosts', () => {
    const names = Array.from(
      { length: 10_000 },
      (_, index) => `r${index % 10}-web${String(index).padStart(5, '0')}.example.com`,
    )
    expect(expand(foldHosts(names))).toHaveLength(10_000)
    expect(foldHosts(Array.from({ length: 10_000 }, (_, index) => `web${String(index).padStart(5, '0')}`))).toBe(
      'web[00000-09999]',
    )
  })
})

describe('breakFold', () => {
  it.each([
    ['web[03,05,09-11].x', 14, ['web[03,05].x', 'web[09-11].x']],
    ['r[1-2]n[1,3,5]', 12, ['r[1-2]n[1,3]', 'r[1-2]n[5]']],
    ['web[03,05]', 10, ['web[03,05]']],
    ['web[03-05]', 4, ['web[03-05]']],
    ['a-long-name', 4, ['a-long-name']],
  ])('breaks %s at %i', (fold, width, folds) => {
    expect(breakFold(fold, width)).toEqual(folds)
  })
})

describe('a list of hosts outside of an inventory', () => {
  it('is one target each', () => {
    const hosts = splitTarget('deploy@web[01-02]:2222,root@db1').flatMap(readWrittenHosts)
    expect(hosts.map((host) => host.name)).toEqual(['deploy@web01:2222', 'deploy@web02:2222', 'root@db1'])
  })
})
