import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownValue } from '../../src/fact.js'
import haproxy from '../../src/probes/haproxy.js'
import { collectHere } from '../support/collect-here.js'
import { shellBeside, type Written, writeFiles } from '../support/gateways.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

const config = `global
  log /dev/log local0
  user haproxy
  group haproxy
defaults
  mode http
  option forwardfor
  timeout connect 5000
  timeout client 30s
  timeout server 1m
userlist people
  user deploy insecure-password verysecretvalue
frontend web
  bind *:80
  acl is_api path_beg /api
  acl is_shop hdr(host) -i shop.example www.shop.example
  http-request set-header X-Api-Key verysecretvalue
  use_backend api if is_api is_shop
  use_backend api if { path /health } or { path_end .json }
  use_backend other if { hdr_end(host) -i .other.example }
  use_backend live if { hdr(Upgrade) -i websocket }
  default_backend app
frontend mysql
  mode tcp
  bind :3306
  default_backend db
backend db
  mode tcp
  server db1 10.0.0.9:3306
backend app
  option httpchk GET /up
  server a1 127.0.0.1:3000 check
  server a2 localhost:3001 check backup
  server a3 127.0.0.1:3002 disabled
backend api
  timeout server 5s
  server s1 unix@/run/api.sock
backend other
  server o1 10.0.0.5:8443 ssl verify none
backend live
  server l1 127.0.0.1:3000
`
const start = ['haproxy -W -D -f /etc/haproxy/haproxy.cfg -f /etc/haproxy/conf.d >/dev/null 2>&1']

