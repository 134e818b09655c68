import { describe, expect, it } from 'vitest'
import host from '../../src/probes/host.js'
import { collectHere } from '../support/collect-here.js'
import { frameSection, readSection } from '../support/read-section.js'

describe('host', () => {
  it('reads a Debian host', () => {
    expect(host.parse(readSection(host, 'debian-12'))).toEqual({
      hostname: 'web-1',
      distribution: 'Debian GNU/Linux 12 (bookworm)',
      kernel: 'Linux 6.1.0-44-amd64',
      init: 'bash',
      nowMs: 1795509332000,
      utcOffsetMinutes: 0,
      uptimeSeconds: 2151.18,
      cores: 2,
      load1: 7.86,
      load5: 7.66,
      load15: 4.01,
      memoryTotalBytes: 24684096 * 1024,
      memoryAvailableBytes: 21596664 * 1024,
      swapTotalBytes: 0,
      swapFreeBytes: 0,
      memoryPressurePercent: 0,
      addresses: ['127.0.0.1', '203.0.113.10', '::1'],
      localhost: ['127.0.0.1'],
    })
  })

  it('reads the same facts from the tools of BusyBox', () => {
    const facts = host.parse(readSection(host, 'busybox-1.35'))
    expect(facts).toMatchObject({ hostname: 'web-1', cores: 2, addresses: ['127.0.0.1', '203.0.113.10', '::1'] })
  })

  it('reads an old host: no release in os-release form, no MemAvailable, no pressure, a zone west of Greenwich', () => {
    const facts = host.parse(
      frameSection(
        host,
        `hostname old
kernel Linux 3.10.0-1160.el7.x86_64
clock 1795509332 -0330
cores 4
uptime 86400.5 100.0
load 0.10 0.20 0.30 1/200 999
@fleetdx part release /etc/redhat-release
CentOS Linux release 7.9.2009 (Core)
@fleetdx part memory
MemTotal:  1000 kB
MemFree:   100 kB
Buffers:   20 kB
Cached:    300 kB`,
      ),
    )
    expect(facts).toMatchObject({
      distribution: 'CentOS Linux release 7.9.2009 (Core)',
      init: 'unknown',
      utcOffsetMinutes: -210,
      memoryAvailableBytes: 420 * 1024,
      memoryPressurePercent: null,
      addresses: [],
    })
  })

  it('keeps what the kernel has counted, for a second reading to compare with', () => {
    const head = 'clock 1795509332 +0000\nuptime 2151.18 1.0\n@fleetdx part memory\nMemTotal: 1000 kB\n'
    const read = (counted: string) =>
      host.parse(frameSection(host, `${head}@fleetdx part counters\n${counted}`)).counters
    expect(
      read('uptime 2151.18\ncpu  746 25 244 11170 61 2 12 8 5 0\npswpin 40\npswpout 90\nListenOverflows 3\n'),
    ).toEqual({
      atSeconds: 2151.18,
      cpuTicks: 12_268,
      cpuIdleTicks: 11_231,
      cpuStealTicks: 8,
      swapInPages: 40,
      swapOutPages: 90,
      listenOverflows: 3,
    })
    expect(read('uptime 2151.18\ncpu  746 25 244 11170\n')).toMatchObject({ swapInPages: null, listenOverflows: null })
    expect(read('uptime \ncpu  746 25\n')).toBeUndefined()
  })

  it('refuses text without a clock, and a memory table without a total', () => {
    expect(() => host.parse(frameSection(host, ''))).toThrow('the clock is no number')
    expect(() =>
      host.parse(frameSection(host, 'clock 1 +0000\nuptime 1.0 1.0\n@fleetdx part memory\nnonsense')),
    ).toThrow('no MemTotal in /proc/meminfo: nonsense')
  })

  it.each(['dash', 'bash', 'busybox sh'])('looks at this machine in %s', async (shell) => {
    const { facts } = await collectHere(['host'], { shell })
    expect(facts.host).toMatchObject({ known: true, blind: [] })
    if (facts.host.known) expect(facts.host.value.addresses).toContain('127.0.0.1')
  })
})
