import { describe, expect, it } from 'vitest'
import { causes } from '../../src/causes/index.js'
import { diagnose } from '../../src/diagnose/diagnose.js'
import type { Facts } from '../../src/probes/index.js'
import { deadFacts, dyingFacts, logged } from '../support/broken.js'
import { findingsOf, judgeHost } from '../support/cases.js'
import {
  answer,
  daemon,
  errorLog,
  gatewayAnswer,
  http,
  known,
  listener,
  listeners,
  nowMs,
  pm2,
  pm2Log,
  processes,
  proxy,
  servingFacts,
  site,
  unseen,
  webProcess,
} from '../support/facts.js'
import { buildFacts, pm2App } from '../support/record.js'

/** What a cause says of a host; undefined where it does not hold. */
async function judged(id: string, facts: Facts) {
  const cause = causes.find((each) => each.id === id)
  if (!cause) throw new Error(`there is no cause ${id}`)
  const all = judgeHost(cause, await findingsOf(() => facts))
  return all.flatMap((judgement) => (judgement?.holds ? [judgement] : []))[0]
}

const rootsOf = (facts: Facts) =>
  diagnose({ facts, apps: [], login: 'ops', fromHere: [] }).causes.map(({ id, effect }) => `${effect} ${id}`)

const hourAgo = nowMs - 3_600_000
const running = pm2(daemon({ apps: [pm2App({ startedMs: hourAgo })] }))
const server = webProcess({ startedMs: hourAgo })
const fails = (status: number) => http(answer({ status }), gatewayAnswer({ status }))

describe('native-addon-crash', () => {
  const ended = (text: string, secondsAgo = 60) =>
    deadFacts({
      pm2: pm2(
        daemon({
          apps: [pm2App({ status: 'errored', pid: 0, startedMs: nowMs - 61_000 })],
          log: pm2Log([secondsAgo, `App [classrooom:0] exited with code ${text}`]),
        }),
      ),
    })

  it.each([
    ['[0] via signal [SIGSEGV]', 'SIGSEGV'],
    ['[0] via signal [SIGILL]', 'SIGILL'],
    ['[139] via signal [SIGINT]', 'SIGSEGV'],
    ['[132] via signal [SIGINT]', 'SIGILL'],
  ])('knows it by %s', async (text, signal) => {
    expect(await judged('native-addon-crash', ended(text))).toMatchObject({
      confidence: 'high',
      summary: `classrooom dies by ${signal}: native code in it, or in an add-on, crashes`,
    })
  })

  it.each(['[1] via signal [SIGINT]', '[0] via signal [SIGKILL]', '[0] via signal [SIGABRT]'])(
    'is none of %s',
    async (text) => expect(await judged('native-addon-crash', ended(text))).toBeUndefined(),
  )

  it('leaves a death of two hours ago alone', async () => {
    expect(await judged('native-addon-crash', ended('[0] via signal [SIGSEGV]', 7200))).toBeUndefined()
  })
})

describe('app-malformed-response', () => {
  const said = (words: string) =>
    servingFacts({
      http: http(answer(), gatewayAnswer({ status: 502 })),
      'nginx-errors': logged('invalid-response', `upstream sent ${words} while reading response header from upstream`),
    })

  it('names the header', async () => {
    const duplicate = 'duplicate header line: "Content-Length: 3", previous value: "Content-Length: 2"'
    expect((await judged('app-malformed-response', said(duplicate)))?.summary).toBe(
      `classrooom answers, and the gateway refuses its headers: ${duplicate}`,
    )
  })

  it('is not what does not speak HTTP, nor what is over', async () => {
    expect(await judged('app-malformed-response', said('no valid HTTP/1.0 header'))).toBeUndefined()
    const over = { ...said('invalid header: "X\\x20..."'), http: http(answer(), gatewayAnswer()) }
    expect(await judged('app-malformed-response', over)).toBeUndefined()
  })
})

describe('app-fd-limit', () => {
  it('explains that the app dies of it', () => {
    expect(rootsOf(dyingFacts(["Error: EMFILE: too many open files, open '/srv/a.json'"]))).toEqual([
      'outage app-fd-limit',
    ])
  })

  it('is past where requests succeed', async () => {
    const logs = known({ logs: [errorLog(["Error: EMFILE: too many open files, open '/srv/a.json'"])] })
    expect(await judged('app-fd-limit', servingFacts({ pm2: running, 'app-logs': logs }))).toBeUndefined()
  })
})

