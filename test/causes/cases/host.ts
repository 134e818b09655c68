import type { AppHint } from '../../../src/inventory/host.js'
import type { HttpAnswer } from '../../../src/path/request-path.js'
import type { Facts } from '../../../src/probes/index.js'
import { deadFacts, dyingFacts, logged } from '../../support/broken.js'
import { defineCases } from '../../support/cases.js'
import {
  answer,
  counters,
  daemon,
  failed,
  gatewayAnswer,
  hostFacts,
  http,
  known,
  limitsFacts,
  listener,
  listeners,
  nginx,
  nowMs,
  pm2,
  pm2Log,
  processes,
  proxy,
  servingFacts,
  site,
  webProcess,
} from '../../support/facts.js'
import { pm2App } from '../../support/record.js'

const hint: AppHint = { name: 'classrooom', port: 3000, url: 'https://www.classrooom.test/' }

/** What the public address of the inventory said, asked from here. */
function publicly(overrides: Partial<HttpAnswer>): HttpAnswer {
  const { hostname } = new URL(hint.url ?? '')
  return gatewayAnswer({ url: hint.url ?? '', address: hostname, hostHeader: hostname, port: 443, ...overrides })
}

const silent = { http: http(failed('response-timeout'), gatewayAnswer({ status: 504 })) }

/** Requests get no answer in time. */
const slowFacts = (overrides: Partial<Facts> = {}) => servingFacts({ ...silent, ...overrides })

const full = limitsFacts({ conntrack: { count: 262_140, max: 262_144 } })

const swapping = (inPages: number, outPages: number) =>
  slowFacts({
    host: hostFacts({ swapTotalBytes: 2 ** 31, swapFreeBytes: 2 ** 30, counters: counters(0) }),
    limits: limitsFacts({ counters: counters(2, { swapInPages: inPages, swapOutPages: outPages }) }),
  })

const busy = (states: string[], overrides: Partial<Facts> = {}) =>
  slowFacts({
    host: hostFacts({ load1: 9, load5: 8, load15: 8, counters: counters(0) }),
    limits: limitsFacts({
      counters: counters(2, { cpuIdleTicks: 4 }),
      cpuPressure: { avg10: 95, avg60: 92, avg300: 90 },
    }),
    processes: processes(
      webProcess(),
      ...states.map((state, index) =>
        webProcess({ pid: 5000 + index, ppid: 1, name: 'cc1', args: '', state, cwd: null }),
      ),
    ),
    ...overrides,
  })

const taken = (connections: number) =>
  servingFacts({
    http: http(failed('other'), gatewayAnswer({ status: 502 })),
    limits: limitsFacts({ peers: [{ address: '127.0.0.1', port: 3000, connections, waiting: connections - 20 }] }),
    'nginx-errors': logged(
      'connect-failed',
      'connect() to 127.0.0.1:3000 failed (99: Cannot assign requested address) while connecting to upstream',
      { errno: 99, phase: 'while connecting to upstream' },
    ),
  })

/** The spawn of the app failed in this way, a minute ago. */
const unspawned = (errno: string, overrides: Partial<Facts> = {}) =>
  deadFacts({
    pm2: pm2(
      daemon({
        apps: [pm2App({ pid: null, restarts: 1, startedMs: nowMs - 60_000 })],
        log: pm2Log([60, `Error: spawn /usr/bin/node ${errno}`]),
      }),
    ),
    limits: limitsFacts({ tasks: [{ uid: 1001, count: 512, max: 512, pid: 3000 }] }),
    ...overrides,
  })

/** More connections wait than may, while the app answers one now and then. */
const queue = (queued: number) =>
  servingFacts({
    listeners: listeners(listener({ queued, backlog: 511 })),
    http: http(answer({ elapsedMs: 2800 }), gatewayAnswer({ status: 504 })),
    'nginx-errors': logged(
      'connect-timeout',
      'upstream timed out (110: Connection timed out) while connecting to upstream',
      { errno: 110, phase: 'while connecting to upstream' },
    ),
  })

const addresses = ['127.0.0.1', '::1', '10.0.0.1', '2001:db8::10']
const tls = site({
  names: ['www.classrooom.test'],
  listens: [{ address: '0.0.0.0', port: 443, unixPath: null, isTls: true, isDefault: false }],
})
const onTls = gatewayAnswer({ port: 443, hostHeader: 'www.classrooom.test' })

