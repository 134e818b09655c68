import { describe, expect, it } from 'vitest'
import type { HostRecord } from '../../src/record.js'
import { drawOutliers } from '../../src/report/outliers.js'
import { createStyle } from '../../src/report/style.js'
import { appHost, appHosts } from '../support/app-host.js'
import { runRecord } from '../support/record.js'

const draw = (hosts: HostRecord[], { width = 80, unicode = true } = {}) =>
  drawOutliers(runRecord(hosts), createStyle({ width, unicode, color: false }))

describe('the outliers of a report', () => {
  it('are not mentioned where there are none', () => {
    expect(draw(appHosts(4))).toEqual([])
    expect(draw([appHost('web1')])).toEqual([])
    expect(draw([appHost('web1'), appHost('web2', { nodeVersion: '18.20.4' })])).toEqual([])
  })

  it('are told with what the others have, those alike together', () => {
    const env = { DATABASE_URL: 'aaa', API_KEY: 'bbb' }
    const hosts = [
      ...appHosts(8, { env }, { groups: ['web', 'eu'] }),
      ...appHosts(2, { env, nodeVersion: '18.20.4', buildId: null }, { from: 9, groups: ['web', 'eu'] }),
      appHost('web11', { env: { API_KEY: 'ccc', DEBUG: 'x' } }),
    ]
    expect(draw(hosts)).toEqual([
      'Outliers',
      '  classrooom on web[9-10] differ from the other 8 of eu in: BUILD_ID (none,',
      '    others b1), Node.js (18.20.4, others 20.20.2)',
      '  classrooom on web11 differs from the other 10 in: environment (lacks',
      '    DATABASE_URL; has DEBUG besides), API_KEY (another value)',
      '  side by side: fleetdx diff web9 web1',
    ])
  })

  it('stand below what tells the sick from the healthy, and do not repeat it', () => {
    const hosts = [
      ...appHosts(4),
      ...appHosts(2, { nodeVersion: '18.20.4', env: { A: '1' } }, { status: 'broken', from: 5 }),
    ]
    expect(draw(hosts, { width: 200 })).toEqual([
      'Outliers',
      '  next-build-missing: classrooom on web[5-6] differ from the 4 healthy hosts in: Node.js (18.20.4, healthy 20.20.2), environment (has A besides)',
    ])
  })

  it('are no camps where all are alike, and too few for a majority', () => {
    expect(draw(appHosts(2, { buildId: 'b2' }))).toEqual([])
  })

  it('say which healthy hosts are meant where it is some of them', () => {
    const hosts = [
      ...appHosts(3, { nodeVersion: '18.20.4' }, { groups: ['all', 'eu'] }),
      ...appHosts(3, { nodeVersion: '20.19.2' }, { groups: ['all', 'us'], from: 4 }),
      ...appHosts(2, { nodeVersion: '22.1.0' }, { status: 'broken', groups: ['all', 'us'], from: 7 }),
    ]
    expect(draw(hosts, { width: 200 })[1]).toBe(
      '  next-build-missing: classrooom on web[7-8] differ from 3 of the healthy hosts (web[4-6]) in: Node.js (22.1.0, healthy 20.19.2)',
    )
  })

  it('are nobody where there are two camps: then that is told', () => {
    expect(draw([...appHosts(3), ...appHosts(3, { buildId: 'b2' }, { from: 4 })])).toEqual([
      'Outliers',
      '  classrooom: no majority in: BUILD_ID (2 values)',
    ])
  })

  it('are twelve lines at most, and each names six differences', () => {
    const hosts = [
      ...appHosts(30),
      ...Array.from({ length: 14 }, (_, index) => appHost(`odd${index}`, { nodeVersion: `18.${index}.0` })),
      appHost('wild', {
        ...{
          buildId: 'b9',
          port: 1,
          nodeEnv: 'test',
          execMode: 'cluster',
          args: ['x'],
          autorestart: false,
          watch: true,
        },
      }),
    ]
    const lines = draw(hosts, { width: 300 })
    expect(lines).toHaveLength(15)
    expect(lines[1]).toBe(
      '  classrooom on wild differs from the other 44 in: BUILD_ID (b9, others b1), NODE_ENV (test, others production), port (1, others 3000), exec mode (cluster, others fork), command (/usr/bin/npm x, others /usr/bin/npm start), autorestart (false, others true), 1 more',
    )
    expect(lines.at(-2)).toBe('  and 3 more: fleetdx compare')
  })
})
