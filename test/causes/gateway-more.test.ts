import { describe, expect, it } from 'vitest'
import { causes } from '../../src/causes/index.js'
import { diagnose } from '../../src/diagnose/diagnose.js'
import type { Facts } from '../../src/probes/index.js'
import { judgeHost } from '../support/cases.js'
import {
  answer,
  failed,
  gatewayAnswer,
  hostFacts,
  http,
  known,
  listener,
  listeners,
  nginx,
  nowMs,
  processes,
  proxy,
  servingFacts,
  site,
  unseen,
  upstream,
  webProcess,
} from '../support/facts.js'
import { deniedFacts, dockerProxy, logged, nobodyInsideFacts, otherPortFacts } from './cases/gateway-more.js'

const login = 'ops'
const hour = 3_600_000

function judge(id: string, facts: Facts) {
  const cause = causes.find((each) => each.id === id)
  if (!cause) throw new Error(`no cause ${id}`)
  const all = judgeHost(cause, { facts, apps: [], login, fromHere: [] })
  return all.find((judgement) => judgement?.holds) ?? all.find((judgement) => judgement !== undefined)
}

const idsOf = (facts: Facts) => diagnose({ facts, apps: [], login, fromHere: [] }).causes.map(({ id }) => id)

describe('SELinux', () => {
  it('is named where it is enforced and the boolean is off', () => {
    const facts = deniedFacts({ isEnforcing: true, mayConnect: false })
    expect(idsOf(facts)).toEqual(['selinux-connect-denied'])
    expect(judge('selinux-connect-denied', facts)).toMatchObject({ confidence: 'high' })
  })

  it.each([
    ['is not there', undefined],
    ['is permissive', { isEnforcing: false, mayConnect: false }],
    ['lets web servers connect', { isEnforcing: true, mayConnect: true }],
  ])('is not blamed where it %s', (_, selinux) => {
    expect(judge('selinux-connect-denied', deniedFacts(selinux))).toBeUndefined()
  })

  it('stays open where the boolean could not be seen', () => {
    expect(judge('selinux-connect-denied', deniedFacts({ isEnforcing: true, mayConnect: null }))).toEqual({
      holds: null,
      because: 'whether SELinux lets web servers connect could not be seen',
      decide: 'getsebool httpd_can_network_connect',
    })
  })
})

describe('ports of Docker', () => {
  it('another one is published than the gateway dials', () => {
    expect(idsOf(otherPortFacts())).toEqual(['docker-port-mapping'])
    expect(judge('docker-port-mapping', otherPortFacts())).toMatchObject({
      confidence: 'high',
      summary: 'nginx dials port 3000, and Docker publishes port 3000 of the container as 3001',
    })
  })

  it('the right one is, and nobody in the container takes it', () => {
    expect(judge('docker-port-mapping', nobodyInsideFacts())).toMatchObject({ confidence: 'medium' })
  })

  it('two containers with that port leave it open which one is meant', () => {
    const facts = {
      ...otherPortFacts(),
      processes: processes(dockerProxy(3001, 3000), { ...dockerProxy(3002, 3000), pid: 901 }),
    }
    expect(judge('docker-port-mapping', facts)).toBeUndefined()
  })

  it('a container that answers is well', () => {
    expect(
      judge('docker-port-mapping', { ...nobodyInsideFacts(), http: http(answer(), gatewayAnswer()) }),
    ).toBeUndefined()
  })
})

describe('lines of the log', () => {
  const limits = [
    [
      'nginx-fd-limit',
      'open-files',
      '[alert] 9#9: *1 socket() failed (24: Too many open files) while connecting to upstream',
    ],
    [
      'nginx-worker-connections',
      'worker-connections',
      '[alert] 9#9: *1 512 worker_connections are not enough while connecting to upstream',
    ],
    [
      'gateway-temp-path-permission',
      'temp-file',
      '[crit] 9#9: *1 open() "/var/lib/nginx/proxy/1/00/0000000001" failed (13: Permission denied) while reading upstream',
    ],
    ['nginx-worker-crash', 'worker-crash', 'worker process 77 exited on signal 11'],
  ] as const

  it.each(limits)('name %s', (id, kind, text) => {
    expect(judge(id, servingFacts({ 'nginx-errors': logged(kind, text) }))).toMatchObject({ confidence: 'high' })
  })

  it.each(limits)('of before the last load do not name %s', (id, kind, text) => {
    const facts = servingFacts({
      nginx: nginx([site()], { workersStartedMs: nowMs - 500, startedMs: nowMs - 500 }),
      'nginx-errors': logged(kind, text, { lastMs: nowMs - 60_000 }),
    })
    expect(judge(id, facts)).toBeUndefined()
  })

  it.each(limits)('that could not be read leave %s out', (id) => {
    expect(judge(id, servingFacts({ 'nginx-errors': unseen() }))).toBeUndefined()
  })

  it('a single crash of a worker is none', () => {
    const once = { count: 1, countLastHour: 1 }
    expect(
      judge('nginx-worker-crash', servingFacts({ 'nginx-errors': logged('worker-crash', 'x', once) })),
    ).toBeUndefined()
  })
})

