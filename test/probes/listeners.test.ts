import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import listeners from '../../src/probes/listeners.js'
import { collectHere } from '../support/collect-here.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

const node = { processName: 'node', queued: 0, uid: 0 }

describe('listeners', () => {
  it('reads ss: families, dual stack, owners and backlogs', () => {
    const facts = listeners.parse(readSection(listeners, 'debian-12'))
    expect(facts).toEqual({
      source: 'ss',
      listeners: [
        { ...node, address: '127.0.0.1', port: 39001, acceptsIpv4: true, acceptsIpv6: false, pids: [5], backlog: 511 },
        { ...node, address: '0.0.0.0', port: 39005, acceptsIpv4: true, acceptsIpv6: false, pids: [5], backlog: 511 },
        { ...node, address: '::', port: 39002, acceptsIpv4: true, acceptsIpv6: true, pids: [5], backlog: 511 },
        { ...node, address: '::', port: 39003, acceptsIpv4: false, acceptsIpv6: true, pids: [5], backlog: 511 },
        { ...node, address: '::1', port: 39004, acceptsIpv4: false, acceptsIpv6: true, pids: [5], backlog: 511 },
      ],
      unixSockets: [{ path: '/run/app/x y.sock' }],
    })
  })

  it.each(['debian-12--other-user', 'debian-12--no-tools-other-user'])(
    'says whose owners it may not see: %s',
    (name) => {
      const section = readSection(listeners, name)
      expect(section.blind).toEqual([{ what: 'which process owns the sockets of other users', reason: 'permission' }])
      expect(listeners.parse(section).listeners).toHaveLength(5)
      expect(listeners.parse(section).listeners.flatMap(({ pids }) => pids)).toEqual([])
    },
  )

  it.each([
    ['netstat', 'net-tools-2.10', null],
    ['proc', 'debian-12--no-tools', 0],
  ])('reads the same sockets from %s, where dual stack is not told', (source, name, uid) => {
    const facts = listeners.parse(readSection(listeners, name))
    expect(facts.source).toBe(source)
    const shared = { ...node, uid, pids: [5], backlog: null }
    expect(facts.listeners).toEqual([
      { ...shared, address: '127.0.0.1', port: 39001, acceptsIpv4: true, acceptsIpv6: false },
      { ...shared, address: '0.0.0.0', port: 39005, acceptsIpv4: true, acceptsIpv6: false },
      { ...shared, address: '::', port: 39002, acceptsIpv4: null, acceptsIpv6: true },
      { ...shared, address: '::', port: 39003, acceptsIpv4: null, acceptsIpv6: true },
      { ...shared, address: '::1', port: 39004, acceptsIpv4: false, acceptsIpv6: true },
    ])
  })

  it('reads the old form of ss, in which * is IPv4', () => {
    const facts = listeners.parse(
      frameSection(
        listeners,
        `@fleetdx part ss
State      Recv-Q Send-Q        Local Address:Port          Peer Address:Port
LISTEN     0      128                       *:80                       *:*      users:(("nginx",1234,6),("nginx",1233,6)) ino:100 sk:ffff
LISTEN     3      128                      :::80                      :::*      users:(("next-server (v",pid=9,fd=19)) uid:1000 ino:101 sk:ffff`,
      ),
    )
    expect(facts.listeners).toMatchObject([
      { address: '0.0.0.0', port: 80, pids: [1234, 1233], processName: 'nginx', uid: 0 },
      { address: '::', port: 80, pids: [9], processName: 'next-server (v', uid: 1000, queued: 3, acceptsIpv4: false },
    ])
  })

  it('takes the zone off an address, and IPv4 mapped into IPv6 for what it is', () => {
    const facts = listeners.parse(
      frameSection(
        listeners,
        `@fleetdx part ss
LISTEN 0 4096 127.0.0.53%lo:53 0.0.0.0:* ino:1 sk:1 <->
LISTEN 0 511 [fe80::1]%eth0:3000 [::]:* ino:2 sk:2 v6only:1 <->
LISTEN 0 511 [::ffff:127.0.0.1]:3001 *:* ino:3 sk:3 v6only:0 <->`,
      ),
    )
    expect(facts.listeners).toMatchObject([
      { address: '127.0.0.53', port: 53, acceptsIpv4: true },
      { address: 'fe80::1', port: 3000, acceptsIpv4: false, acceptsIpv6: true },
      { address: '::ffff:127.0.0.1', port: 3001, acceptsIpv4: true, acceptsIpv6: false },
    ])
  })

  it('reads a host that listens nowhere', () => {
    expect(listeners.parse(frameSection(listeners, '@fleetdx part proc\n\n@fleetdx part unix'))).toEqual({
      source: 'proc',
      listeners: [],
      unixSockets: [],
    })
  })

  it('refuses text without a list, and a broken row', () => {
    expect(() => listeners.parse(frameSection(listeners, 'oops'))).toThrow('no list of sockets: oops')
    expect(() => listeners.parse(frameSection(listeners, '@fleetdx part proc\n0100007F'))).toThrow(
      'no row of /proc/net/tcp: 0100007F',
    )
  })

  it('drops the broken last row of output that was cut off', () => {
    const text = '@fleetdx part ss\nLISTEN 0 511 0.0.0.0:80 0.0.0.0:* ino:1 sk:1 <->\nLISTEN 0 511 0.0.'
    expect(listeners.parse(cutSection(listeners, text)).listeners).toMatchObject([{ port: 80 }])
  })
})

describe('the script on this machine', () => {
  const servers: Server[] = []
  beforeAll(async () => {
    for (const host of ['127.0.0.1', '::']) servers.push(await listen(host))
  })
  afterAll(() => {
    for (const server of servers) server.close()
  })

  it.each(['dash', 'bash', 'busybox sh'])('finds what this process listens on, in %s', async (shell) => {
    const { facts } = await collectHere(['listeners'], { shell })
    const all = facts.listeners.known ? facts.listeners.value.listeners : []
    expect(all.filter(({ pids }) => pids.includes(process.pid))).toMatchObject([
      { address: '127.0.0.1', port: portOf(servers[0]), acceptsIpv4: true },
      { address: '::', port: portOf(servers[1]), acceptsIpv4: true, acceptsIpv6: true },
    ])
  })
})

function listen(host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, host, () => resolve(server))
  })
}

function portOf(server: Server | undefined): number {
  const address = server?.address()
  return typeof address === 'object' && address ? address.port : 0
}