describe('next-build-oom-killed', () => {
  const kill = { pid: 9, name: 'node', scope: 'host' as const, text: 'Out of memory: Killed process 9 (node)' }
  const half = { buildId: null, missing: ['BUILD_ID'], lastWriteMs: nowMs - 600_000 }
  const broken = (atMs: number, log = pm2Log()) =>
    deadFacts({
      builds: buildFacts(half),
      pm2: pm2(daemon({ apps: [pm2App({ status: 'errored', pid: 0, startedMs: nowMs - 60_000 })], log })),
      'kernel-log': known({
        source: 'dmesg',
        oomKills: [{ ...kill, atMs }],
        firewallBlocks: [],
        oomKillsSinceBoot: null,
      }),
    })

  it('is the root of the missing build, and of all that follows', () => {
    expect(rootsOf(broken(nowMs - 580_000))).toEqual(['outage next-build-oom-killed'])
  })

  it('is not a kill before the build, long after it, or of the app itself', async () => {
    const killed = pm2Log([580, 'App [classrooom:0] exited with code [0] via signal [SIGKILL]'])
    for (const facts of [broken(nowMs - 700_000), broken(nowMs + 60_000), broken(nowMs - 580_000, killed)])
      expect(await judged('next-build-oom-killed', facts)).toBeUndefined()
  })
})

describe('next-rebuild-in-place', () => {
  const builder = webProcess({
    pid: 812,
    ppid: 1,
    name: 'node',
    args: 'node node_modules/.bin/next build',
    pm2App: null,
  })
  const newer = { pm2: running, processes: processes(server), builds: buildFacts({ builtMs: nowMs - 60_000 }) }

  it('is a risk while the app answers', () => {
    expect(rootsOf(servingFacts(newer))).toEqual(['risk next-rebuild-in-place'])
  })

  it('is the root where the app fails by it', () => {
    expect(rootsOf(servingFacts({ ...newer, http: fails(500) }))).toEqual(['outage next-rebuild-in-place'])
  })

  it('is the root of what is missing while a build runs', () => {
    const torn = deadFacts({
      processes: processes(builder),
      builds: buildFacts({ buildId: null, missing: ['BUILD_ID'] }),
      pm2: pm2(daemon({ apps: [pm2App({ status: 'errored', pid: 0, startedMs: nowMs - 60_000 })] })),
    })
    expect(rootsOf(torn)).toEqual(['outage next-rebuild-in-place'])
  })

  it('is not a build that was there at the start, nor one of another folder', async () => {
    const older = servingFacts({ ...newer, builds: buildFacts({ builtMs: hourAgo - 1000 }) })
    expect(await judged('next-rebuild-in-place', older)).toBeUndefined()
    const elsewhere = servingFacts({ pm2: running, processes: processes(server, { ...builder, cwd: '/srv/other' }) })
    expect(await judged('next-rebuild-in-place', elsewhere)).toBeUndefined()
  })

  it('is not told where it cannot be seen when the app was started', async () => {
    const unknown = servingFacts({ ...newer, pm2: pm2(daemon({ apps: [pm2App()] })), processes: unseen() })
    expect(await judged('next-rebuild-in-place', unknown)).toBeUndefined()
  })
})

describe('next-dev-in-production', () => {
  const dev = pm2(
    daemon({ apps: [pm2App({ script: '/usr/bin/npm', args: ['run', 'dev'], port: null, startedMs: hourAgo })] }),
  )

  it('is why the app is on another port, where its own was taken', () => {
    const moved = ' ⚠ Port 3000 is in use by process 812, using available port 3001 instead.'
    const facts = deadFacts({
      pm2: dev,
      processes: processes(server),
      listeners: listeners(listener({ port: 3001 })),
      'app-logs': known({ logs: [errorLog([moved])] }),
    })
    expect(rootsOf(facts)).toEqual(['outage next-dev-in-production'])
  })

  it('needs no production build', () => {
    const facts = servingFacts({
      pm2: dev,
      builds: buildFacts({ buildId: null, missing: ['BUILD_ID'], isDevBuild: true }),
    })
    expect(rootsOf(facts)).toEqual(['risk next-dev-in-production'])
  })
})