describe('a limit of the gateway', () => {
  const limited = logged('limited', 'limiting requests, excess: 10.5 by zone "api"')

  it('is named where it meets us too', () => {
    const facts = servingFacts({ 'nginx-errors': limited, http: http(answer(), gatewayAnswer({ status: 503 })) })
    expect(judge('gateway-deliberate-503', facts)).toMatchObject({
      summary: 'nginx refused 3 requests in the last hour by its own limit api',
    })
  })

  it('is let be where only others meet it', () => {
    expect(judge('gateway-deliberate-503', servingFacts({ 'nginx-errors': limited }))).toBeUndefined()
  })
})

describe('connections that are kept', () => {
  const kept = { ...upstream('app', '127.0.0.1:3000'), keepalive: 16 }
  const location = proxy('http://app', { upstream: 'app' })
  const withoutClose = { ...location, headers: { ...location.headers, connection: '' } }
  const make = (overrides: Partial<Facts> = {}, startedMs = nowMs - hour, pool: ReturnType<typeof upstream> = kept) =>
    servingFacts({
      nginx: nginx([site({ locations: [withoutClose] })], { upstreams: [pool] }),
      processes: processes(webProcess({ startedMs })),
      'nginx-errors': logged('closed-early', 'upstream prematurely closed connection while reading response header'),
      ...overrides,
    })

  it('are met while the app closes them', () => {
    expect(judge('keepalive-race', make())).toMatchObject({ confidence: 'medium' })
  })

  it('are not blamed for an app that died at that moment', () => {
    expect(judge('keepalive-race', make({}, nowMs - 30_000))).toBeUndefined()
  })

  it('nor for the end of a WebSocket', () => {
    const ended = logged('reset', 'recv() failed (104: …)', { phase: 'while proxying upgraded connection' })
    expect(judge('keepalive-race', make({ 'nginx-errors': ended }))).toBeUndefined()
  })

  it('nor where none are kept', () => {
    expect(judge('keepalive-race', make({}, nowMs - hour, upstream('app', '127.0.0.1:3000')))).toBeUndefined()
  })

  it('are kept by default since nginx 1.29.7', () => {
    const facts = make({
      nginx: nginx([site({ locations: [withoutClose] })], {
        upstreams: [upstream('app', '127.0.0.1:3000')],
        version: '1.29.7',
      }),
    })
    expect(judge('keepalive-race', facts)).toMatchObject({ confidence: 'medium' })
  })
})

describe('an upstream whose name has moved', () => {
  const make = (names: { name: string; addresses: string[] }[] | undefined) =>
    servingFacts({
      nginx: nginx([site({ locations: [proxy('http://app.internal:3000')] })]),
      http: http(gatewayAnswer({ status: 502 })),
      'nginx-errors': logged(
        'connect-refused',
        'connect() failed (111: Connection refused) while connecting to upstream',
        {
          upstream: 'http://10.0.0.7:3000',
          ...(names && { names }),
        },
      ),
    })

  it('is still dialled at its former address', () => {
    expect(judge('nginx-stale-upstream-ip', make([{ name: 'app.internal', addresses: ['10.0.0.8'] }]))).toMatchObject({
      summary: 'nginx still dials 10.0.0.7 for app.internal, which is 10.0.0.8 by now',
    })
  })

  it('has not moved where it has that address now', () => {
    const names = [{ name: 'app.internal', addresses: ['10.0.0.8', '10.0.0.7'] }]
    expect(judge('nginx-stale-upstream-ip', make(names))).toBeUndefined()
  })

  it('stays open where it could not be looked up', () => {
    expect(judge('nginx-stale-upstream-ip', make(undefined))).toMatchObject({
      holds: null,
      decide: 'getent ahosts app.internal',
    })
  })
})

