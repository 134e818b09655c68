import { describe, expect, it } from 'vitest'
import { buildPaths } from '../../src/path/build-paths.js'
import type { Facts } from '../../src/probes/index.js'
import {
  answer,
  daemon,
  failed,
  gatewayAnswer,
  http,
  listener,
  listeners,
  makeFacts,
  nginx,
  pm2,
  processes,
  proxy,
  servingFacts,
  site,
  unseen,
  upstream,
  webProcess,
} from '../support/facts.js'
import { pm2App } from '../support/record.js'

function summarize(
  facts: Facts,
  ...rest: [hints?: Parameters<typeof buildPaths>[1], fromHere?: Parameters<typeof buildPaths>[2]]
) {
  const [hints = [], fromHere = []] = rest
  return buildPaths(facts, hints, fromHere).map(({ id, app, serves }) => [id, app?.name ?? null, serves])
}

describe('which paths there are', () => {
  it('one for a site with one proxied location', () => {
    expect(summarize(servingFacts())).toEqual([['classrooom.test/ → 127.0.0.1:3000', 'classrooom', true]])
  })

  it('one for each of several sites and apps', () => {
    const facts = makeFacts({
      nginx: nginx([
        site({ names: ['shop.test'], locations: [proxy('http://127.0.0.1:3001')] }),
        site({
          names: ['blog.test'],
          locations: [proxy('http://127.0.0.1:3002'), proxy('http://127.0.0.1:3003', { pattern: '/api/' })],
        }),
      ]),
      listeners: listeners(listener({ port: 3001, pids: [1] }), listener({ port: 3002, pids: [2] })),
      processes: processes(webProcess({ pid: 1 }), webProcess({ pid: 2 })),
      pm2: pm2(
        daemon({
          apps: [
            pm2App({ name: 'shop', pid: 1, port: 3001, cwd: '/srv/shop' }),
            pm2App({ id: 1, name: 'blog', pid: 2, port: 3002, cwd: '/srv/blog' }),
            pm2App({ id: 2, name: 'blog-api', pid: 3, port: 3003, cwd: '/srv/api' }),
            pm2App({ id: 3, name: 'mailer', pid: 4, port: null, cwd: '/srv/mailer' }),
          ],
        }),
      ),
      http: http(answer({ port: 3001 }), answer({ port: 3002 }), failed('refused', { port: 3003 })),
    })
    expect(summarize(facts)).toEqual([
      ['shop.test/ → 127.0.0.1:3001', 'shop', true],
      ['blog.test/ → 127.0.0.1:3002', 'blog', true],
      ['blog.test/api/ → 127.0.0.1:3003', 'blog-api', false],
      ['pm2 mailer', 'mailer', null],
    ])
  })

  it('none for a location that passes nothing on, or not over HTTP', () => {
    const locations = [{ ...proxy('http://x'), proxyPass: null }, proxy('fastcgi://127.0.0.1:9000')]
    expect(summarize(makeFacts({ nginx: nginx([site({ locations })]) }))).toEqual([])
  })

  it('straight to the apps where there is no gateway, or nginx could not be seen', () => {
    const alone = [['pm2 classrooom', 'classrooom', true]]
    expect(summarize(servingFacts({ nginx: nginx([]) }))).toEqual(alone)
    expect(summarize(servingFacts({ nginx: unseen() }))).toEqual(alone)
  })

  it('at the port where such an app listens, where its settings name none', () => {
    const [path] = buildPaths(
      servingFacts({ nginx: nginx([]), pm2: pm2(daemon({ apps: [pm2App({ port: null })] })) }),
      [],
    )
    expect(path?.target?.text).toBe('127.0.0.1:3000')
  })

  it('for an app of the inventory, and for no project that pm2 has forgotten unless it is one', () => {
    const facts = makeFacts({ pm2: pm2(daemon({ projects: ['/srv/shop', '/srv/old'] })) })
    expect(summarize(facts)).toEqual([])
    expect(summarize(facts, [{ name: 'shop', port: 3000 }])).toEqual([['pm2 shop', 'shop', null]])
    expect(summarize(makeFacts(), [{ name: 'shop', port: 3000 }])).toEqual([['shop', 'shop', null]])
  })
})

describe('an upstream block', () => {
  const pooled = (servers: string[], ...answers: Parameters<typeof http>) =>
    servingFacts({
      nginx: nginx([site({ locations: [proxy('http://backend', { upstream: 'backend' })] })], {
        upstreams: [upstream('backend', ...servers)],
      }),
      http: http(...answers),
    })

  it('gives a path to each server that is in use', () => {
    const paths = buildPaths(pooled(['127.0.0.1:3000', '127.0.0.1:3001', '127.0.0.1:3002 down']), [])
    expect(paths.map(({ id, poolSize }) => [id, poolSize])).toEqual([
      ['classrooom.test/ → 127.0.0.1:3000', 2],
      ['classrooom.test/ → 127.0.0.1:3001', 2],
    ])
  })

  it('with one dead server shows which, and that the other answers', () => {
    const dead = failed('refused', { port: 3001 })
    const paths = buildPaths(pooled(['127.0.0.1:3000', '127.0.0.1:3001'], answer(), dead, gatewayAnswer()), [])
    const targets = paths.map(({ edges }) => edges.find(({ id }) => id === 'target')?.state)
    expect(targets).toEqual(['proven', 'broken'])
    expect(paths[0]?.serves).toBe(true)
  })

  it('with all servers dead serves nothing', () => {
    const dead = [3000, 3001].map((port) => failed('refused', { port }))
    const paths = buildPaths(pooled(['127.0.0.1:3000', '127.0.0.1:3001'], ...dead, gatewayAnswer({ status: 502 })), [])
    expect(paths.map(({ serves }) => serves)).toEqual([false, false])
  })
})

