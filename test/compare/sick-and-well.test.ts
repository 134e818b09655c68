import { describe, expect, it } from 'vitest'
import { compareFleet } from '../../src/compare/fleet.js'
import { appHost, appHosts } from '../support/app-host.js'

const contrastsOf = (hosts: Parameters<typeof compareFleet>[0]) => compareFleet(hosts).contrasts
const broken = { status: 'broken' as const }

describe('sick hosts', () => {
  it('are told apart from the healthy ones by what separates them, and by nothing else', () => {
    const hosts = [
      ...appHosts(4, { nodeVersion: '20.19.2', env: { DB: 'aaa', MODE: 'x' } }),
      ...appHosts(1, { nodeVersion: '20.19.2', env: { DB: 'aaa', MODE: 'y' } }, { from: 5 }),
      ...appHosts(3, { nodeVersion: '18.20.4', env: { DB: 'bbb', MODE: 'y' } }, { ...broken, from: 6 }),
    ]
    expect(contrastsOf(hosts)).toEqual([
      {
        cause: 'next-build-missing',
        sick: ['web6', 'web7', 'web8'],
        well: ['web1', 'web2', 'web3', 'web4', 'web5'],
        app: 'classrooom',
        differs: [
          { column: 'node', sick: ['18.20.4'], well: ['20.19.2'] },
          { column: 'env:DB', sick: ['#bbb'], well: ['#aaa'] },
        ],
      },
    ])
  })

  it('are held against the healthy ones of the narrowest group that has both', () => {
    const hosts = [
      ...appHosts(3, { nodeVersion: '18.20.4' }, { groups: ['all', 'eu'] }),
      ...appHosts(3, { nodeVersion: '20.19.2' }, { groups: ['all', 'us'], from: 4 }),
      ...appHosts(2, { nodeVersion: '22.1.0' }, { ...broken, groups: ['all', 'us'], from: 7 }),
    ]
    expect(contrastsOf(hosts).map(({ well }) => well)).toEqual([['web4', 'web5', 'web6']])
  })

  it('are not told apart from healthy ones of which no two are alike', () => {
    const sick = appHosts(3, { nodeVersion: '18.20.4' }, { ...broken, from: 6 })
    const well = ['20.1.0', '20.2.0'].map((nodeVersion, index) => appHost(`web${index + 1}`, { nodeVersion }))
    expect(contrastsOf([...well, ...sick])).toEqual([])
    expect(contrastsOf([...well, appHost('web3', { nodeVersion: '20.2.0' }), ...sick])).toHaveLength(1)
  })

  it('of which there is but one, or whose cause it is that they have none, are left to the outliers', () => {
    expect(contrastsOf([...appHosts(4), appHost('web5', { nodeVersion: '18.20.4' }, broken)])).toEqual([])
    expect(contrastsOf([...appHosts(4), ...appHosts(2, { buildId: null }, { ...broken, from: 5 })])).toEqual([])
  })

  it('are not told apart by what was seen on few of them', () => {
    const sick = [
      appHost('web5', { nodeVersion: '18.20.4' }, broken),
      ...appHosts(3, { nodeVersion: null }, { ...broken, from: 6 }),
    ]
    expect(contrastsOf([...appHosts(4), ...sick])).toEqual([])
  })

  it('differ in the names of their environment', () => {
    const hosts = [
      ...appHosts(3, { env: { DB: 'a' } }),
      ...appHosts(2, { env: { DEBUG: 'a' } }, { ...broken, from: 4 }),
    ]
    expect(contrastsOf(hosts)[0]?.differs).toEqual([
      { column: 'env', sick: [expect.any(String)], well: [expect.any(String)], lacks: ['DB'], adds: ['DEBUG'] },
    ])
  })
})