describe('certificates', () => {
  const day = 24 * hour
  const certificate = (days: number, overrides: object = {}) => ({
    subject: 'classrooom.test',
    names: ['classrooom.test'],
    issuer: 'R11',
    notBeforeMs: nowMs - 60 * day,
    notAfterMs: nowMs + days * day,
    serial: String(days),
    ...overrides,
  })
  const make = (served: ReturnType<typeof certificate> | null, file: ReturnType<typeof certificate> | null) => {
    const path = '/etc/letsencrypt/live/classrooom.test/fullchain.pem'
    const listens = [{ address: '0.0.0.0', port: 443, unixPath: null, isTls: true, isDefault: false }]
    return servingFacts({
      host: hostFacts(),
      nginx: nginx([site({ listens, certificates: [path] })]),
      http: http(answer(), gatewayAnswer({ port: 443, url: 'https://classrooom.test:443/' })),
      certificates: known({
        files: [{ path, modifiedMs: nowMs - hour, certificate: file }],
        served: [{ address: '127.0.0.1', port: 443, name: 'classrooom.test', certificate: served }],
        upstreams: [],
      }),
    })
  }

  it('that have expired are told, with the renewal', () => {
    const found = judge('cert-expired', make(certificate(-2), certificate(-2)))
    expect(found).toMatchObject({ isLatent: false, summary: 'the certificate of classrooom.test expired 2 days ago' })
    expect(found?.holds && found.remedy[0]?.command?.text).toBe('sudo certbot renew')
  })

  it('that are about to are a risk', () => {
    expect(judge('cert-expired', make(certificate(5), certificate(5)))).toMatchObject({ isLatent: true })
  })

  it('are told by their file where nothing was shown', () => {
    expect(judge('cert-expired', make(null, certificate(-2)))).toMatchObject({ confidence: 'high' })
  })

  it.each([20, 80])('with %i days left are well', (days) => {
    expect(judge('cert-expired', make(certificate(days), certificate(days)))).toBeUndefined()
  })

  it('that live for days only are renewed late', () => {
    const short = { notBeforeMs: nowMs - day }
    expect(judge('cert-expired', make(certificate(5, short), certificate(5, short)))).toBeUndefined()
  })

  it('that were renewed, and not loaded, explain that the old one has expired', () => {
    expect(idsOf(make(certificate(-1), certificate(89)))).toEqual(['cert-renewed-not-reloaded'])
  })

  it('of another name in the file are another certificate', () => {
    const other = certificate(89, { subject: 'other.test' })
    expect(judge('cert-renewed-not-reloaded', make(certificate(20), other))).toBeUndefined()
  })

  it('that could not be seen say nothing', () => {
    const facts = { ...make(certificate(-1), certificate(89)), certificates: unseen() }
    expect([judge('cert-expired', facts), judge('cert-renewed-not-reloaded', facts)]).toEqual([undefined, undefined])
  })
})

describe('two gateways', () => {
  const at = (address: string, processName: string, pid: number) =>
    listener({ address, port: 80, processName, pids: [pid], uid: 0 })
  const make = (...list: ReturnType<typeof listener>[]) => servingFacts({ listeners: listeners(listener(), ...list) })

  it('share a port, each at addresses of its own', () => {
    const found = judge('two-gateways', make(at('0.0.0.0', 'nginx', 700), at('::', 'apache2', 800)))
    expect(found).toMatchObject({ confidence: 'medium' })
  })

  it('one that listens on both is one', () => {
    expect(judge('two-gateways', make(at('0.0.0.0', 'nginx', 700), at('::', 'nginx', 700)))).toBeUndefined()
  })

  it('two at addresses of their own are meant so', () => {
    expect(judge('two-gateways', make(at('10.0.0.1', 'nginx', 700), at('10.0.0.2', 'apache2', 800)))).toBeUndefined()
  })

  it('one behind, at a port or an address of its own, is no rival', () => {
    expect(judge('two-gateways', make(at('0.0.0.0', 'nginx', 700), at('127.0.0.1', 'apache2', 800)))).toBeUndefined()
  })
})

describe('a port that speaks TLS', () => {
  const make = (certificates: Facts['certificates']) =>
    servingFacts({ http: http(failed('empty'), gatewayAnswer({ status: 502 })), certificates })

  it('stays open where nobody greeted it by TLS', () => {
    expect(judge('plain-to-tls-upstream', make(unseen()))).toMatchObject({
      holds: null,
      decide: 'curl -vk https://127.0.0.1:3000/',
    })
  })

  it('is none where it showed no certificate', () => {
    const upstreams = [{ address: '127.0.0.1', port: 3000, certificate: null }]
    expect(judge('plain-to-tls-upstream', make(known({ files: [], served: [], upstreams })))).toBeUndefined()
  })
})
