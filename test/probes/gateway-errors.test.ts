import { describe, expect, it } from 'vitest'
import { knownValue } from '../../src/fact.js'
import gatewayErrors from '../../src/probes/gateway-errors.js'
import { collectHere } from '../support/collect-here.js'
import { shellBeside, writeFiles } from '../support/gateways.js'
import { frameSection, readSection } from '../support/read-section.js'

const connect = 'while connecting to upstream'
const header = 'while reading response header from upstream'
const body = 'while reading upstream'
const check = 'while checking health'

/** What the gateways of the captures were asked, and what became of it: kind, errno, phase, upstream, count. */
const seen = {
  apache: [
    ['connect-refused', 111, connect, 'http://127.0.0.1:3000', 1],
    ['closed-early', null, header, 'http://127.0.0.1:4001', 1],
    ['header-too-big', null, header, null, 1],
    ['invalid-response', null, header, null, 2],
    ['response-timeout', null, header, 'http://127.0.0.1:4004', 1],
    ['reset', 104, header, 'http://127.0.0.1:4005', 1],
    ['closed-early', null, body, null, 1],
    ['connect-no-socket', 2, connect, 'http://unix:/run/no-such-app.sock', 2],
    ['tls', null, 'while SSL handshaking to upstream', null, 1],
    ['connect-unreachable', 101, connect, 'http://10.255.255.1:3000', 1],
    ['name-not-resolved', null, null, 'http://no-such-host.invalid', 1],
    ['connect-refused', 111, connect, 'http://127.0.0.1:3001', 2],
    ['connect-refused', 111, connect, 'http://127.0.0.1:3002', 2],
  ],
  caddy: [
    ['connect-refused', 111, connect, 'http://127.0.0.1:3000', 1],
    ['closed-early', null, header, null, 1],
    ['invalid-response', null, header, null, 2],
    ['response-timeout', null, header, null, 1],
    ['reset', 104, header, 'http://127.0.0.1:4005', 1],
    ['closed-early', null, body, null, 1],
    ['connect-no-socket', 2, connect, 'http://unix:/run/no-such-app.sock', 1],
    ['connect-no-socket', 2, connect, 'http://unix:/root/denied.sock', 1],
    ['tls', null, 'while SSL handshaking to upstream', null, 1],
    ['connect-unreachable', 101, connect, 'http://10.255.255.1:3000', 1],
    ['name-not-resolved', null, null, 'http://no-such-host.invalid', 1],
    ['no-live-upstreams', null, connect, null, 2],
    ['connect-refused', 111, check, 'http://127.0.0.1:3001', 5],
    ['connect-refused', 111, check, 'http://127.0.0.1:3002', 5],
  ],
  haproxy: [
    ['connect-failed', null, connect, 'http://127.0.0.1:3000', 1],
    ['closed-early', null, header, 'http://127.0.0.1:4001', 1],
    ['invalid-response', null, header, 'http://127.0.0.1:4002', 1],
    ['invalid-response', null, header, 'http://127.0.0.1:4003', 1],
    ['response-timeout', null, header, 'http://127.0.0.1:4004', 1],
    ['closed-early', null, header, 'http://127.0.0.1:4005', 1],
    ['invalid-response', null, header, 'http://127.0.0.1:4006', 1],
    ['closed-early', null, body, 'http://127.0.0.1:4007', 1],
    ['connect-failed', null, connect, 'http://unix:/run/no-such-app.sock', 1],
    ['connect-failed', null, connect, 'http://unix:/root/denied.sock', 1],
    ['connect-failed', null, connect, 'https://127.0.0.1:4002', 1],
    ['connect-failed', null, connect, 'http://10.255.255.1:3000', 1],
    ['no-live-upstreams', null, connect, 'http://dns', 1],
    ['no-live-upstreams', null, connect, 'http://pool', 3],
    ['connect-refused', 111, check, 'http://127.0.0.1:3001', 1],
    ['health-check', null, check, 'http://127.0.0.1:4008', 1],
    ['response-timeout', null, check, 'http://127.0.0.1:4004', 1],
  ],
} as const

