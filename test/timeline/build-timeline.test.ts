import { describe, expect, it } from 'vitest'
import type { Facts } from '../../src/probes/index.js'
import { buildTimeline } from '../../src/timeline/build-timeline.js'
import {
  daemon,
  errorLog,
  hostFacts,
  known,
  makeFacts,
  nginx,
  nowMs,
  pm2,
  pm2Log,
  services,
  unit,
} from '../support/facts.js'
import { buildFacts, pm2App } from '../support/record.js'

const ago = (seconds: number) => nowMs - seconds * 1000
const at = (seconds: number) => new Date(ago(seconds)).toISOString()
const tell = (overrides: Partial<Facts>) => buildTimeline(makeFacts(overrides), 0)
const texts = (overrides: Partial<Facts>) =>
  tell(overrides).flatMap(({ text }) => (text === 'the host started' ? [] : [text]))

const log = '/home/deploy/.pm2/pm2.log'
const daemonStart = 'New PM2 Daemon started'

describe('the timeline of a host', () => {
  it('puts what pm2, the kernel, nginx and the files say in one order, with repetitions merged', () => {
    const timeline = tell({
      host: hostFacts({ uptimeSeconds: 1000 }),
      pm2: pm2(
        daemon({
          log: pm2Log(
            [905, daemonStart],
            [900, 'App [classrooom:0] online'],
            [300, 'App [classrooom:0] exited with code [1] via signal [SIGINT]'],
            [290, 'App [classrooom:0] exited with code [1] via signal [SIGINT]'],
            [280, 'App [classrooom:0] exited with code [0] via signal [SIGKILL]'],
            [270, 'Script /srv/server.js had too many unstable restarts (16). Stopped. "errored"'],
          ),
        }),
      ),
      'kernel-log': known({
        source: 'dmesg',
        oomKills: [{ atMs: ago(281), pid: 7, name: 'node', scope: 'host', text: 'Killed' }],
        firewallBlocks: [],
        oomKillsSinceBoot: 1,
      }),
      nginx: nginx([], {
        startedMs: ago(990),
        workersStartedMs: ago(500),
        files: [{ path: '/etc/nginx/nginx.conf', modifiedMs: ago(501) }],
      }),
    })
    expect(timeline).toEqual([
      { at: at(1000), kind: 'boot', text: 'the host started', source: 'uptime' },
      { at: at(990), kind: 'gateway-start', text: 'nginx started', source: 'ps' },
      { at: at(905), kind: 'app-start', text: 'the pm2 daemon started', source: log },
      { at: at(900), kind: 'app-start', text: 'classrooom started', source: log },
      {
        at: at(501),
        kind: 'configuration',
        text: '/etc/nginx/nginx.conf was changed',
        source: '/etc/nginx/nginx.conf',
      },
      { at: at(500), kind: 'gateway-reload', text: 'nginx was reloaded', source: 'ps' },
      { at: at(300), until: at(290), count: 2, kind: 'app-exit', text: 'classrooom exited with code 1', source: log },
      { at: at(281), kind: 'oom-kill', text: 'the kernel killed node as memory ran out', source: 'kernel log' },
      { at: at(280), kind: 'app-exit', text: 'classrooom exited with code 0 (SIGKILL)', source: log },
      { at: at(270), kind: 'app-stop', text: 'pm2 gives up /srv/server.js', source: log },
    ])
  })

  it("tells all times by the operator's clock", () => {
    const facts = makeFacts({
      host: hostFacts({ uptimeSeconds: 60 }),
      pm2: pm2(daemon({ log: pm2Log([9, daemonStart], [5, 'App [a:0] online'], [4, 'App [a:0] online']) })),
    })
    expect(buildTimeline(facts, 90_000)).toMatchObject([
      { at: at(150), kind: 'boot' },
      { at: at(99), text: 'the pm2 daemon started' },
      { at: at(95), until: at(94), text: 'a started' },
    ])
  })

  it('leaves out what is in the future and changes of long ago, and keeps the 60 newest', () => {
    const files = [ago(-7200), ago(60 * 86_400)].map((modifiedMs) => ({ path: '/etc/nginx/nginx.conf', modifiedMs }))
    expect(texts({ nginx: nginx([], { files }) })).toEqual([])
    const lines = pm2Log(
      ...Array.from({ length: 99 }, (_, n): [number, string] => [9000 - n, `App [app-${n}:0] online`]),
    )
    const timeline = tell({ pm2: pm2(daemon({ log: lines })) })
    expect(timeline).toHaveLength(60)
    expect(timeline.at(-1)?.text).toBe('app-98 started')
  })

  it('leaves out what a host claims that is no moment, and tells nothing by such a clock', () => {
    for (const startedMs of [-1e300, -1, Number.NaN, 1e300])
      expect(texts({ pm2: pm2(daemon({ apps: [pm2App({ startedMs })] })) })).toEqual([])
    for (const nowMs of [1e20, -1e20, Number.NaN]) expect(tell({ host: hostFacts({ nowMs }) })).toEqual([])
  })

  it('tells nothing of a host whose clock is not known', () => {
    const host = { known: false as const, because: { what: 'the host itself', reason: 'deadline' as const } }
    expect(tell({ host, pm2: pm2(daemon({ log: pm2Log([5, 'App [a:0] online']) })) })).toEqual([])
  })
})

