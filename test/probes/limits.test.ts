import { describe, expect, it } from 'vitest'
import limits from '../../src/probes/limits.js'
import { collectHere } from '../support/collect-here.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

describe('limits', () => {
  it('reads a host whose local ports are all taken', () => {
    expect(limits.parse(readSection(limits, 'debian-12'))).toEqual({
      counters: {
        atSeconds: 14295.8,
        cpuTicks: 1118000 + 41853 + 400225 + 1268275 + 4370 + 2942 + 1182,
        cpuIdleTicks: 1268275 + 4370,
        cpuStealTicks: 1182,
        swapInPages: 0,
        swapOutPages: 0,
        listenOverflows: 0,
      },
      conntrack: { count: 0, max: 262_144 },
      localPorts: { low: 61_000, high: 61_003 },
      somaxconn: 4096,
      cpuPressure: { avg10: 98.4, avg60: 97.91, avg300: 86.74 },
      memoryPressure60: 0,
      peers: [{ address: '127.0.0.1', port: 3000, connections: 4, waiting: 0 }],
      closedAt: [],
      tasks: [
        { uid: 1000, count: 22, max: 96_365, pid: 106 },
        { uid: 0, count: 22, max: 96_365, pid: 102 },
        { uid: 33, count: 2, max: 96_365, pid: 104 },
      ],
      groups: [
        { path: '/system.slice/pm2-deploy.service', count: 22, max: 28_909 },
        { path: '/system.slice/nginx.service', count: 3, max: 28_909 },
        { path: '/system.slice/exporter.service', count: 7, max: 28_909 },
      ],
    })
  })

  it('sees the same as a plain user', () => {
    const facts = limits.parse(readSection(limits, 'debian-12--other-user'))
    expect(facts).toMatchObject({ localPorts: { low: 61_000, high: 61_003 }, peers: [{ connections: 4 }] })
    expect(facts.tasks).toHaveLength(3)
  })

  it('of a user takes the least limit, and none where it is unlimited', () => {
    const { tasks } = limits.parse(
      frameSection(
        limits,
        '\n@fleetdx part tasks\nlimit 7 1001 unlimited\nlimit 8 1001 64\nlimit 9 1001 128\nlimit 5 0 unlimited\ncount 1001 63\ncount 0 9',
      ),
    )
    expect(tasks).toEqual([
      { uid: 1001, count: 63, max: 64, pid: 8 },
      { uid: 0, count: 9, max: null, pid: 5 },
    ])
  })

  it('reads IPv6 peers, and IPv4 ones of an IPv6 socket as what they are', () => {
    const { peers, closedAt } = limits.parse(
      frameSection(
        limits,
        '\n@fleetdx part peers\nclosed 0050 7\npeer 0000000000000000FFFF00000100007F:0BB8 9 8\npeer 00000000000000000000000001000000:0BB8 3 0',
      ),
    )
    expect(peers).toEqual([
      { address: '127.0.0.1', port: 3000, connections: 9, waiting: 8 },
      { address: '::1', port: 3000, connections: 3, waiting: 0 },
    ])
    expect(closedAt).toEqual([{ port: 80, count: 7 }])
  })

  it('leaves unknown what an old kernel, or a cut, does not tell', () => {
    const nothing = {
      counters: null,
      conntrack: null,
      localPorts: null,
      somaxconn: null,
      cpuPressure: null,
      memoryPressure60: null,
      ...{ peers: [], closedAt: [], tasks: [], groups: [] },
    }
    expect(limits.parse(frameSection(limits, ''))).toEqual(nothing)
    expect(limits.parse(frameSection(limits, 'ports \nsomaxconn \ntracked \ntracked-most \n'))).toEqual(nothing)
    expect(limits.parse(cutSection(limits, '\n@fleetdx part counters\nuptime 12.5\ncpu  1 2'))).toEqual(nothing)
  })

  it.each(['dash', 'bash', 'busybox sh'])('looks at this machine in %s', async (shell) => {
    const { facts } = await collectHere(['limits'], { shell })
    expect(facts.limits).toMatchObject({
      known: true,
      blind: [],
      value: { localPorts: { low: expect.any(Number) }, counters: { listenOverflows: expect.any(Number) } },
    })
    if (!facts.host.known || !facts.limits.known) throw new Error('not seen')
    expect(facts.limits.value.counters?.atSeconds).toBeGreaterThanOrEqual(
      facts.host.value.counters?.atSeconds ?? Number.NaN,
    )
  })
})