describe('gateway-errors', () => {
  it.each(['debian-12', 'debian-12--old-formats'])('puts the lines of %s into kinds', (capture) => {
    const { gateways } = gatewayErrors.parse(readSection(gatewayErrors, capture))
    expect(gateways.map(({ kind }) => kind)).toEqual(['apache', 'caddy', 'haproxy'])
    for (const { kind: gateway, kinds } of gateways) {
      const found = kinds
        .filter(({ kind }) => kind !== 'other')
        .map((entry) => [entry.kind, entry.errno, entry.phase, entry.upstream, entry.count])
      expect(found).toHaveLength(seen[gateway].length)
      expect(found).toEqual(expect.arrayContaining(seen[gateway].map((entry) => [...entry])))
      expect(kinds.every(({ count, countLastHour }) => count === countLastHour)).toBe(true)
      expect(kinds.every(({ sample }) => !/User-Agent|abc123secret/.test(sample))).toBe(true)
    }
    expect(gateways[1]?.kinds[0]?.server).toBe('shop.example')
  })

  /** One gateway's parts, as its script would print them; 1795500000 is 2026-11-24T06:00:00Z. */
  const read = (text: string, zone = '+0000') =>
    gatewayErrors.parse(frameSection(gatewayErrors, `now 1795500000 ${zone}\n\n${text}`)).gateways[0]

  it('tells what kept a gateway from starting, with the place that it names', () => {
    const journals = {
      apache: `@fleetdx part gateway apache\n\n@fleetdx part journal apache2
1795499000.1 web1 apachectl[77]: AH00526: Syntax error on line 7 of /etc/apache2/sites-enabled/app.conf:
1795499000.2 web1 apachectl[77]: Invalid command 'ProxyPass', perhaps misspelled or defined by a module not included in the server configuration\n`,
      caddy: `@fleetdx part gateway caddy\n\n@fleetdx part journal caddy
1795499000.1 web1 caddy[77]: Error: adapting config using caddyfile: /etc/caddy/Caddyfile:3: unrecognized directive: revers_proxy\n`,
      haproxy: `@fleetdx part gateway haproxy\n\n@fleetdx part journal haproxy
1795499000.1 web1 haproxy[77]: [NOTICE]   (77) : haproxy version is 2.6.12-1+deb12u4
1795499000.1 web1 haproxy[77]: [ALERT]    (77) : config : parsing [/etc/haproxy/haproxy.cfg:8] : unknown keyword 'foo' in 'frontend' section\n`,
    }
    expect(read(journals.apache)).toMatchObject({
      files: [{ path: 'journalctl -u apache2' }],
      emergencies: [
        {
          atMs: 1_795_499_000_100,
          file: '/etc/apache2/sites-enabled/app.conf',
          line: 7,
          text: expect.stringContaining("Invalid command 'ProxyPass'"),
        },
      ],
    })
    expect(read(journals.caddy)?.emergencies).toMatchObject([{ file: '/etc/caddy/Caddyfile', line: 3 }])
    expect(read(journals.haproxy)?.emergencies).toMatchObject([{ file: '/etc/haproxy/haproxy.cfg', line: 8 }])
  })

  it('counts what stands in a file and in the journal once', () => {
    const line =
      'haproxy[7]: 10.0.0.9:5 [24/Nov/2026:05:59:00.624] web app/s1 0/0/-1/-1/3 503 217 - - SC-- 1/1/0/0/3 0/0 "GET / HTTP/1.1"'
    const text = `@fleetdx part gateway haproxy

@fleetdx part log 1795500000 200 /var/log/haproxy.log
Nov 24 05:59:00 web1 ${line}

@fleetdx part journal haproxy
1795499940.6 web1 ${line}
`
    expect(read(text)?.kinds).toMatchObject([
      { kind: 'connect-failed', upstream: 'http://app/s1', count: 1, countLastHour: 1 },
    ])
  })

  it('counts the hour by the clock and the zone of the host, and takes a year from the clock', () => {
    const flags = 'web app/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"'
    const text = `@fleetdx part gateway haproxy

@fleetdx part log 1795500000 200 /var/log/haproxy.log
Dec 31 23:00:00 web1 haproxy[7]: 10.0.0.9:5 [31/Dec/2025:23:00:00.624] ${flags}
Nov 24 11:29:00 web1 haproxy[7]: 10.0.0.9:5 [24/Nov/2026:11:29:00.624] ${flags}
`
    expect(read(text, '+0530')?.kinds).toMatchObject([
      { count: 2, countLastHour: 1, firstMs: Date.UTC(2025, 11, 31, 17, 30), lastMs: Date.UTC(2026, 10, 24, 5, 59) },
    ])
  })

  it('leaves out what visitors broke off, and lines of other forms', () => {
    const text = `@fleetdx part gateway haproxy

@fleetdx part log 1795500000 200 /var/log/haproxy.log
Nov 24 05:59:00 web1 haproxy[7]: 10.0.0.9:5 [24/Nov/2026:05:59:00.624] web app/s1 0/0/1/-1/3 400 0 - - CH-- 1/1/0/0/3 0/0 "GET / HTTP/1.1"
Nov 24 05:59:00 web1 haproxy[7]: Connect from 10.0.0.9:5 to 10.0.0.1:80 (web/HTTP)
Nov 24 05:59:0
`
    expect(read(text)).toMatchObject({ kinds: [], emergencies: [] })
  })

  it('reads logs that are empty or absent, and refuses a section without the clock', () => {
    const text =
      '@fleetdx part gateway caddy\n\n@fleetdx part absent /var/log/caddy/caddy.log\n\n@fleetdx part journal caddy\n'
    expect(read(text)).toMatchObject({ kind: 'caddy', files: [{ exists: false }, { exists: true }], kinds: [] })
    expect(() => gatewayErrors.parse(frameSection(gatewayErrors, 'date: not found\n'))).toThrow(
      'the clock of the host is missing',
    )
  })

  it.each(['dash', 'bash', 'busybox sh'])('reads the former log while the new one is empty, in %s', async (shell) => {
    const line =
      '2026/11/24 10:27:57.996\tERROR\thttp.log.error\tno upstreams available\t{"request": {"host": "shop.example", "headers": {"Cookie": ["a=b"]}}}'
    const config =
      '{\n\tlog {\n\t\toutput file /var/log/caddy/caddy.log\n\t}\n}\n:80 {\n\treverse_proxy localhost:3000\n}\n'
    const written = writeFiles({ Caddyfile: config, former: `${line}\n` })
    const before = [
      'mkdir /var/log/caddy; : >/var/log/caddy/caddy.log; cp /etc/caddy/former /var/log/caddy/caddy.log.1',
    ]
    const { facts, output } = await collectHere(['gateway-errors'], {
      shell: shellBeside(written, '/etc/caddy', before, shell),
    })
    written.remove()
    expect(output).not.toContain('Cookie')
    const gateway = knownValue(facts['gateway-errors'])?.gateways.find(({ kind }) => kind === 'caddy')
    expect(gateway?.files.map(({ path }) => path)).toEqual(['/var/log/caddy/caddy.log', '/var/log/caddy/caddy.log.1'])
    expect(gateway?.kinds).toMatchObject([{ kind: 'no-live-upstreams', server: 'shop.example' }])
  })
})