describe('what pm2.log tells', () => {
  const told = (...lines: [number, string][]) => tell({ pm2: pm2(daemon({ log: pm2Log(...lines) })) }).slice(1)

  it('is a stop where pm2 was asked for the end, and an exit where it was not', () => {
    const end = 'App [classrooom:0] exited with code [0] via signal [SIGINT]'
    expect(told([60, end], [50, 'Stopping app:classrooom id:0'], [49, end]).map(({ text }) => text)).toEqual([
      'classrooom exited with code 0',
      'pm2 stops classrooom',
    ])
  })

  it('keeps starts before and after a stop apart, and a loop of stops together', () => {
    const online = 'App [a:0] online'
    const stop = 'Stopping app:a id:0'
    expect(told([60, online], [50, stop], [49, online], [40, stop], [39, online])).toMatchObject([
      { at: at(60), text: 'a started' },
      { at: at(50), text: 'pm2 stops a', count: 2 },
      { at: at(49), text: 'a started', count: 2 },
    ])
  })

  it('may have begun earlier where only the end of the log was read', () => {
    const crash = 'App [a:0] exited with code [1] via signal [SIGINT]'
    expect(told([60, crash], [50, crash])).toMatchObject([{ at: at(60), count: 2, mayBeOlder: true }])
    expect(told([70, daemonStart], [60, crash], [50, crash])[1]).not.toHaveProperty('mayBeOlder')
    expect(told([60, crash])[0]).not.toHaveProperty('mayBeOlder')
  })

  it('is added to by the starts that it does not reach back to, modules apart', () => {
    const apps = [
      pm2App({ startedMs: ago(500) }),
      pm2App({ name: 'pm2-logrotate', startedMs: ago(600), isModule: true }),
    ]
    expect(texts({ pm2: pm2(daemon({ apps, log: pm2Log([50, 'App [other:1] online']) })) })).toEqual([
      'classrooom started',
      'other started',
    ])
  })
})

describe('gateways', () => {
  const errorKind = {
    kind: 'connect-refused' as const,
    level: 'error',
    errno: 111,
    phase: null,
    upstream: 'http://127.0.0.1:3000',
    server: null,
    count: 35,
    countLastHour: 35,
    firstMs: ago(4000),
    lastMs: ago(11),
    sample: '',
    bursts: [
      { firstMs: ago(4000), lastMs: ago(4000), count: 1 },
      { firstMs: ago(100), lastMs: ago(11), count: 34 },
    ],
  }
  const logOf = (overrides: Partial<typeof errorKind> = {}, sizeBytes = 1) => ({
    files: [{ path: '/var/log/nginx/error.log', exists: true, sizeBytes, modifiedMs: nowMs }],
    kinds: [{ ...errorKind, ...overrides }],
    emergencies: [],
  })
  const installed = nginx([]).value

  it('tell each burst of errors as one event', () => {
    expect(tell({ 'nginx-errors': known(logOf()) }).slice(1)).toEqual([
      {
        at: at(4000),
        kind: 'gateway-errors',
        text: 'nginx: connect refused (127.0.0.1:3000)',
        source: '/var/log/nginx/error.log',
      },
      {
        at: at(100),
        until: at(11),
        count: 34,
        kind: 'gateway-errors',
        text: 'nginx: connect refused (127.0.0.1:3000)',
        source: '/var/log/nginx/error.log',
      },
    ])
  })

  it('tell of errors that may have begun before what was read of a long log', () => {
    const bursts = [{ firstMs: ago(4000), lastMs: ago(3900), count: 9 }, ...errorKind.bursts.slice(1)]
    const long = tell({ 'nginx-errors': known(logOf({ bursts }, 300_000)) }).slice(1)
    expect(long.map(({ mayBeOlder }) => mayBeOlder)).toEqual([true, undefined])
  })

  it("leave out the check's own requests, and what fits no kind", () => {
    const own = { bursts: [{ firstMs: nowMs, lastMs: nowMs, count: 2 }] }
    expect(texts({ 'nginx-errors': known(logOf(own)) })).toEqual([])
    expect(texts({ 'nginx-errors': known({ ...logOf(), kinds: [{ ...errorKind, kind: 'other' }] }) })).toEqual([])
  })

  it('are told of alike, whichever they are', () => {
    const { notEnabled: _, ...facts } = { ...installed, startedMs: ago(90), workersStartedMs: ago(30) }
    const emergencies = [{ atMs: ago(20), text: 'Invalid command', file: '/etc/apache2/a.conf', line: 7 }]
    const timeline = texts({
      nginx: known({ ...installed, installed: false }),
      apache: known({ ...facts, unitName: 'apache2.service' }),
      'gateway-errors': known({ gateways: [{ ...logOf(), kind: 'apache', emergencies }] }),
    })
    expect(timeline).toEqual([
      'Apache: connect refused (127.0.0.1:3000)',
      'Apache: connect refused (127.0.0.1:3000)',
      'Apache started',
      'Apache was reloaded',
      'Apache: Invalid command (/etc/apache2/a.conf:7)',
    ])
  })

  it('that do not run have stopped or failed, by systemd', () => {
    const down = nginx([], { running: false })
    const is = (state: Parameters<typeof unit>[0]) =>
      texts({ nginx: down, services: services([unit({ name: 'nginx.service', role: 'gateway', ...state })]) })
    expect(is({ activeState: 'inactive', inactiveMs: ago(9) })).toEqual(['nginx was stopped'])
    expect(is({ activeState: 'failed', result: 'exit-code' })).toEqual(['nginx failed (exit-code)'])
  })
})