describe('haproxy', () => {
  let written: Written
  beforeAll(() => {
    const tls =
      'frontend tls\n  bind :::81\n  http-request redirect scheme https code 301 unless { ssl_fc }\n  default_backend app\n'
    written = writeFiles({ 'haproxy.cfg': config, 'conf.d/tls.cfg': tls, 'conf.d/notes.txt': 'not read' })
  })
  afterAll(() => written.remove())

  it.each(['dash', 'bash', 'busybox sh'])('is seen running, with its configuration, by %s', async (shell) => {
    const { facts, output } = await collectHere(['haproxy'], {
      shell: shellBeside(written, '/etc/haproxy', start, shell),
    })
    const seen = knownValue(facts.haproxy)
    expect(facts.haproxy).toMatchObject({ known: true, blind: [] })
    expect(output).not.toContain('verysecretvalue')
    expect(seen).toMatchObject({
      running: true,
      version: expect.stringMatching(/^\d\.\d+/),
      binary: '/usr/sbin/haproxy',
      user: 'haproxy',
      configFile: '/etc/haproxy/haproxy.cfg',
      mistakes: [],
      errorLogs: [],
    })
    expect(seen?.files.map(({ path }) => path)).toEqual(['/etc/haproxy/haproxy.cfg', '/etc/haproxy/conf.d/tls.cfg'])
    expect(seen?.workersStartedMs).toBeGreaterThanOrEqual(seen?.startedMs ?? Number.NaN)
    const ways = seen?.sites.map(({ names, listens, redirects, locations }) => ({
      at: `${names} ${listens.map(({ address, port }) => `${address}:${port}`)}`,
      ways: locations.map(({ pattern, proxyPass }) => `${pattern} ${proxyPass?.upstream ?? redirects}`),
    }))
    expect(ways).toEqual([
      {
        at: 'shop.example,www.shop.example 0.0.0.0:80',
        ways: ['^~ /api api', '= /health api', '~ \\.json$ api', '@hdr(Upgrade) -i websocket live', '/ app'],
      },
      { at: '*.other.example 0.0.0.0:80', ways: ['= /health api', '~ \\.json$ api', '/ other'] },
      { at: ' 0.0.0.0:80', ways: ['= /health api', '~ \\.json$ api', '@hdr(Upgrade) -i websocket live', '/ app'] },
      { at: ' :::81,0.0.0.0:81', ways: ['/ 301 https://'] },
    ])
    expect(seen?.sites[0]?.locations).toMatchObject([
      {
        place: { file: '/etc/haproxy/haproxy.cfg', line: 18 },
        headers: { host: 'passed on', 'x-forwarded-for': 'option forwardfor', 'x-api-key': '***' },
        readTimeoutSeconds: 5,
        connectTimeoutSeconds: 5,
      },
      {},
      {},
      {},
      { readTimeoutSeconds: 60 },
    ])
    expect(seen?.upstreams.find(({ name }) => name === 'app')).toMatchObject({
      servers: [
        { name: 'a1', target: { host: '127.0.0.1', port: 3000 }, isDown: false, isBackup: false },
        { name: 'a2', target: { host: 'localhost', port: 3001 }, isBackup: true },
        { name: 'a3', isDown: true },
      ],
      healthCheck: { path: '/up' },
    })
    expect(seen?.upstreams.find(({ name }) => name === 'api')?.servers).toMatchObject([
      { target: { unixPath: '/run/api.sock' } },
    ])
    expect(seen?.upstreams.find(({ name }) => name === 'other')?.servers).toMatchObject([
      { target: { scheme: 'https', port: 8443 } },
    ])
  })

  it('reads Debian 12, without and with a master', () => {
    for (const capture of ['debian-12', 'debian-12--no-master']) {
      expect(haproxy.parse(readSection(haproxy, capture))).toMatchObject({
        running: true,
        version: '2.6.12',
        mistakes: [],
        errorLogs: ['/var/log/haproxy.log'],
        sites: [{ locations: [{ pattern: '/', proxyPass: { upstream: 'app' } }] }],
      })
    }
  })

  it('calls nothing a mistake that a cut-off answer did not bring', () => {
    const text =
      '\nbinary /usr/sbin/haproxy\nconfig /h.cfg\n\n@fleetdx part file 1 whole /h.cfg\nfrontend web\n mode http\n bind :80\n default_backend app\n'
    expect(haproxy.parse(cutSection(haproxy, text))).toMatchObject({
      mistakes: [],
      sites: [{ listens: [{ port: 80 }] }],
    })
    expect(haproxy.parse(frameSection(haproxy, text)).mistakes).toEqual([
      { place: { file: '/h.cfg', line: 4 }, message: "Proxy 'web': unable to find required default_backend: 'app'." },
    ])
  })

  it('takes what comes to the ports of the web for HTTP in mode tcp, too', () => {
    const sections = [
      'listen web\n bind :80\n server a 127.0.0.1:3000',
      'frontend tls\n mode tcp\n bind :443\n default_backend secure',
      'frontend ends-tls\n bind :8443,:443 ssl crt /c.pem\n default_backend plain',
      'backend secure\n server b 127.0.0.1:8443',
      'backend plain\n server c 127.0.0.1:3001',
      'listen mysql\n bind :3306\n server d 127.0.0.1:3307',
    ]
    const text = `\nbinary /h\nconfig /h.cfg\n\n@fleetdx part file 1 whole /h.cfg\n${sections.join('\n')}\n`
    const { sites, upstreams } = haproxy.parse(frameSection(haproxy, text))
    const ways = sites.map(({ listens, locations }) => [
      listens.map(({ port, isTls }) => (isTls ? `${port} tls` : port)).join(),
      ...locations.map(({ proxyPass }) => `${proxyPass?.target.scheme} ${proxyPass?.upstream}`),
    ])
    expect(ways).toEqual([
      ['80', 'http web'],
      ['443 tls', 'https secure'],
      ['8443 tls,443 tls', 'http plain'],
    ])
    expect(upstreams.map(({ name }) => name).toSorted()).toEqual(['plain', 'secure', 'web'])
  })

  it('refuses what multiplies', () => {
    const acl = ` acl many path ${Array.from({ length: 300 }, (_, at) => `/${at}`).join(' ')}\n`
    const text = `\nbinary /h\nconfig /h.cfg\n\n@fleetdx part file 1 whole /h.cfg\nfrontend web\n mode http\n bind :80\n${acl}${' use_backend a if many\n'.repeat(300)}`
    expect(() => haproxy.parse(frameSection(haproxy, text))).toThrow('a HAProxy configuration of too many routes')
  })

  it('knows nothing of a host without HAProxy', () => {
    expect(haproxy.parse(frameSection(haproxy, 'ticks 100 1790000000\nbinary \n'))).toMatchObject({
      installed: false,
      running: false,
      sites: [],
    })
  })
})
