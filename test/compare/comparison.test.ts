import { describe, expect, it } from 'vitest'
import { compareFleet } from '../../src/compare/fleet.js'
import type { HostRecord } from '../../src/record.js'
import { appHost, appHosts } from '../support/app-host.js'
import { facts, hostRecord, pm2App, pm2Facts, unreachableHost } from '../support/record.js'

const compare = (hosts: HostRecord[]) => compareFleet(hosts).comparisons
const scopesOf = (hosts: HostRecord[]) => compare(hosts).map(({ app, group, hosts }) => [app, group, hosts.length])
const outliersOf = (hosts: HostRecord[]) =>
  compare(hosts).flatMap(({ app, group, outliers }) =>
    outliers.map(({ hosts, differs }) => [app, group, hosts.join(), differs.map(({ column }) => column).join()]),
  )
const columnOf = (hosts: HostRecord[], id: string) =>
  compare(hosts)
    .flatMap(({ columns }) => columns)
    .find((column) => column.id === id)

describe('what is compared', () => {
  it('is each group of three hosts, and each app on three; the same set once', () => {
    expect(scopesOf(appHosts(3))).toEqual([
      [null, 'web', 3],
      ['classrooom', null, 3],
    ])
    expect(scopesOf(appHosts(2))).toEqual([])
  })

  it('is all hosts together where there is no group', () => {
    expect(scopesOf(appHosts(3, {}, { groups: [] }))).toEqual([
      [null, null, 3],
      ['classrooom', null, 3],
    ])
  })

  it('leaves out hosts of which nothing is known', () => {
    expect(scopesOf([...appHosts(2), unreachableHost({ groups: ['web'] })])).toEqual([])
  })

  it('is each of two apps of a host for itself', () => {
    const twoApps = (name: string, node: string) =>
      hostRecord({
        name,
        facts: facts({
          pm2: pm2Facts([
            pm2App({ nodeVersion: '20.19.2' }),
            pm2App({ name: 'api', nodeVersion: node, cwd: '/srv/api' }),
          ]),
        }),
      })
    const hosts = [twoApps('web1', '20.19.2'), twoApps('web2', '20.19.2'), twoApps('web3', '18.20.4')]
    expect(scopesOf(hosts).map(([app]) => app)).toEqual([null, 'classrooom', 'api'])
    expect(outliersOf(hosts)).toEqual([['api', null, 'web3', 'node']])
  })
})

describe('a majority', () => {
  it('is what more than half have of those that were seen', () => {
    const hosts = [...appHosts(2), appHost('web3', { buildId: 'b2' })]
    expect(columnOf(hosts, 'build')).toEqual({
      id: 'build',
      heading: 'BUILD_ID',
      seen: 3,
      values: 2,
      majority: { value: 'b1', count: 2 },
    })
    expect(outliersOf(hosts)).toEqual([['classrooom', null, 'web3', 'build']])
  })

  it('is not claimed of a half, nor of the most frequent of many, and then nobody is odd', () => {
    const half = [...appHosts(2), ...appHosts(2, { buildId: 'b2' }, { from: 3 })]
    const third = [...half, ...appHosts(1, { buildId: 'b3' }, { from: 5 })]
    expect(columnOf(half, 'build')).toMatchObject({ seen: 4, values: 2, majority: null })
    expect(columnOf(third, 'build')).toMatchObject({ seen: 5, values: 3, majority: null })
    expect([...outliersOf(half), ...outliersOf(third)]).toEqual([])
  })

  it('counts what was not seen neither for nor against, but that there is none as a value', () => {
    const unseen = [...appHosts(3), ...appHosts(3, { nodeVersion: null }, { from: 4 })]
    expect(columnOf(unseen, 'node')).toMatchObject({ seen: 3, values: 1, majority: { count: 3 } })
    expect(outliersOf(unseen)).toEqual([])
    const none = [...appHosts(3), appHost('web4', { nodeEnv: null })]
    expect(compare(none).at(-1)?.outliers).toEqual([{ hosts: ['web4'], differs: [{ column: 'node-env', value: '-' }] }])
  })
})

