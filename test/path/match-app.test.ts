import { describe, expect, it } from 'vitest'
import { knownValue } from '../../src/fact.js'
import type { App } from '../../src/path/app.js'
import { chooseApp } from '../../src/path/match-app.js'
import { resolveTarget } from '../../src/path/target.js'
import { errorLog, listener, listeners, makeApp, makeFacts, proxy, site, webProcess } from '../support/facts.js'
import { buildFacts, pm2App } from '../support/record.js'

const socket = listener()
const facts = makeFacts({ listeners: listeners(socket) })

/** A route to a port of this host, or to a whole URL. */
function route(to: number | string, { names = ['www.test'], listening = false, pattern = '/' } = {}) {
  const location = proxy(typeof to === 'number' ? `http://127.0.0.1:${to}` : to, { pattern })
  const { proxyPass } = location
  return {
    site: site({ names }),
    location,
    target: proxyPass && resolveTarget(proxyPass.target, facts),
    listeners: listening ? [socket] : [],
    app: null as App | null,
  }
}

/** An app that pm2 runs, of which nothing says that it is a web app. */
function worker(name: string, overrides: Partial<App> = {}): App {
  return makeApp({ name, port: null, ...overrides })
}

const web = (name: string, port: number) => worker(name, { port })
const build = knownValue(buildFacts())?.builds[0] ?? null
const next = (name: string) => worker(name, { build })

function namesOf(routes: ReturnType<typeof route>[], apps: App[]) {
  return chooseApp(routes, apps, facts).map(({ app }) => app?.name)
}

describe('the app of a route', () => {
  it('is the one that holds the socket, whatever port the settings of another name', () => {
    const holder = worker('holder', { processes: [webProcess()] })
    expect(namesOf([route(3000, { listening: true })], [web('settled', 3000), holder])).toEqual(['holder'])
  })

  it('else the one whose settings name the port, whatever the name of another', () => {
    expect(namesOf([route(3000, { names: ['shop.test'] })], [web('shop', 3001), web('other', 3000)])).toEqual(['other'])
  })

  it('but not one of two that name the port', () => {
    expect(namesOf([route(3000)], [web('blue', 3000), web('green', 3000)])).toEqual([undefined])
  })

  it('else the one that the site is named after, whatever the default port says', () => {
    expect(namesOf([route(3000, { names: ['shop.test'] })], [next('blog'), web('shop', 3001)])).toEqual(['shop'])
  })

  it('else the Next.js app that says nothing of a port, on 3000 only', () => {
    expect(namesOf([route(3000)], [next('blog'), web('shop', 3001)])).toEqual(['blog'])
    expect(namesOf([route(4000)], [next('blog'), web('shop', 3001)])).toEqual([undefined])
  })

  it('else the only one that is left', () => {
    expect(namesOf([route(3000), route(4000)], [web('shop', 3000), web('blog', 4001)])).toEqual(['shop', 'blog'])
  })

  it('but no worker, which has no port, no socket and no Next.js', () => {
    expect(namesOf([route(3000)], [worker('mailer')])).toEqual([undefined])
  })

  it('and a forgotten project only where nothing else is left', () => {
    const forgotten = worker('old-shop', { isForgotten: true, instances: [] })
    expect(namesOf([route(4000)], [forgotten, web('blog', 3001)])).toEqual(['blog'])
    expect(namesOf([route(4000)], [forgotten, worker('mailer')])).toEqual(['old-shop'])
  })

  it('else, before its name, the one whose own log says the port, as long as it listens nowhere', () => {
    const logs = [errorLog(['Server ready on 4100'])]
    const [shop, api] = [worker('shop', { build }), worker('api', { logs })]
    expect(namesOf([route(4100, { names: ['shop.test'] })], [shop, api])).toEqual(['api'])
    const client = worker('mailer', { logs: [errorLog(['connect ECONNREFUSED 127.0.0.1:4100'])] })
    expect(namesOf([route(4100)], [client])).toEqual([undefined])
  })

  it('and at last, where nothing listens, the only one that pm2 lists and does not run', () => {
    const stopped = (name: string) => worker(name, { instances: [pm2App({ name, status: 'stopped', pid: 0 })] })
    expect(namesOf([route(4000)], [stopped('api'), worker('mailer')])).toEqual(['api'])
    expect(namesOf([route(4000)], [stopped('api'), stopped('mailer')])).toEqual([undefined])
    expect(namesOf([route(4000, { listening: true })], [stopped('api')])).toEqual([undefined])
  })

  it('and none on another host', () => {
    expect(namesOf([route('http://10.0.0.2:3000', { names: ['shop.test'] })], [web('shop', 3000)])).toEqual([undefined])
  })

  it('and one app for two routes to its port', () => {
    const routes = [route(3000), route(3000, { pattern: '/api' })]
    expect(namesOf(routes, [web('shop', 3000), web('blog', 3001)])).toEqual(['shop', 'shop'])
  })

  it('and each its own for several sites', () => {
    const routes = ['shop.test', 'blog.test', 'api.test'].map((name, index) => route(4000 + index, { names: [name] }))
    expect(namesOf(routes, [web('api', 1001), web('blog', 1002), web('shop', 1003)])).toEqual(['shop', 'blog', 'api'])
  })
})

describe('a site is named after an app', () => {
  const isNamedAfter = (name: string, at: ReturnType<typeof route>) =>
    namesOf([at], [web(name, 1001), web('some-other', 1002)])[0] === name

  it.each([
    ['shop', 'shop.test'],
    ['shop', 'www.shop.test'],
    ['shop', 'my-shop.test'],
    ['Shop', 'shop.test'],
    ['my-shop', 'my-shop.test'],
    ['my_shop', 'my_shop.test'],
    ['shop.test', 'shop.test'],
  ])('%s, of %s', (name, serverName) => {
    expect(isNamedAfter(name, route(4000, { names: [serverName] }))).toBe(true)
  })

  it.each([
    ['shop', 'workshop.test'],
    ['shop', 'shops.test'],
  ])('not %s, of %s', (name, serverName) => {
    expect(isNamedAfter(name, route(4000, { names: [serverName] }))).toBe(false)
  })

  it('by its file, or by the location', () => {
    const place = { file: '/etc/nginx/sites-enabled/my-shop.conf', line: 1 }
    const byFile = { ...route(4000), site: site({ names: [''], place }) }
    expect(isNamedAfter('my-shop', byFile)).toBe(true)
    expect(isNamedAfter('shop', route(4000, { pattern: '/shop/' }))).toBe(true)
  })

  it('by what the inventory calls it, and then by nothing else', () => {
    const hint = { name: 'shop', serverName: 'store.test' }
    const apps = [worker('shop', { hint, port: 1001 }), web('some-other', 1002)]
    expect(namesOf([route(4000, { names: ['store.test'] })], apps)).toEqual(['shop'])
    expect(namesOf([route(4000, { names: ['shop.test'] })], apps)).toEqual([undefined])
  })
})

it('a cluster holds the socket through pm2 itself', () => {
  const socketOfPm2 = listener({ pids: [3000] })
  const cluster = makeApp({ name: 'cluster', instances: [pm2App({ execMode: 'cluster' })] })
  const at = { ...route(3000), listeners: [socketOfPm2] }
  const chosen = chooseApp([at], [cluster, web('other', 3000)], makeFacts({ listeners: listeners(socketOfPm2) }))
  expect(chosen[0]?.app?.name).toBe('cluster')
})
