import { describe, expect, it } from 'vitest'
import pm2CwdDeleted from '../../src/causes/build/pm2-cwd-deleted.js'
import type { Cause } from '../../src/causes/define.js'
import gatewayHealthcheckWrong from '../../src/causes/gateway/gateway-healthcheck-wrong.js'
import conntrackFull from '../../src/causes/network/conntrack-full.js'
import pm2ClusterNpm from '../../src/causes/pm2/pm2-cluster-npm.js'
import { diagnose } from '../../src/diagnose/diagnose.js'
import type { Facts } from '../../src/probes/index.js'
import { gatewayErrors, haproxyTo } from '../cases/gateway-sections.js'
import { errored, pm2Of } from '../cases/pm2-sections.js'
import { appLog } from '../cases/sections.js'
import { deadFacts, disk } from '../support/broken.js'
import { findingsOf, judgeHost } from '../support/cases.js'
import { answer, gatewayAnswer, http, limitsFacts, makeFacts, servingFacts } from '../support/facts.js'
import { buildFacts } from '../support/record.js'

/** How sure a cause is on the first path of a host; undefined where it does not hold. */
async function confidenceOf(cause: Cause, facts: Facts) {
  const [judgement] = judgeHost(cause, await findingsOf(() => facts))
  return judgement?.holds ? judgement.confidence : undefined
}

describe('a full disk', () => {
  const full = { usedPercent: 100, availableBytes: 0 }
  const gone = (path: string, overrides = {}) =>
    diagnose({
      facts: deadFacts({
        pm2: pm2Of({ pid: null, saved: ['classrooom'] }),
        disks: {
          known: true,
          blind: [],
          value: { folders: [...foldersOf(disk(overrides)), ...foldersOf(disk({ path, mount: path, ...full }))] },
        },
      }),
      ...{ apps: [], login: 'ops', fromHere: [] },
    }).causes.map(({ id }) => id)

  it('is why pm2 is gone where its folder is', () => {
    expect(gone('/home/deploy/.pm2')[0]).toBe('disk-full')
  })

  it('is not, where only another one is full', () => {
    expect(gone('/var/log')).toEqual(['pm2-daemon-not-running'])
  })
})

function foldersOf(disks: Facts['disks']) {
  return disks.known ? disks.value.folders : []
}

describe('a health check of HAProxy', () => {
  const told = (reason: string) =>
    makeFacts({
      haproxy: haproxyTo('127.0.0.1:3000 check'),
      'gateway-errors': gatewayErrors(
        'haproxy',
        [`Server app/app1 is DOWN, reason: ${reason}, check duration: 3ms. 0 active and 0 backup servers left.`],
        ['app/app1 http://127.0.0.1:3000'],
      ),
      http: http(answer(), gatewayAnswer({ status: 503, hostHeader: null })),
    })

  it.each([
    ['Layer7 wrong status, code: 404, info: "Not Found"', 'high'],
    ['Layer4 timeout', 'medium'],
    ['Layer6 invalid response, info: "SSL handshake failure"', 'medium'],
    // The app may have been started since.
    ['Layer4 connection problem, info: "Connection refused"', undefined],
  ])('that ended with %s', async (reason, confidence) => {
    expect(await confidenceOf(gatewayHealthcheckWrong, told(reason))).toBe(confidence)
  })
})

describe('a table of connections that is full', () => {
  const answers = (status: number, gateway: Partial<Facts> = {}) =>
    servingFacts({
      limits: limitsFacts({ conntrack: { count: 65_536, max: 65_536 } }),
      http: http(gatewayAnswer({ status })),
      ...gateway,
    })

  it('is certain where a gateway says that a server did not take a connection in time', async () => {
    expect(await confidenceOf(conntrackFull, answers(504))).toBe('high')
    // nginx says 503 for limits of its own.
    expect(await confidenceOf(conntrackFull, answers(503))).toBe('medium')
  })
})

describe('a command that pm2 runs by a shell', () => {
  const command = { ...errored, script: '/usr/bin/bash', args: ['-c', 'env-cmd next start'], exitCode: 0 }
  const run = (mode: string) => deadFacts({ pm2: pm2Of({ apps: [{ ...command, mode }] }) })

  it('does not run in cluster mode', async () => {
    expect(await confidenceOf(pm2ClusterNpm, run('cluster_mode'))).toBe('high')
    expect(await confidenceOf(pm2ClusterNpm, run('fork_mode'))).toBeUndefined()
  })
})

describe('an app of which the folder is gone', () => {
  const ended = (lines: readonly string[]) =>
    deadFacts({
      pm2: pm2Of({ apps: [{ ...errored, mode: 'cluster_mode', exitCode: 0 }] }),
      builds: buildFacts({ exists: false }),
      'app-logs': appLog(lines),
    })

  it('has lost it, where its log names nothing else', async () => {
    expect(await confidenceOf(pm2CwdDeleted, ended([]))).toBe('high')
    expect(await confidenceOf(pm2CwdDeleted, ended(["Error: Cannot find module 'express'"]))).toBeUndefined()
  })
})