describe('next-standalone-incomplete', () => {
  const script = '/home/deploy/classrooom/.next/standalone/server.js'
  const distDir = '/home/deploy/classrooom/.next/standalone/.next'
  const bare = (sites = [site()]) => {
    const { value } = servingFacts().nginx as Extract<Facts['nginx'], { known: true }>
    return servingFacts({
      nginx: known({ ...value, sites }),
      pm2: pm2(daemon({ apps: [pm2App({ script, args: [] })] })),
      builds: buildFacts({ distDir, isStandalone: true, hasStatic: false }),
    })
  }

  it('is a risk where static files are nowhere', async () => {
    const found = await judged('next-standalone-incomplete', bare())
    expect(found).toMatchObject({ isLatent: true, confidence: 'medium' })
    expect(found?.remedy[0]?.command?.text).toBe(
      `sudo -iu deploy sh -c 'cd /home/deploy/classrooom && cp -r /home/deploy/classrooom/.next/static ${distDir} && cp -r /home/deploy/classrooom/public /home/deploy/classrooom/.next/standalone'`,
    )
  })

  it('is none where the gateway serves them', async () => {
    const files = { ...proxy('http://127.0.0.1:3000', { pattern: '/_next/static/' }), proxyPass: null }
    const sites = [site({ locations: [proxy('http://127.0.0.1:3000'), files] })]
    expect(await judged('next-standalone-incomplete', bare(sites))).toBeUndefined()
  })
})

describe('app-leak-degrades', () => {
  it('does not blame an app for being big alone, nor without its processes', async () => {
    const big = { pm2: running, processes: processes(webProcess({ rssBytes: 1.5 * 2 ** 30 })) }
    const warning = known({
      logs: [errorLog(['(node:4001) MaxListenersExceededWarning: Possible EventEmitter memory leak'])],
    })
    expect(await judged('app-leak-degrades', servingFacts(big))).toBeUndefined()
    expect(await judged('app-leak-degrades', servingFacts({ ...big, 'app-logs': warning }))).toMatchObject({
      confidence: 'low',
      isLatent: true,
    })
    const blind = servingFacts({ ...big, 'app-logs': warning, processes: unseen() })
    expect(await judged('app-leak-degrades', blind)).toBeUndefined()
  })
})

describe('env-changed-after-start', () => {
  const edited = (modifiedMs: number) =>
    servingFacts({
      pm2: running,
      processes: processes(server),
      'app-files': known({
        apps: [
          {
            cwd: '/home/deploy/classrooom',
            envFiles: [{ name: '.env', modifiedMs, keys: ['SECRET'] }],
            ecosystemFile: null,
          },
        ],
      }),
    })

  it('tells a change since the start from one before it', async () => {
    expect((await judged('env-changed-after-start', edited(nowMs - 60_000)))?.isLatent).toBe(true)
    expect(await judged('env-changed-after-start', edited(hourAgo + 5000))).toBeUndefined()
  })
})

describe('db-unreachable-crash', () => {
  it.each([
    ['127.0.0.1:5432', "sudo ss -ltnp 'sport = :5432'"],
    ['::1:5432', "sudo ss -ltnp 'sport = :5432'"],
    ['10.0.0.1:5432', "sudo ss -ltnp 'sport = :5432'"],
    ['10.9.9.9:5432', 'nc -zvw 3 10.9.9.9 5432'],
  ])('looks for the database where it is: %s', async (address, command) => {
    const found = await judged('db-unreachable-crash', dyingFacts([`Error: connect ECONNREFUSED ${address}`]))
    expect(found?.remedy[0]?.command?.text).toBe(command)
  })
})

it('a line that an older life may have said makes a cause of the log less sure, and is told so', async () => {
  const facts = dyingFacts(["Error: Cannot find module 'express'", '(node:9) DeprecationWarning: punycode'])
  expect(await judged('module-not-found', facts)).toMatchObject({
    confidence: 'medium',
    against: [{ text: 'the line has no time, and others follow: an older life may have said it' }],
  })
})

describe('what answers may be a stranger', () => {
  const hidden = (uid: number) =>
    servingFacts({
      pm2: pm2(daemon({ apps: null, answer: 'not-allowed' })),
      processes: processes(),
      listeners: listeners(listener({ pids: [], uid })),
    })
  const statusOf = (facts: Facts) => diagnose({ facts, apps: [], login: 'guest', fromHere: [] }).status

  it('where an app of a pm2 that may not be asked could be meant, and another user listens', () => {
    expect(statusOf(hidden(0))).toBe('unknown')
    expect(statusOf(hidden(1001))).toBe('healthy')
  })
})