describe('units, files and logs', () => {
  it('takes the words of systemd for a unit, else the times that it keeps', () => {
    const failed = {
      activeState: 'failed',
      result: 'exit-code',
      changedMs: ago(50),
      exitedMs: ago(50),
      startedMs: ago(60),
    }
    const units = services([unit({ ...failed, exit: { how: 'exited', status: 1 } })])
    expect(texts({ services: units })).toEqual([
      'classrooom started',
      'classrooom ended: exited 1',
      'classrooom failed (exit-code)',
    ])
    const lines = [
      'Started classrooom.service.',
      'classrooom.service: Main process exited, code=exited, status=1/FAILURE',
    ].map((text, index) => ({ atMs: ago(60 - index), from: 'systemd', text }))
    const journals = known({ journals: [{ unit: 'classrooom.service', lines }], names: [] })
    expect(texts({ services: units, journals })).toEqual(['classrooom started', 'classrooom ended: exited 1/FAILURE'])
  })

  it('takes changes in the folder of an app for a deployment, and those of its settings for what they are', () => {
    const app = {
      cwd: '/home/deploy/classrooom',
      envFiles: [{ name: '.env', modifiedMs: ago(20), keys: null }],
      ecosystemFile: 'ecosystem.config.js',
      changes: [
        { name: '.git/logs/HEAD', modifiedMs: ago(30) },
        { name: '.', modifiedMs: ago(29) },
        { name: 'ecosystem.config.js', modifiedMs: ago(10) },
      ],
    }
    const facts = { 'app-files': known({ apps: [app] }), builds: buildFacts({ builtMs: ago(25) }) }
    expect(tell(facts).slice(1)).toMatchObject([
      { kind: 'deploy', text: 'git took another commit of classrooom', source: `${app.cwd}/.git/logs/HEAD` },
      { kind: 'deploy', text: 'files came or went in the folder of classrooom', source: app.cwd },
      { kind: 'build', text: 'classrooom was built' },
      { kind: 'settings', text: '.env of classrooom was changed' },
      { kind: 'settings', text: 'ecosystem.config.js of classrooom was changed' },
    ])
  })

  it('takes a file of any name for a file', () => {
    const changes = ['constructor', '__proto__'].map((name) => ({ name, modifiedMs: ago(9) }))
    const app = { cwd: '/srv/web', envFiles: [], ecosystemFile: null, changes }
    expect(texts({ 'app-files': known({ apps: [app] }) })).toEqual([
      'constructor of web was changed',
      '__proto__ of web was changed',
    ])
  })

  it('calls an app as pm2 does', () => {
    const daemons = pm2(daemon({ apps: [pm2App({ name: 'web' })] }))
    expect(texts({ pm2: daemons, builds: buildFacts({ builtMs: ago(25) }) })).toEqual(['web was built'])
  })

  it('dates a line without a time only when it is the last of its log', () => {
    const full = 'Error: ENOSPC: no space left on device, write'
    const told = (lines: string[]) => texts({ 'app-logs': known({ logs: [errorLog(lines)] }) })
    expect(told(['ok', full])).toEqual(['no space left on device'])
    expect(told([full, 'ok'])).toEqual([])
  })
})
