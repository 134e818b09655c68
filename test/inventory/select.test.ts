import { describe, expect, it } from 'vitest'
import { parseInventory } from '../../src/inventory/load.js'
import { selectHosts } from '../../src/inventory/select.js'

const inventory = parseInventory(
  `
groups:
  web: { hosts: ['web[01-03]'], labels: { env: prod } }
  eu: { hosts: [web01, db01] }
  production: { children: [web] }
hosts:
  db01:
  lonely:
`,
  'inventory.yaml',
  '/home/me',
)

const select = (...words: string[]) => selectHosts(words, inventory).map(({ name }) => name)

describe('selectHosts', () => {
  it.each([
    [[], ['web01', 'web02', 'web03', 'db01', 'lonely']],
    [['all'], ['web01', 'web02', 'web03', 'db01', 'lonely']],
    [
      ['db01', 'web', 'web01'],
      ['web01', 'web02', 'web03', 'db01'],
    ],
    [['production'], ['web01', 'web02', 'web03']],
    [['w*1'], ['web01']],
    [['web0?'], ['web01', 'web02', 'web03']],
    [['pro*'], ['web01', 'web02', 'web03']],
    [['web[02-03]'], ['web02', 'web03']],
    [['web:&eu'], ['web01']],
    [['web:!web[01:02]'], ['web03']],
    [['web,lonely'], ['web01', 'web02', 'web03', 'lonely']],
    [['!web'], ['db01', 'lonely']],
    [['&eu', '!web*'], ['db01']],
    [['web:&eu', 'lonely', '!web01'], ['lonely']],
    [['env=prod:!eu'], ['web02', 'web03']],
  ])('%j selects %j', (words, names) => {
    expect(select(...words)).toEqual(names)
  })

  it.each([
    ['web04', "there is no host or group 'web04' in the inventory"],
    ['!web4', "there is no host or group 'web4' in the inventory"],
    ['web[03-04]', "there is no host or group 'web04' (of 'web[03-04]') in the inventory"],
    ['x*', "no host or group matches 'x*'"],
    ['env=test', "no host has the label 'env=test'"],
    ['lonely:&eu', "no host is left by 'lonely:&eu'"],
    ['web::eu', "the target 'web::eu' has an empty part"],
  ])('refuses %s', (word, message) => {
    expect(() => select(word)).toThrow(expect.objectContaining({ name: 'UserError', message }))
  })

  it('names the nearest hosts and groups', () => {
    expect(() => select('lonley')).toThrow(
      expect.objectContaining({ mend: "write a host outside of the inventory as user@host; did you mean 'lonely'?" }),
    )
  })
})
