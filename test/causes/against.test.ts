import { describe, expect, it } from 'vitest'
import type { Cause, Holds } from '../../src/causes/define.js'
import { causes } from '../../src/causes/index.js'
import type { Facts } from '../../src/probes/index.js'
import { deadFacts, disk, dyingFacts } from '../support/broken.js'
import { judgeHost } from '../support/cases.js'
import { daemon, known, listener, listeners, nowMs, pm2, pm2Log, servingFacts } from '../support/facts.js'
import { buildFacts, pm2App } from '../support/record.js'

/** What a cause says of a host: how sure it is, and what it names against itself. */
function told(id: string, facts: Facts): Pick<Holds, 'confidence' | 'against'> | undefined {
  const cause = causes.find((each): each is Cause => each.id === id)
  const said = cause && judgeHost(cause, { facts, apps: [], login: 'ops', fromHere: [] })[0]
  return said?.holds ? { confidence: said.confidence, against: said.against ?? [] } : undefined
}

const page = { source: 'curl http://127.0.0.1:3000/', text: 'HTTP 200 after 12 ms' }

describe('pages that are served speak against a cause of an outage', () => {
  it.each([
    ['next-build-missing', { builds: buildFacts({ distExists: false, buildId: null }) }],
    ['next-build-incomplete', { builds: buildFacts({ missing: ['routes-manifest.json'] }) }],
    ['disk-full', { disks: disk({ usedPercent: 100, availableBytes: 0 }) }],
    ['inodes-exhausted', { disks: disk({ inodesUsedPercent: 100 }) }],
  ])('%s', (id, overrides) => {
    const said = told(id, servingFacts(overrides))
    expect(said?.confidence).toBe('medium')
    expect(said?.against?.[0]).toEqual(page)
  })

  it.each([
    ['next-build-missing', { builds: buildFacts({ distExists: false, buildId: null }) }],
    ['next-build-incomplete', { builds: buildFacts({ missing: ['routes-manifest.json'] }) }],
  ])('%s is certain where nothing is served', (id, overrides) => {
    expect(told(id, deadFacts(overrides))).toEqual({ confidence: 'high', against: [] })
  })
})

describe('db-unreachable-crash', () => {
  const refused = ['Error: connect ECONNREFUSED 127.0.0.1:5432']

  it('is likely only where the database listens by now', () => {
    const back = listeners(listener({ address: '127.0.0.1', port: 5432, processName: 'postgres', pids: [900] }))
    expect(told('db-unreachable-crash', dyingFacts(refused, { listeners: back }))).toEqual({
      confidence: 'medium',
      against: [{ source: 'ss -ltnp', text: '127.0.0.1:5432 listens now' }],
    })
  })

  it('is certain where it does not, and takes no listener here for a database elsewhere', () => {
    expect(told('db-unreachable-crash', dyingFacts(refused))).toEqual({ confidence: 'high', against: [] })
    const own = listeners(listener({ port: 5432 }))
    const elsewhere = dyingFacts(['Error: connect ECONNREFUSED 10.9.9.9:5432'], { listeners: own })
    expect(told('db-unreachable-crash', elsewhere)).toEqual({ confidence: 'high', against: [] })
  })
})

it('oom-killed-app: a pm2.log without SIGKILL speaks for another process', () => {
  const kill = {
    atMs: nowMs - 60_000,
    pid: 4001,
    name: 'node',
    rssBytes: null,
    scope: 'host' as const,
    text: 'Killed process 4001 (node)',
  }
  const log = pm2Log([30, 'App [classrooom:0] exited with code [1] via signal [SIGINT]'])
  const errored = pm2App({ status: 'errored', pid: 0, restarts: 16, startedMs: nowMs - 60_000 })
  const facts = dyingFacts([], {
    pm2: pm2(daemon({ apps: [errored], log })),
    'kernel-log': known({ source: 'dmesg', oomKills: [kill], firewallBlocks: [], oomKillsSinceBoot: 1 }),
  })
  expect(told('oom-killed-app', facts)).toEqual({
    confidence: 'medium',
    against: [{ source: '/home/deploy/.pm2/pm2.log', text: 'no end of classrooom by SIGKILL in its last lines' }],
  })
})