/** The gateway is on 443, and the name has an IPv6 address of this host. */
const ipv6 = (listening: string, overrides: Partial<Facts> = {}) => ({
  apps: [hint],
  fromHere: [publicly({ resolved: ['203.0.113.10', '2001:db8::10'] })],
  facts: servingFacts({
    host: hostFacts({ addresses }),
    nginx: nginx([tls]),
    http: http(answer(), onTls),
    listeners: listeners(
      listener(),
      listener({ address: '0.0.0.0', port: 443, pids: [700] }),
      ...(listening === '::'
        ? [listener({ address: '::', port: 443, pids: [700], acceptsIpv4: false, acceptsIpv6: true })]
        : []),
    ),
    firewall: known({ firewalls: [], ipv6: [] }),
    ...overrides,
  }),
})

const dropsIpv6 = known({
  firewalls: [],
  ipv6: [{ tool: 'nftables' as const, active: true, inputPolicy: 'drop' as const, rules: [] }],
})

/** The public name leads to another machine; this host answers at its own address. */
const elsewhere = (resolved: string[], overrides: Partial<HttpAnswer> = {}) => ({
  apps: [hint],
  fromHere: [
    publicly({ status: null, failure: 'connect-timeout', resolved, ...overrides }),
    gatewayAnswer({
      url: 'https://198.51.100.7:443/',
      address: '198.51.100.7',
      port: 443,
      hostHeader: 'www.classrooom.test',
    }),
  ],
  facts: servingFacts({
    nginx: nginx([tls]),
    http: http(answer(), onTls),
    listeners: listeners(listener(), listener({ port: 443, pids: [700] })),
  }),
})

const closed = known({
  firewalls: [{ tool: 'ufw' as const, active: true, inputPolicy: 'drop' as const, rules: [] }],
})
const cdn = (status: number, firewall: Facts['firewall']) => ({
  apps: [hint],
  fromHere: [publicly({ status, server: 'cloudflare', cdnRay: '8e7a1b2c3d4e5f60-FRA', resolved: ['104.16.0.1'] })],
  facts: servingFacts({ nginx: nginx([tls]), http: http(answer(), onTls), firewall }),
})

/** The app is on another host of the run, and this is where it listens there. */
const remote = (address: string) => {
  const facts = servingFacts({
    nginx: nginx([site({ locations: [proxy('http://10.0.0.2:3000')] })]),
    http: http(failed('refused', { address: '10.0.0.2' }), gatewayAnswer({ status: 502 })),
    pm2: pm2(),
    listeners: listeners(),
    processes: processes(),
  })
  const there = servingFacts({
    host: hostFacts({ addresses: ['127.0.0.1', '10.0.0.2'] }),
    nginx: nginx([]),
    listeners: listeners(listener({ address })),
  })
  const peer = {
    name: 'app1',
    address: '10.0.0.2',
    status: 'healthy',
    verdict: '1 path serves',
    facts: there,
    causes: [],
    paths: [],
  }
  return { facts, fleet: { self: 'web1', peers: [peer] } }
}

/** Causes of the network, and of the host that all stands on. */
export default defineCases({
  'app-binds-loopback-remote-gateway': { flags: () => remote('127.0.0.1'), not: () => remote('0.0.0.0') },
  'cdn-origin-error': { flags: () => cdn(522, closed), not: () => cdn(502, closed) },
  'clock-skew': {
    flags: () => ({ facts: servingFacts(), clockSkewMs: -420_000 }),
    not: () => ({ facts: servingFacts(), clockSkewMs: 30_000 }),
    unknown: () => servingFacts(),
  },
  'conntrack-full': {
    flags: () => slowFacts({ limits: full, http: http(failed('connect-timeout'), gatewayAnswer({ status: 504 })) }),
    not: () => slowFacts({ limits: limitsFacts({ conntrack: { count: 200_000, max: 262_144 } }) }),
  },
  'cpu-saturated': {
    flags: () => busy(['R', 'R', 'R', 'R+', 'RN']),
    // The load is that of the machine below: here nothing runs.
    not: () => busy(['S', 'S', 'S', 'S', 'S']),
  },
  'dns-points-elsewhere': { flags: () => elsewhere(['203.0.113.99']), not: () => elsewhere(['10.0.0.1']) },
  'ephemeral-ports-exhausted': { flags: () => taken(28_232), not: () => taken(400) },
  'fork-or-pid-limit': { flags: () => unspawned('EAGAIN'), not: () => unspawned('ENOENT') },
  'ipv6-listen-missing': { flags: () => ipv6('0.0.0.0'), not: () => ipv6('::') },
  'ipv6-port-blocked': { flags: () => ipv6('::', { firewall: dropsIpv6 }), not: () => ipv6('::') },
  'listen-backlog-overflow': { flags: () => queue(512), not: () => queue(40) },
  'swap-thrash': { flags: () => swapping(4000, 3000), not: () => swapping(0, 3000) },
})

export { busy, cdn, dyingFacts, elsewhere, hint, ipv6, publicly, queue, remote, slowFacts, swapping, taken, unspawned }
