import { describe, expect, it } from 'vitest'
import { requestEvidence } from '../../src/path/answer.js'
import { buildPaths } from '../../src/path/build-paths.js'
import type { HttpAnswer } from '../../src/path/request-path.js'
import type { Facts } from '../../src/probes/index.js'
import {
  answer,
  daemon,
  failed,
  gatewayAnswer,
  hostFacts,
  http,
  known,
  listener,
  listeners,
  makeFacts,
  nginx,
  pm2,
  processes,
  proxy,
  savedApp,
  servingFacts,
  site,
  unseen,
  webProcess,
} from '../support/facts.js'
import { buildFacts, pm2App } from '../support/record.js'

/** The links of the first path, each as `state: detail`. */
function linksOf(facts: Facts, fromHere: HttpAnswer[] = []) {
  const [path] = buildPaths(facts, [], fromHere)
  return Object.fromEntries(path?.edges.map(({ id, state, detail }) => [id, `${state}: ${detail}`]) ?? [])
}

const closed = { listeners: listeners(), http: http(failed('refused')) }

it('a host that serves has every link proven, in the order of a request', () => {
  expect(Object.entries(linksOf(servingFacts()))).toEqual([
    ['gateway', 'proven: running'],
    ['entrance', 'proven: open'],
    ['site', 'proven: /etc/nginx/sites-enabled/site:6'],
    ['target', 'proven: listening'],
    ['process', 'proven: runs as deploy'],
    ['manager', 'proven: online'],
    ['folder', 'proven: there'],
    ['build', 'proven: kX2v9QhLm3PzRt7WbYc1d'],
    ['answer', 'proven: HTTP 200'],
  ])
})

it('links that a path does not have are left out', () => {
  const worker = pm2App({ port: null })
  expect(Object.keys(linksOf(makeFacts({ pm2: pm2(daemon({ apps: [worker] })) })))).toEqual(['process', 'manager'])
})

describe('gateway', () => {
  it.each([
    [true, 'proven: running'],
    [false, 'broken: not running'],
  ])('nginx runs: %s', (running, link) => {
    expect(linksOf(servingFacts({ nginx: nginx([site()], { running }) })).gateway).toBe(link)
  })
})

describe('entrance', () => {
  const firewall = (rules: object[], inputPolicy: 'accept' | 'drop' = 'drop', blind = false) => {
    const all = rules.map((rule) => ({
      action: 'accept' as const,
      ports: [] as [number, number][],
      source: null,
      interface: null,
      isConditional: false,
      text: 'rule',
      ...rule,
    }))
    const fact = known({ firewalls: [{ tool: 'ufw' as const, active: true, inputPolicy, rules: all }] })
    return { firewall: blind ? { ...fact, blind: [{ what: 'nft', reason: 'permission' as const }] } : fact }
  }
  const open80 = { ports: [[80, 80]] }

  it.each<[string, Partial<Facts>, string]>([
    ['no firewall', {}, 'proven: open'],
    ['a rule lets it in', firewall([open80]), 'proven: open'],
    ['no rule lets it in', firewall([]), 'broken: packets dropped'],
    ['a rule rejects it', firewall([{ ...open80, action: 'reject' }], 'accept'), 'broken: connections rejected'],
    ['it is open to a load balancer', firewall([{ ...open80, source: '10.0.0.9' }]), 'proven: open to 10.0.0.9'],
    ['nothing could be seen', { firewall: unseen() }, 'unknown: the rules could not be seen'],
    ['not all could be seen', firewall([open80], 'drop', true), 'unknown: not all rules could be seen'],
  ])('%s', (_, facts, link) => {
    expect(linksOf(servingFacts(facts)).entrance).toBe(link)
  })

  it('a port that is not for the public may be closed', () => {
    const behind = site({
      listens: [{ address: '0.0.0.0', port: 8080, unixPath: null, isTls: false, isDefault: false }],
    })
    expect(linksOf(servingFacts({ nginx: nginx([behind]), ...firewall([]) })).entrance).toBe(
      'unknown: not all rules could be seen',
    )
  })

  it('an answer from here proves it, whatever the rules', () => {
    const fromHere = [answer({ address: '10.0.0.1', port: 80, hostHeader: 'classrooom.test' })]
    expect(linksOf(servingFacts(firewall([])), fromHere).entrance).toBe('proven: answers from here')
  })

  it('no rule opens an address at which nothing listens', () => {
    const refused = (address: string) =>
      [failed('refused', { address, hostHeader: 'classrooom.test', url: `http://${address}/` })].map((asked) => ({
        ...asked,
        port: 80,
      }))
    const on = (address: string) =>
      servingFacts({
        host: hostFacts(),
        listeners: listeners(listener({ port: 3000 }), listener({ address, port: 80, acceptsIpv4: address !== '::' })),
      })
    expect(linksOf(on('::'), refused('10.0.0.1')).entrance).toBe('unknown: nothing listens on 10.0.0.1:80')
    expect(linksOf(on('0.0.0.0'), refused('10.0.0.1')).entrance).toBe('proven: open')
    expect(linksOf(on('::'), refused('203.0.113.7')).entrance).toBe('proven: open')
  })

  it('a site for the host itself has none', () => {
    const inner = site({
      listens: [{ address: '127.0.0.1', port: 80, unixPath: null, isTls: false, isDefault: false }],
    })
    expect(linksOf(servingFacts({ nginx: nginx([inner]) })).entrance).toBeUndefined()
  })
})

