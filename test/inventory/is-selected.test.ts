import { describe, expect, it } from 'vitest'
import { isSelected } from '../../src/inventory/is-selected.js'

const host = { name: 'web03', groups: ['web', 'eu'], labels: { env: 'prod' } }

describe('isSelected', () => {
  it.each([
    'web03',
    'web',
    'all',
    'web[01-05]',
    'web0*',
    'env=prod',
    'env=p*',
    'web:&eu',
    'web:!web04',
    '!db',
    'db,web',
    '&eu',
  ])('takes a host by %s', (target) => expect(isSelected(host, target)).toBe(true))

  it.each(['web04', 'db', 'web[04-05]', 'env=test', 'tier=1', 'web:&us', 'web:!web03', '!web', '&us', 'x*'])(
    'leaves it by %s',
    (target) => expect(isSelected(host, target)).toBe(false),
  )

  it('knows a host by a name that would be more than one part of a target', () => {
    const named = { name: 'deploy@203.0.113.7:2222', groups: [], labels: {} }
    expect(isSelected(named, 'deploy@203.0.113.7:2222')).toBe(true)
  })
})

describe('hosts outside of an inventory', () => {
  it.each(['deploy@web[01-02]:2222', 'db1,deploy@web02:2222'])('are meant by %s', (target) => {
    expect(isSelected({ name: 'deploy@web02:2222', groups: [], labels: {} }, target)).toBe(true)
    expect(isSelected({ name: 'deploy@web03:2222', groups: [], labels: {} }, target)).toBe(false)
  })
})
