import { describe, expect, it } from 'vitest'
import { buildTimeline } from '../../src/timeline/build-timeline.js'
import { timelineSchema } from '../../src/timeline/event.js'
import { mergeBursts } from '../../src/timeline/merge-bursts.js'
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

const ago = (seconds: number) => nowMs - seconds * 1000
const texts = (facts: Parameters<typeof buildTimeline>[0]) => buildTimeline(facts).map(({ text }) => text)

describe('the timeline of a host', () => {
  it('puts what pm2, the kernel, nginx and the files say in one order, with repetitions merged', () => {
    const facts = makeFacts({
      host: hostFacts({ uptimeSeconds: 1000 }),
      pm2: pm2(
        daemon({
          log: pm2Log(
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
      builds: known({ builds: [] }),
    })
    expect(buildTimeline(facts)).toEqual([
      { atMs: ago(1000), kind: 'boot', text: 'the host started', source: 'uptime' },
      { atMs: ago(990), kind: 'gateway-start', text: 'nginx started', source: 'ps' },
      { atMs: ago(900), kind: 'app-start', text: 'classrooom started', source: '/home/deploy/.pm2/pm2.log' },
      {
        atMs: ago(501),
        kind: 'configuration',
        text: '/etc/nginx/nginx.conf was changed',
        source: '/etc/nginx/nginx.conf',
      },
      { atMs: ago(500), kind: 'gateway-reload', text: 'nginx took its configuration anew', source: 'ps' },
      {
        atMs: ago(300),
        untilMs: ago(290),
        count: 2,
        kind: 'app-exit',
        text: 'classrooom exited with code 1',
        source: '/home/deploy/.pm2/pm2.log',
      },
      { atMs: ago(281), kind: 'oom-kill', text: 'the kernel killed node as memory ran out', source: 'kernel log' },
      {
        atMs: ago(280),
        kind: 'app-exit',
        text: 'classrooom exited with code 0 (SIGKILL)',
        source: '/home/deploy/.pm2/pm2.log',
      },
      {
        atMs: ago(270),
        kind: 'app-stop',
        text: 'pm2 gave /srv/server.js up',
        source: '/home/deploy/.pm2/pm2.log',
      },
    ])
  })

  it("tells all times by the operator's clock, and fits the record", () => {
    const skewMs = 90_000
    const events = buildTimeline(makeFacts({ host: hostFacts({ uptimeSeconds: 60 }) }), skewMs)
    expect(events[0]?.atMs).toBe(ago(60) - skewMs)
    expect(timelineSchema.parse(events)).toEqual(events)
  })

  it("takes each burst of nginx's errors as one event", () => {
    const facts = makeFacts({
      'nginx-errors': known({
        files: [{ path: '/var/log/nginx/error.log', exists: true, sizeBytes: 1, modifiedMs: nowMs }],
        kinds: [
          {
            kind: 'connect-refused',
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
          },
        ],
        emergencies: [],
      }),
    })
    expect(buildTimeline(facts).slice(1)).toMatchObject([
      { atMs: ago(4000), text: 'nginx: connect refused (127.0.0.1:3000)' },
      { atMs: ago(100), untilMs: ago(11), count: 34 },
    ])
  })

  it('takes the words of systemd for a unit, else the times that it keeps', () => {
    const failed = {
      activeState: 'failed',
      result: 'exit-code',
      changedMs: ago(50),
      exitedMs: ago(50),
      startedMs: ago(60),
    }
    const units = services([unit({ ...failed, exit: { how: 'exited', status: 1 } })])
    expect(texts(makeFacts({ services: units })).slice(1)).toEqual([
      'classrooom started',
      'classrooom ended: exited 1',
      'classrooom failed (exit-code)',
    ])
    const lines = [
      'Started classrooom.service.',
      'classrooom.service: Main process exited, code=exited, status=1/FAILURE',
    ]
    const journals = known({
      journals: [
        {
          unit: 'classrooom.service',
          lines: lines.map((text, index) => ({ atMs: ago(60 - index), from: 'systemd', text })),
        },
      ],
      names: [],
    })
    expect(texts(makeFacts({ services: units, journals })).slice(1)).toEqual([
      'classrooom started',
      'classrooom ended: exited 1/FAILURE',
    ])
  })

  it('takes changes in the folder of an app for a deployment, and those of its settings for what they are', () => {
    const cwd = '/srv/web'
    const app = {
      cwd,
      envFiles: [{ name: '.env', modifiedMs: ago(20), keys: null }],
      ecosystemFile: 'ecosystem.config.js',
      changes: [
        { name: '.git/logs/HEAD', modifiedMs: ago(30) },
        { name: 'ecosystem.config.js', modifiedMs: ago(10) },
      ],
    }
    expect(buildTimeline(makeFacts({ 'app-files': known({ apps: [app] }) })).slice(1)).toMatchObject([
      { kind: 'deploy', text: 'git took another commit', source: '/srv/web/.git/logs/HEAD' },
      { kind: 'settings', text: '.env was changed' },
      { kind: 'settings', text: 'ecosystem.config.js was changed' },
    ])
  })

  it('dates a line without a time only when it is the last of its log', () => {
    const full = 'Error: ENOSPC: no space left on device, write'
    const at = (lines: string[]) => texts(makeFacts({ 'app-logs': known({ logs: [errorLog(lines)] }) }))
    expect(at(['ok', full])).toContain('no space left on device')
    expect(at([full, 'ok'])).not.toContain('no space left on device')
  })

  it('leaves out what is in the future and changes of long ago, and keeps the 60 newest', () => {
    const files = [ago(-7200), ago(60 * 86_400)].map((modifiedMs) => ({ path: '/etc/nginx/nginx.conf', modifiedMs }))
    expect(texts(makeFacts({ nginx: nginx([], { files }) }))).toEqual(['the host started'])
    const log = pm2Log(...Array.from({ length: 99 }, (_, n): [number, string] => [9000 - n, `App [app-${n}:0] online`]))
    const events = buildTimeline(makeFacts({ pm2: pm2(daemon({ log })) }))
    expect(events).toHaveLength(60)
    expect(events.at(-1)?.text).toBe('app-98 started')
  })

  it('tells nothing of a host whose clock is not known', () => {
    const host = { known: false as const, because: { what: 'the host itself', reason: 'deadline' as const } }
    expect(buildTimeline(makeFacts({ host }))).toEqual([])
  })
})

describe('bursts', () => {
  const event = (seconds: number, text = 'x') => ({
    atMs: seconds * 1000,
    kind: 'app-exit' as const,
    text,
    source: 's',
  })

  it('end with five quiet minutes', () => {
    expect(mergeBursts([event(700), event(0), event(300)])).toMatchObject([
      { atMs: 0, untilMs: 300_000, count: 2 },
      { atMs: 700_000 },
    ])
  })

  it('merge only what is the same', () => {
    expect(mergeBursts([event(0), event(1, 'y'), event(2)])).toMatchObject([
      { text: 'y' },
      { text: 'x', count: 2, untilMs: 2000 },
    ])
  })
})