describe('site', () => {
  it('is broken where the running nginx refuses its files', () => {
    const mistakes = [{ place: { file: '/etc/nginx/nginx.conf', line: 3 }, message: 'unknown directive "x"' }]
    const refused = (running: boolean) => linksOf(servingFacts({ nginx: nginx([site()], { mistakes, running }) })).site
    expect(refused(true)).toBe('broken: nginx refuses this configuration')
    expect(refused(false)).toBe('proven: /etc/nginx/sites-enabled/site:6')
  })
})

describe('target', () => {
  it.each<[string, Partial<Facts>, string]>([
    ['a socket listens', { http: http() }, 'proven: listening'],
    ['no socket was seen, but it answers', { listeners: unseen() }, 'proven: accepts connections'],
    [
      'no socket was seen, and it takes the request',
      { listeners: unseen(), http: http(failed('response-timeout')) },
      'proven: accepts connections',
    ],
    ['refused', closed, 'broken: nothing listens'],
    ['refused, and sockets were not seen', { ...closed, listeners: unseen() }, 'broken: nothing listens'],
    ['time out', { ...closed, http: http(failed('connect-timeout')) }, 'broken: does not answer'],
    ['no route', { ...closed, http: http(failed('unreachable')) }, 'broken: unreachable'],
    ['not asked, no socket', { ...closed, http: http() }, 'broken: nothing listens'],
    ['not asked, not seen', { http: http(), listeners: unseen() }, 'unknown: not asked'],
  ])('%s', (_, facts, link) => {
    expect(linksOf(servingFacts(facts)).target).toBe(link)
  })

  const behindSocket = (facts: Partial<Facts>) =>
    linksOf(
      servingFacts({
        nginx: nginx([site({ locations: [proxy('http://unix:/run/app.sock')] })]),
        http: http(),
        ...facts,
      }),
    )
  const sockets = (...paths: string[]) =>
    known({ source: 'ss' as const, listeners: [], unixSockets: paths.map((path) => ({ path })) })

  it.each<[string, Partial<Facts>, string]>([
    ['listens', { listeners: sockets('/run/app.sock') }, 'proven: listening'],
    ['is absent', { listeners: sockets('/run/other.sock') }, 'broken: no such socket'],
    ['was not seen', { listeners: unseen() }, 'unknown: not asked'],
    [
      'answers',
      { listeners: unseen(), http: http(answer({ unixPath: '/run/app.sock' })) },
      'proven: accepts connections',
    ],
  ])('a unix socket that %s', (_, facts, link) => {
    expect(behindSocket(facts).target).toBe(link)
  })

  it('another host: only an answer decides, and its processes are not looked for here', () => {
    const remote = (...answers: HttpAnswer[]) =>
      linksOf(
        servingFacts({ nginx: nginx([site({ locations: [proxy('http://10.0.0.2:3000')] })]), http: http(...answers) }),
      )
    const at = { address: '10.0.0.2' }
    expect(remote().target).toBe('unknown: not asked')
    expect(remote(answer(at)).target).toBe('proven: accepts connections')
    expect(remote(failed('connect-timeout', at))).toMatchObject({ target: 'broken: does not answer' })
    expect(Object.keys(remote(answer(at)))).toEqual(['gateway', 'entrance', 'site', 'target', 'answer'])
  })
})