describe('an outlier', () => {
  it('stands with those that differ in the same', () => {
    const hosts = [
      ...appHosts(5),
      ...appHosts(2, { nodeVersion: '18.20.4', buildId: null }, { from: 6 }),
      appHost('web8', { nodeVersion: '18.20.4' }),
    ]
    expect(compare(hosts).at(-1)?.outliers).toEqual([
      {
        hosts: ['web6', 'web7'],
        differs: [
          { column: 'build', value: '-' },
          { column: 'node', value: '18.20.4' },
        ],
      },
      { hosts: ['web8'], differs: [{ column: 'node', value: '18.20.4' }] },
    ])
  })

  it('of two groups is told once, in the narrower', () => {
    const hosts = [
      ...appHosts(6, {}, { groups: ['prod', 'web'] }),
      appHost('web7', { nodeVersion: '18.20.4' }, { groups: ['prod', 'web'] }),
      ...appHosts(4, {}, { groups: ['prod'], from: 8 }),
    ]
    expect(outliersOf(hosts)).toEqual([['classrooom', 'web', 'web7', 'node']])
  })

  it('is nobody for being as its own group is', () => {
    const hosts = [
      ...appHosts(6, { buildId: 'b1' }, { groups: ['all', 'prod'] }),
      ...appHosts(3, { buildId: 'b2' }, { groups: ['all', 'staging'], from: 7 }),
    ]
    expect(outliersOf(hosts)).toEqual([])
  })

  it('is not the healthy one of a group that a fault has split', () => {
    const hosts = [
      ...appHosts(6),
      ...appHosts(2, { nodeVersion: '18.20.4' }, { groups: ['web', 'eu'], from: 7 }),
      appHost('web9', {}, { groups: ['web', 'eu'] }),
    ]
    expect(outliersOf(hosts)).toEqual([['classrooom', null, 'web7,web8', 'node']])
  })
})

describe('the environment', () => {
  const env = { DATABASE_URL: 'aaaaaaaaaaaa', API_KEY: 'bbbbbbbbbbbb' }

  it('is told by the names that make the difference', () => {
    const hosts = [...appHosts(3, { env }), appHost('web4', { env: { API_KEY: env.API_KEY, DEBUG: 'cccccccccccc' } })]
    expect(compare(hosts).at(-1)?.outliers).toEqual([
      {
        hosts: ['web4'],
        differs: [{ column: 'env', value: '2 #777dd5', lacks: ['DATABASE_URL'], adds: ['DEBUG'] }],
      },
    ])
  })

  it('shows that a value differs by its digest', () => {
    const hosts = [...appHosts(3, { env }), appHost('web4', { env: { ...env, DATABASE_URL: 'dddddddddddd' } })]
    expect(compare(hosts).at(-1)?.outliers).toEqual([
      { hosts: ['web4'], differs: [{ column: 'env:DATABASE_URL', value: '#dddddddddddd' }] },
    ])
    expect(columnOf(hosts, 'env:DATABASE_URL')?.majority).toEqual({ value: '#aaaaaaaaaaaa', count: 3 })
    expect(columnOf(hosts, 'env:API_KEY')).toBeUndefined()
  })

  it('says nothing of variables that are different everywhere', () => {
    const hosts = [1, 2, 3, 4].map((number) => appHost(`web${number}`, { env: { ...env, POD: `${number}` } }))
    expect(columnOf(hosts, 'env:POD')).toBeUndefined()
    expect(outliersOf(hosts)).toEqual([])
  })
})

it('compares 10,000 hosts', () => {
  const hosts = Array.from({ length: 10_000 }, (_, index) =>
    appHost(
      `web${index}`,
      { nodeVersion: index % 1000 === 7 ? '18.20.4' : '20.19.2', env: { A: 'same', B: `${index % 4 === 3}` } },
      { groups: ['web', `rack${index % 100}`] },
    ),
  )
  const comparisons = compare(hosts)
  expect(comparisons).toHaveLength(202)
  const racks = comparisons.filter(({ outliers }) => outliers.some(({ differs }) => differs[0]?.column === 'node'))
  expect(racks.map(({ app, group, outliers }) => [app, group, outliers[0]?.hosts.length])).toEqual([
    ['classrooom', 'rack7', 10],
  ])
  expect(JSON.stringify(comparisons).length).toBeLessThan(1_500_000)
})
