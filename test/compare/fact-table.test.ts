import { describe, expect, it } from 'vitest'
import { checkColumns, layOutFacts, toPlainTable } from '../../src/compare/fact-table.js'
import { appHost, appHosts } from '../support/app-host.js'
import { hostRecord, unreachableHost } from '../support/record.js'
import { readRecording } from '../support/recordings.js'
import { factsOf } from '../support/replay.js'

describe('a table of facts', () => {
  it('has what a real host says', async () => {
    const hosts = [hostRecord({ facts: await factsOf(readRecording('ops', 'healthy')) })]
    const tables = layOutFacts(hosts).map((table) => [
      table.app,
      Object.fromEntries(table.columns.map(({ id }, index) => [id, table.rows[0]?.values[index]])),
    ])
    expect(tables).toEqual([
      [
        null,
        expect.objectContaining({
          gateway: 'nginx 1.22.1',
          apps: 'classrooom',
          pm2: '7.0.4',
          init: 'systemd',
          timezone: 'UTC',
        }),
      ],
      [
        'classrooom',
        expect.objectContaining({
          node: '20.20.2',
          'node-env': 'production',
          port: '3000',
          manager: 'pm2',
          'exec-mode': 'fork',
          instances: '1',
          user: 'deploy',
          autorestart: 'true',
        }),
      ],
    ])
  })

  it('has the columns that were asked for, and of the variables those that differ', () => {
    const hosts = [
      ...appHosts(2, { env: { A: '1', B: '1' } }),
      appHost('web3', { env: { A: '1', B: '2' }, buildId: 'b2' }),
    ]
    const idsOf = (choice: Parameters<typeof layOutFacts>[1]) =>
      layOutFacts(hosts, choice).map(({ app, columns }) => [app, columns.map(({ id }) => id).join()])
    expect(idsOf({ columns: ['env:*', 'node', 'gateway'] })).toEqual([
      [null, 'gateway'],
      ['classrooom', 'env:A,env:B,node'],
    ])
    expect(idsOf({ onlyDifferences: true })).toEqual([['classrooom', 'build,env:B']])
  })

  it('is plain rows for other formats, either way round', () => {
    const hosts = [...appHosts(3), appHost('web4', { nodeVersion: '18.20.4' }), unreachableHost()]
    const [, table] = layOutFacts(hosts, { columns: ['gateway', 'node', 'next'] })
    expect(table && toPlainTable(table)).toEqual({
      headings: ['classrooom', 'most', 'web1', 'web2', 'web3', 'web4'],
      rows: [
        ['Node.js', '20.20.2 (3 of 4)', '20.20.2', '20.20.2', '20.20.2', '18.20.4'],
        ['Next.js', '15.5.9', '15.5.9', '15.5.9', '15.5.9', '15.5.9'],
      ],
    })
    expect(table && toPlainTable(table, true).rows[4]).toEqual(['web4', '18.20.4', '15.5.9'])
  })

  it('claims no majority of two', () => {
    const [table] = layOutFacts([appHost('web1'), appHost('web2', { buildId: null })], { columns: ['build', 'next'] })
    expect(table && toPlainTable(table).rows).toEqual([
      ['BUILD_ID', 'no majority: 2 values', 'b1', '-'],
      ['Next.js', '15.5.9', '15.5.9', '15.5.9'],
    ])
  })
})

it('knows its columns', () => {
  expect(() => checkColumns(['node', 'env:DATABASE_URL', 'env:*'])).not.toThrow()
  expect(() => checkColumns(['nod'])).toThrow("there is no column 'nod'")
})