describe('process', () => {
  const stranger = webProcess({ pid: 9000, ppid: 1, user: 'root' })
  const heldBy = (pid: number) => listeners(listener({ pids: [pid] }))

  it.each<[string, Partial<Facts>, string | undefined]>([
    ["pm2's own child", {}, 'proven: runs as deploy'],
    [
      'a stranger',
      { processes: processes(webProcess(), stranger), listeners: heldBy(9000) },
      'broken: is not classrooom',
    ],
    [
      'a stranger, while pm2 could not be asked',
      {
        processes: processes(stranger),
        listeners: heldBy(9000),
        pm2: pm2(daemon({ apps: null, saved: [savedApp()] })),
      },
      'proven: runs as root',
    ],
    ['nobody, but the app lives', closed, 'proven: alive'],
    ['nobody', { ...closed, processes: processes() }, 'broken: none'],
    ['nobody who could be seen', { ...closed, processes: unseen() }, 'unknown: could not be seen'],
    [
      'nobody, and the processes of others are hidden',
      { ...closed, processes: known({ hidesOthers: true, processes: [] }) },
      'unknown: could not be seen',
    ],
    [
      'somebody who could not be seen',
      { listeners: listeners(listener({ pids: [] })), processes: processes() },
      'unknown: its owner could not be seen',
    ],
    [
      'pm2 itself, for a cluster',
      {
        pm2: pm2(daemon({ apps: [pm2App({ execMode: 'cluster' })] })),
        processes: processes(webProcess(), webProcess({ pid: 3000, ppid: 1, name: 'PM2 v7.0.4: God' })),
        listeners: heldBy(3000),
      },
      'proven: runs as deploy',
    ],
  ])('held by %s', (_, facts, link) => {
    expect(linksOf(servingFacts(facts)).process).toBe(link)
  })
})

describe('manager', () => {
  const managed = (...apps: Parameters<typeof pm2App>[0][]) => ({
    pm2: pm2(daemon({ apps: apps.map(pm2App), saved: [savedApp()] })),
  })

  it.each<[string, Partial<Facts>, string | undefined]>([
    ['online', managed({}), 'proven: online'],
    ['stopped', managed({ status: 'stopped', pid: 0 }), 'broken: stopped'],
    ['errored', managed({ status: 'errored', pid: 0 }), 'broken: errored'],
    ['online with no pid', managed({ pid: null }), 'broken: online, but never spawned'],
    ['online with pid 0', managed({ pid: 0 }), 'broken: online'],
    ['a cluster in part', managed({ status: 'errored', pid: 0 }, { id: 1 }), 'proven: errored, online'],
    ['not in the list', managed(), 'broken: not in the pm2 list'],
    ['no daemon', { pm2: pm2(daemon({ pid: null, apps: null, saved: [savedApp()] })) }, 'broken: no pm2 daemon'],
    ['pm2 could not be seen', { pm2: unseen() }, 'unknown: could not be seen'],
    ['no pm2', { pm2: pm2() }, undefined],
  ])('%s', (_, facts, link) => {
    expect(linksOf(servingFacts(facts)).manager).toBe(link)
  })
})

describe('folder and build', () => {
  it.each([
    ['complete', {}, 'proven: there', 'proven: kX2v9QhLm3PzRt7WbYc1d'],
    ['the folder is gone', { exists: false }, 'broken: no such folder', undefined],
    ['no Next.js', { isNext: false, buildId: null }, 'proven: there', undefined],
    ['no dist folder', { distExists: false, buildId: null }, 'proven: there', 'broken: no .next folder'],
    ['no id', { buildId: null, missing: ['BUILD_ID'] }, 'proven: there', 'broken: no BUILD_ID'],
    ['not to be entered', { buildId: null }, 'proven: there', 'unknown: may not be read'],
    ['parts are missing', { missing: ['static', 'server'] }, 'proven: there', 'broken: lacks static, server'],
  ])('%s', (_, overrides, folder, build) => {
    expect(linksOf(servingFacts({ builds: buildFacts(overrides) }))).toMatchObject({
      folder,
      ...(build !== undefined && { build }),
    })
    if (build === undefined) expect(linksOf(servingFacts({ builds: buildFacts(overrides) })).build).toBeUndefined()
  })
})

describe('answer', () => {
  it.each<[string, HttpAnswer[], string | undefined]>([
    ['a page', [answer()], 'proven: HTTP 200'],
    ['not found, which is an answer', [answer({ status: 404 })], 'proven: HTTP 404'],
    ['an error of the app', [answer({ status: 500 })], 'broken: HTTP 500'],
    ['silence', [failed('response-timeout')], 'broken: response-timeout'],
    ['one of two addresses', [failed('reset'), answer()], 'proven: HTTP 200'],
    ['refused, which the target says', [failed('refused')], undefined],
    ['through the gateway, where the app was not asked', [gatewayAnswer({ status: 502 })], 'broken: HTTP 502'],
  ])('%s', (_, answers, link) => {
    expect(linksOf(servingFacts({ http: http(...answers) })).answer).toBe(link)
  })

  it('is quoted as curl would be asked', () => {
    expect(requestEvidence(answer())).toEqual({ source: 'curl http://127.0.0.1:3000/', text: 'HTTP 200 after 12 ms' })
    expect(requestEvidence(failed('refused', { hostHeader: 'classrooom.test', elapsedMs: 1 }))).toEqual({
      source: "curl -H 'Host: classrooom.test' http://127.0.0.1:3000/",
      text: 'refused after 1 ms',
    })
  })
})
