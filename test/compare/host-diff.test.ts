import { describe, expect, it } from 'vitest'
import { diffHosts } from '../../src/compare/host-diff.js'
import { renderHostDiff } from '../../src/report/host-diff.js'
import { known } from '../support/facts.js'
import { facts, hostRecord, pm2App, pm2Facts } from '../support/record.js'

type Digests = Record<string, string>

/** A host with one app, whose environment has these names, and of some of them digests. */
function host(name: string, envKeys: string[], envDigests: Digests, app: Parameters<typeof pm2App>[0] = {}) {
  const files = known({ apps: [{ cwd: '/home/deploy/classrooom', envFiles: [], ecosystemFile: null }] })
  const pm2 = pm2Facts([pm2App({ envKeys, envDigests, ...app })])
  return hostRecord({ name, facts: facts({ pm2, 'app-files': files }) })
}

const one = host('web1', ['API_KEY', 'DB', 'LOG', 'ONLY', 'TERM'], { API_KEY: 'a'.repeat(12), DB: 'b'.repeat(12) })
const other = host(
  'web2',
  ['API_KEY', 'DB', 'LOG', 'MORE', 'SHLVL'],
  { API_KEY: 'a'.repeat(12), DB: 'c'.repeat(12) },
  { nodeVersion: '18.20.4' },
)

describe('two hosts', () => {
  it('differ in facts, in names of variables, and in their values', () => {
    const { facts, apps, environments } = diffHosts([one, other])
    expect(facts).toEqual([{ app: 'classrooom', column: 'node', heading: 'Node.js', values: ['20.20.2', '18.20.4'] }])
    expect(apps).toEqual([[], []])
    expect(environments).toEqual([
      { app: 'classrooom', only: [['ONLY'], ['MORE']], differ: ['DB'], same: ['API_KEY'], unknown: ['LOG'] },
    ])
  })

  it('have apps of their own', () => {
    const third = host('web3', [], {}, { name: 'shop' })
    // What pm2 has saved of the other app is still there.
    expect(diffHosts([one, third]).apps).toEqual([[], ['shop']])
  })

  it('are the same where nothing differs, and what one alone shows is no difference', () => {
    const { facts: differing, same, unseen } = diffHosts([one, { ...one, name: 'web4' }])
    expect(differing).toEqual([])
    expect(same).toBeGreaterThan(3)
    expect(unseen).toEqual([])
    const blind = host('web5', ['API_KEY'], {}, { nodeVersion: null })
    expect(diffHosts([one, blind]).unseen).toEqual([
      { app: 'classrooom', column: 'node', heading: 'Node.js', values: ['20.20.2', null] },
    ])
  })

  it.each([
    [80, '\n                       - web1   + web2\n  classrooom: Node.js  20.20.2  18.20.4\n'],
    [24, '\n  classrooom: Node.js\n  - 20.20.2\n  + 18.20.4\n'],
  ])('are drawn at %i columns', (width, expected) => {
    const pair = { hosts: [one, other] as const, diff: diffHosts([one, other]), config: undefined }
    const text = renderHostDiff(pair, { width, color: false, unicode: true })
    expect(text).toContain(expected)
    if (width === 80)
      expect(text).toContain(`environment of classrooom: 3 different, 1 the same
  - on web1 alone: ONLY
  + on web2 alone: MORE
  ≠ another value: DB
  ? whether the value is the same is not known: LOG
`)
  })
})
