import { expect, it } from 'vitest'
import { hostColumns } from '../../src/compare/host-columns.js'
import { facts, nginxFacts } from '../support/record.js'

const read = (id: string, overrides: Parameters<typeof facts>[0]) =>
  hostColumns.find((column) => column.id === id)?.read(facts(overrides))
const unseen = { known: false as const, because: { what: 'it', reason: 'deadline' as const } }

it('does not tell the gateways of a host where nginx stayed unseen', () => {
  expect(read('gateway', {})).toMatch(/^nginx /)
  expect(read('gateway', { nginx: unseen })).toBeUndefined()
  expect(read('gateway-config', { nginx: unseen })).toBeUndefined()
})

it.each(['apache', 'caddy', 'haproxy'])(
  'takes no stopped gateway for the one that serves where %s stayed unseen',
  (name) => {
    expect(read('gateway', { nginx: nginxFacts(false), [name]: unseen })).toBeUndefined()
    expect(read('gateway', { nginx: nginxFacts(false) })).toMatch(/^nginx /)
  },
)
