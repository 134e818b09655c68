import { describe, expect, it } from 'vitest'
import { type Known, planRequests } from '../../../src/probes/http/plan-requests.js'
import type { NginxFacts } from '../../../src/probes/nginx.js'

type Site = NginxFacts['sites'][number]
type Location = Site['locations'][number]

const place = { file: '/etc/nginx/nginx.conf', line: 1 }

function target(host: string | null, port: number | null, unixPath: string | null = null) {
  return { text: '', scheme: 'http', host, port, unixPath, hasVariables: false }
}

function location(pattern: string, to: ReturnType<typeof target>, upstream: string | null = null): Location {
  const rest = {
    headers: {},
    httpVersion: null,
    returnStatus: null,
    readTimeoutSeconds: null,
    connectTimeoutSeconds: null,
  }
  return { pattern, place, proxyPass: { upstream, target: to, place }, ...rest }
}

function listen(address: string, port: number, isTls = false) {
  return { address, port, unixPath: null, isTls, isDefault: false }
}

function nginx(sites: Partial<Site>[], upstreams: NginxFacts['upstreams'] = []): NonNullable<Known['nginx']> {
  const site = { names: [''], listens: [], place, locations: [], redirects: null, root: null }
  return {
    installed: true,
    running: true,
    masterPid: 1,
    startedMs: null,
    workersStartedMs: null,
    version: null,
    binary: null,
    user: null,
    unit: null,
    configFile: null,
    files: [],
    configModifiedMs: null,
    configDigest: null,
    mistakes: [],
    sites: sites.map((change) => ({ ...site, ...change })),
    upstreams,
    errorLogs: [],
    notEnabled: [],
  }
}

function plan(known: Partial<Known>): string[] {
  return planRequests({ apps: [], ...known }).map(({ vantage, url, address, unixPath, hostHeader }) =>
    [vantage, url, url.includes(address) ? '' : `at ${address}`, unixPath ?? '', hostHeader ?? '']
      .filter(Boolean)
      .join(' '),
  )
}

const host = { localhost: ['127.0.0.1', '::1'] } as unknown as NonNullable<Known['host']>

describe('planRequests', () => {
  it('asks what the gateway dials, each address of localhost apart, then the gateway', () => {
    const sites = [
      {
        names: ['_', '.example.com'],
        listens: [listen('0.0.0.0', 80), listen('::', 80), listen('0.0.0.0', 443, true)],
        locations: [
          location('/', target('localhost', 3000)),
          location('^~ /api/', target('10.0.0.9', 4000)),
          location('~ \\.php$', target(null, null, '/run/php.sock')),
        ],
      },
    ]
    expect(plan({ host, nginx: nginx(sites) })).toEqual([
      'direct http://127.0.0.1:3000/ example.com',
      'direct http://[::1]:3000/ example.com',
      'direct http://10.0.0.9:4000/ example.com',
      'direct http://example.com/ /run/php.sock example.com',
      'gateway http://127.0.0.1:80/ example.com',
      'gateway http://127.0.0.1:80/api/ example.com',
      'gateway https://example.com:443/ at 127.0.0.1 example.com',
      'gateway https://example.com:443/api/ at 127.0.0.1 example.com',
    ])
  })

  it('follows an upstream block to its servers, but for those that are down', () => {
    const servers = [
      { target: target('127.0.0.1', 3001), isDown: false, isBackup: false },
      { target: target('127.0.0.1', 3002), isDown: true, isBackup: false },
      { target: target('::1', 3003), isDown: false, isBackup: true },
    ]
    const sites = [{ locations: [location('/', target('web', 80), 'web')] }]
    expect(plan({ nginx: nginx(sites, [{ name: 'web', place, servers }]) })).toEqual([
      'direct http://127.0.0.1:3001/',
      'direct http://[::1]:3003/',
    ])
  })

  it('does not dial what depends on a variable or speaks no HTTP', () => {
    const php = { ...target('127.0.0.1', 9000), scheme: 'fastcgi' }
    const sites = [{ locations: [location('/', target(null, null)), location('/x', php)] }]
    expect(plan({ nginx: nginx(sites) })).toEqual([])
  })

  it('asks a site that only redirects for one path, and over IPv6 where it listens on nothing else', () => {
    const sites = [{ names: ['a.example'], listens: [listen('::', 80)], redirects: '301 https://$host$request_uri' }]
    expect(plan({ nginx: nginx(sites) })).toEqual(['gateway http://[::1]:80/ a.example'])
  })

  it('asks for the health path of a declared app', () => {
    const sites = [
      { names: ['a.example'], listens: [listen('0.0.0.0', 80)], locations: [location('/', target('127.0.0.1', 3000))] },
    ]
    const apps = [{ name: 'a', port: 3000, serverName: 'a.example', healthPath: '/health' }]
    expect(plan({ nginx: nginx(sites), apps })).toEqual([
      'direct http://127.0.0.1:3000/health a.example',
      'gateway http://127.0.0.1:80/health a.example',
    ])
  })

  it('adds the apps that no gateway leads to, and what web processes listen on, each once', () => {
    const listeners = {
      listeners: [
        { address: '0.0.0.0', port: 3000, pids: [7] },
        { address: '::', port: 3005, pids: [7] },
        { address: '10.0.0.1', port: 5432, pids: [9] },
      ],
    } as unknown as NonNullable<Known['listeners']>
    const processes = {
      processes: [
        { pid: 7, name: 'next-server (v1' },
        { pid: 9, name: 'postgres' },
      ],
    } as unknown as NonNullable<Known['processes']>
    expect(plan({ listeners, processes, apps: [{ name: 'a', port: 3000 }, { name: 'b' }] })).toEqual([
      'direct http://127.0.0.1:3000/',
      'direct http://[::1]:3005/',
    ])
  })

  it('asks through the other gateways too, each with its own upstream blocks; of several, those that run', () => {
    const front = (port: number) => [
      {
        names: ['a.example'],
        listens: [listen('0.0.0.0', port)],
        locations: [location('/', target(null, null), 'app')],
      },
    ]
    const pool = (port: number) => [
      { name: 'app', place, servers: [{ target: target('127.0.0.1', port), isDown: false, isBackup: false }] },
    ]
    const apache = { ...nginx(front(80), pool(3001)), running: false }
    expect(plan({ apache, haproxy: nginx(front(8080), pool(3002)) })).toEqual([
      'direct http://127.0.0.1:3002/ a.example',
      'gateway http://127.0.0.1:8080/ a.example',
    ])
    expect(plan({ apache })).toEqual([
      'direct http://127.0.0.1:3001/ a.example',
      'gateway http://127.0.0.1:80/ a.example',
    ])
  })
})
