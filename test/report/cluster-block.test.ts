import { beforeAll, describe, expect, it } from 'vitest'
import type { HostRecord } from '../../src/record.js'
import { renderReport } from '../../src/report/text.js'
import { faultyHost, fleetRun, lostHost, numberNames } from '../support/fleet.js'
import { brokenHost, causeRecord } from '../support/record.js'

const plain = { width: 100, color: false, unicode: true }

/** The sections of a report between the table and the first that this is not about. */
function blocks(hosts: HostRecord[], options = plain): string {
  const sections = renderReport(fleetRun(hosts), options).split('\n\n')
  return sections.filter((text) => /^(Common causes|[✖⊘?▲] )/.test(text)).join('\n\n')
}

describe('a cluster in the report', () => {
  let missing: HostRecord[]
  beforeAll(async () => {
    missing = await Promise.all(numberNames('web', 3, 7).map((name) => faultyHost(name, 'next-build-missing')))
  })

  it('is one block for its hosts, with when it began', () => {
    expect(blocks(missing)).toMatchInlineSnapshot(`
      "✖ 5 hosts web[03-07]: /home/deploy/classrooom/.next has no production build, so classrooom cannot
        start (next-build-missing)
        when  since 10:26 UTC
        path  ✔ nginx :80 → ✔ firewall :80 → ✔ classrooom.test/ → ✖ 127.0.0.1:3000 nothing listens →
                ✖ process none → ✖ pm2 classrooom errored → ✔ /home/deploy/classrooom →
                ✖ build no .next folder
        why   /home/deploy/classrooom/.next: no .next folder
              /home/deploy/classrooom/logs/pm2-error.log: [Error: Could not find a production build in th…
              pm2 (deploy): classrooom is errored, pid 0, 4 restarts, exit code 1
              curl -H 'Host: classrooom.test' http://127.0.0.1:3000/: refused after 0 ms
              curl -H 'Host: classrooom.test' http://127.0.0.1:80/: HTTP 502 after 1 ms
        so    nothing listens where the gateway sends requests, pm2 has given the app up after too many
              crashes, visitors get HTTP 502
        mend  1. installs the dependencies as locked and builds (risk: takes minutes, a CPU and 1 GB of
                 memory or more; the old build is overwritten)
                 sudo -iu deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'
              2. restarts classrooom (risk: requests fail for the seconds that it takes to start)
                 sudo -iu deploy pm2 restart classrooom --update-env
        more  fleetdx explain next-build-missing"
    `)
  })

  it('of one host is the block of that host', () => {
    const [host] = missing
    expect(blocks(missing.slice(0, 1))).toContain(`✖ web03: ${host?.verdict}`)
  })

  it('of which all are waived stands below what is not', async () => {
    const waived = missing.map((host) => ({ ...host, isWaived: true }))
    const drawn = blocks([...waived, await faultyHost('web08', 'db-unreachable-crash')])
    expect(drawn.match(/^✖ (?:\d hosts )?[^ :]+/gm)).toEqual(['✖ web08', '✖ 5 hosts web[03-07]'])
  })

  it('shows the first host as the example where the others differ, and whose the commands are', () => {
    const differing = (name: string, folder: string) =>
      brokenHost({
        name,
        causes: [causeRecord({ remedy: [{ command: `cd ${folder} && npm run build`, note: 'Build it.', risk: '' }] })],
      })
    expect(
      blocks([differing('a1', '/srv/1'), differing('a2', '/srv/2'), differing('a3', '/srv/3')]),
    ).toMatchInlineSnapshot(`
      "✖ 3 hosts a[1-3]: classrooom has no production build in /home/deploy/classrooom/.next, so next
        start ends at once (next-build-missing)
        e.g.  a1: what follows is of this host, and alike on the others
        path  ✔ nginx :80 → ✔ classrooom.test/ → ✖ 127.0.0.1:3000 nothing listens → ✖ node 4001 none →
                ✖ pm2 classrooom errored → ✖ build no .next folder → ✖ answer refused
        why   ls /home/deploy/classrooom/.next: no such folder
              /home/deploy/.pm2/logs/classrooom-error.log: Error: Could not find a production build in th…
              pm2 (deploy): classrooom: errored, 16 restarts
        so    visitors get HTTP 502
        mend  of a1; each of the others has its own, as by: fleetdx check a2
              1. Build it.
                 cd /srv/1 && npm run build
        more  fleetdx explain next-build-missing"
    `)
  })

  it('says whom a common remedy is for, and who has another problem besides', () => {
    const risk = causeRecord({ id: 'clock-skew', title: 'the clock is wrong', effect: 'risk' })
    const hosts = ['a1', 'a2', 'a3'].map((name, index) =>
      brokenHost({ name, causes: index === 0 ? [causeRecord()] : [causeRecord(), risk] }),
    )
    const text = blocks(hosts)
    expect(text).toContain('  e.g.  a1: what follows is of this host, and alike on the others\n')
    expect(text).toContain('  mend  the same on all 3 hosts:\n        1. Build it.')
    expect(text).toContain('\n  also  a[2-3]: the clock is wrong (clock-skew)')
  })

  it('names many hosts on lines of their own, and of very many some', () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, index) => brokenHost({ name: `node-${index * 3}-${'x'.repeat(index % 5)}` }))
    expect(blocks(named(30))).toMatch(/^✖ 30 hosts: classrooom has no production build in .*\n.*\n {2}on {4}node-/)
    expect(blocks(named(300))).toMatch(/\n {8}and \d+ more: see --format json\n/)
  })
})

describe('common causes', () => {
  it('stand before the blocks', async () => {
    const gate = { reason: 'jump', hop: 'ops@gate:22', message: 'jump host (refused): ops@gate:22 refused' }
    const hosts = [
      ...(await Promise.all(numberNames('web', 1, 3).map((name) => faultyHost(name, 'db-unreachable-crash')))),
      ...numberNames('db', 1, 2).map((name) => lostHost(name, gate)),
    ]
    expect(blocks(hosts).split('\n\n')[0]).toMatchInlineSnapshot(`
      "Common causes
        3 hosts fail to reach 10.85.0.1:5432 (PostgreSQL): look there first
          web[01-03]
          web01: /home/deploy/classrooom/logs/pm2-error.log: Error: connect ECONNREFUSED 10.85.0.1:5432
          web02: /home/deploy/classrooom/logs/pm2-error.log: Error: connect ECONNREFUSED 10.85.0.1:5432
        2 hosts are behind ops@gate:22, which lets nothing through: look there first
          db[01-02]
          db01: ops@gate:22: jump host (refused): ops@gate:22 refused
          db02: ops@gate:22: jump host (refused): ops@gate:22 refused
        3 hosts broke within half an hour of the same change: package.json of classrooom was changed
        (2026-11-24 11:44 UTC); see whether it was that
          web[01-03]
          web01: /home/deploy/classrooom/package.json: 2026-11-24T11:44:50.000Z package.json of classrooo…
          web02: /home/deploy/classrooom/package.json: 2026-11-24T11:44:50.000Z package.json of classrooo…"
    `)
  })
})