describe('targets that are no port of this host', () => {
  it('a unix socket is asked as such', () => {
    const facts = servingFacts({
      nginx: nginx([site({ locations: [proxy('http://unix:/run/app.sock')] })]),
      http: http(answer({ unixPath: '/run/app.sock' }), failed('refused')),
    })
    const [path] = buildPaths(facts, [])
    expect(path).toMatchObject({
      id: 'classrooom.test/ → unix:/run/app.sock',
      serves: true,
      listeners: [],
      holders: [],
    })
    expect(path?.direct).toEqual([answer({ unixPath: '/run/app.sock' })])
  })

  it("another host is none of this host's apps", () => {
    const facts = servingFacts({
      nginx: nginx([site({ locations: [proxy('http://10.0.0.2:3000')] })]),
      http: http(answer({ address: '10.0.0.2' }), gatewayAnswer()),
    })
    expect(summarize(facts)).toEqual([
      ['classrooom.test/ → 10.0.0.2:3000', null, true],
      // Nobody asked the app of this host, and what the other host answered is none of its.
      ['pm2 classrooom', 'classrooom', null],
    ])
  })

  it('`localhost` is every address that the hosts file gives it', () => {
    const facts = servingFacts({
      nginx: nginx([site({ locations: [proxy('http://localhost:3000')] })]),
      http: http(answer({ address: '127.0.0.1' }), failed('refused', { address: '::1' })),
    })
    expect(buildPaths(facts, [])[0]?.direct.map(({ address, failure }) => [address, failure])).toEqual([
      ['127.0.0.1', null],
      ['::1', 'refused'],
    ])
  })
})

describe('whether it serves', () => {
  const fromHere = { address: '203.0.113.7', port: 80, hostHeader: 'classrooom.test' }

  it.each<[string, Parameters<typeof http>, boolean | null]>([
    ['a page through the gateway', [gatewayAnswer()], true],
    ['not found is an answer', [gatewayAnswer({ status: 404 })], true],
    ['an error through the gateway, whatever the app says', [answer(), gatewayAnswer({ status: 502 })], false],
    ['no answer through the gateway', [answer(), gatewayAnswer({ status: null, failure: 'refused' })], false],
    ['the app answers; the gateway was not asked', [answer()], true],
    ['the app does not answer; the gateway was not asked', [failed('refused')], false],
    ['nobody was asked', [], null],
  ])('%s', (_, answers, serves) => {
    expect(buildPaths(servingFacts({ http: http(...answers) }), [])[0]?.serves).toBe(serves)
  })

  it.each([200, 301, 401])("HTTP %i is the gateway's own where nothing listens behind it", (status) => {
    const facts = servingFacts({ listeners: listeners(), http: http(failed('refused'), gatewayAnswer({ status })) })
    expect(buildPaths(facts, [])[0]?.serves).toBe(false)
    const other = proxy('http://rooms', { upstream: 'rooms' })
    const pool = nginx([site({ locations: [other] })], {
      upstreams: [upstream('rooms', '127.0.0.1:3000', '127.0.0.1:3001')],
    })
    expect(buildPaths({ ...facts, nginx: pool }, [])[0]?.serves).toBe(true)
  })

  it('silence from here alone decides nothing: the port may be open to others only', () => {
    expect(summarize(servingFacts(), [], [failed('connect-timeout', fromHere)])).toEqual([
      ['classrooom.test/ → 127.0.0.1:3000', 'classrooom', true],
    ])
  })

  it('but at the address that the inventory calls public it does', () => {
    const url = 'http://classrooom.test/'
    const [path] = buildPaths(
      servingFacts(),
      [{ name: 'classrooom', url }],
      [failed('connect-timeout', { ...fromHere, url })],
    )
    expect(path?.serves).toBe(false)
  })

  it('and so does an error that a visitor gets', () => {
    const [path] = buildPaths(servingFacts(), [], [answer({ ...fromHere, status: 502 })])
    expect(path?.serves).toBe(false)
  })

  it('a redirect to https is not what the site says, where the other port says more', () => {
    const listens = [80, 443].map((port) => ({
      address: '0.0.0.0',
      port,
      unixPath: null,
      isTls: port === 443,
      isDefault: false,
    }))
    const facts = servingFacts({
      nginx: nginx([site({ listens })]),
      http: http(gatewayAnswer({ status: 301 }), gatewayAnswer({ port: 443, status: 502 })),
    })
    expect(buildPaths(facts, [])[0]).toMatchObject({ serves: false, throughGateway: { port: 443, status: 502 } })
  })
})
