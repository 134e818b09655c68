import { describe, expect, it } from 'vitest'
import kernelLog from '../../src/probes/kernel-log.js'
import { collectHere } from '../support/collect-here.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

const head = 'clock 1795509332 +0100\nuptime 2000.00\n'

describe('kernel-log', () => {
  it('reads kills in a container out of dmesg', () => {
    const facts = kernelLog.parse(readSection(kernelLog, 'debian-12'))
    expect(facts).toMatchObject({ source: 'dmesg', firewallBlocks: [], oomKillsSinceBoot: 6 })
    expect(facts.oomKills).toHaveLength(6)
    expect(facts.oomKills[1]).toEqual({
      atMs: 1795509202377,
      pid: 31691,
      name: 'node /home/depl',
      scope: 'cgroup',
      text: 'Memory cgroup out of memory: Killed process 31691 (node /home/depl) total-vm:1312004kB, anon-rss:289876kB, file-rss:40748kB, shmem-rss:0kB, UID:1000 pgtables:1112kB oom_score_adj:0',
    })
  })

  it('knows the count of kills even where the log may not be read, and says that it may not', () => {
    const section = readSection(kernelLog, 'debian-12--other-user')
    expect(section.blind).toEqual([{ what: 'the kernel log', reason: 'permission' }])
    expect(kernelLog.parse(section)).toEqual({
      source: 'none',
      oomKills: [],
      firewallBlocks: [],
      reachedLimits: [],
      oomKillsSinceBoot: 6,
    })
  })

  it('reads the journal, systemd-oomd in it', () => {
    const facts = parseLog(
      'journalctl',
      `1795509000.250000 web-1 kernel: Out of memory: Killed process 812 (next-server (v1) total-vm:1234kB, anon-rss:1kB
1795509100.500000 web-1 systemd-oomd[612]: Killed /system.slice/pm2-deploy.service due to memory pressure for /system.slice being 91.20% > 50.00%`,
    )
    expect(facts.oomKills).toMatchObject([
      { atMs: 1795509000250, pid: 812, name: 'next-server (v1', scope: 'host' },
      { atMs: 1795509100500, pid: null, name: 'pm2-deploy.service', scope: 'cgroup' },
    ])
  })

  it('counts the two lines of an old kernel as one kill, and reads local times without a year', () => {
    const facts = parseLog(
      '/var/log/messages',
      `Nov 24 09:12:33 web-1 kernel: [ 8123.456789] Out of memory: Kill process 812 (node) score 900 or sacrifice child
Nov 24 09:12:33 web-1 kernel: [ 8123.456799] Killed process 812 (node) total-vm:1234kB, anon-rss:1kB, file-rss:0kB
Dec 31 23:00:00 web-1 kernel: Memory cgroup out of memory: Kill process 9 (node) score 900 or sacrifice child`,
    )
    expect(facts.oomKills).toMatchObject([
      { atMs: Date.UTC(2026, 10, 24, 8, 12, 33), pid: 812, name: 'node', scope: 'host' },
      { atMs: Date.UTC(2025, 11, 31, 22), pid: 9, name: 'node', scope: 'cgroup' },
    ])
  })

  it('counts what firewalls dropped by port and source', () => {
    const block = (time: string, source: string) =>
      `2026-11-24T${time}.5+01:00 web-1 kernel: [UFW BLOCK] IN=eth0 OUT= MAC=02:fc SRC=${source} DST=192.0.2.2 LEN=60 TTL=52 ID=1 DF PROTO=TCP SPT=40112 DPT=3000 WINDOW=64240 RES=0x00 SYN URGP=0`
    const facts = parseLog(
      '/var/log/kern.log',
      [block('08:00:00', '203.0.113.9'), block('08:00:05', '203.0.113.9'), block('08:01:00', '2001:db8::9')].join('\n'),
    )
    expect(facts.firewallBlocks).toEqual([
      { atMs: Date.UTC(2026, 10, 24, 7, 0, 5, 500), port: 3000, source: '203.0.113.9', count: 2 },
      { atMs: Date.UTC(2026, 10, 24, 7, 1, 0, 500), port: 3000, source: '2001:db8::9', count: 1 },
    ])
  })

  it('counts how often a limit was reached, by what it is a limit of', () => {
    const facts = parseLog(
      'journalctl',
      `1795509000.250000 web-1 kernel: nf_conntrack: nf_conntrack: table full, dropping packet
1795509001.250000 web-1 kernel: nf_conntrack: table full, dropping packet
1795509002.000000 web-1 kernel: cgroup: fork rejected by pids controller in /system.slice/pm2-deploy.service`,
    )
    expect(facts.reachedLimits).toEqual([
      {
        limit: 'conntrack',
        group: null,
        atMs: 1795509001250,
        count: 2,
        text: 'nf_conntrack: table full, dropping packet',
      },
      {
        limit: 'tasks',
        group: '/system.slice/pm2-deploy.service',
        atMs: 1795509002000,
        count: 1,
        text: 'cgroup: fork rejected by pids controller in /system.slice/pm2-deploy.service',
      },
    ])
  })

  it('reads an empty log', () => {
    expect(parseLog('journalctl', '')).toEqual({
      source: 'journalctl',
      oomKills: [],
      firewallBlocks: [],
      reachedLimits: [],
      oomKillsSinceBoot: null,
    })
  })

  it('keeps what came before a cut', () => {
    const text = `${head}\n@fleetdx part log dmesg\n[ 1.5] Out of memory: Killed process 7 (node) total-vm:1kB\n[ 2.5] Out of mem`
    expect(kernelLog.parse(cutSection(kernelLog, text)).oomKills).toMatchObject([{ pid: 7, atMs: 1795507333500 }])
  })

  it('refuses text without a log', () => {
    expect(() => kernelLog.parse(frameSection(kernelLog, 'oops'))).toThrow('no kernel log: oops')
  })

  it.each(['dash', 'bash', 'busybox sh'])('looks at this machine in %s', async (shell) => {
    const { facts } = await collectHere(['kernel-log'], { shell })
    expect(facts['kernel-log']).toMatchObject({ known: true, value: { oomKillsSinceBoot: expect.any(Number) } })
  })
})

function parseLog(source: string, lines: string) {
  return kernelLog.parse(frameSection(kernelLog, `${head}\n@fleetdx part log ${source}\n${lines}`))
}
