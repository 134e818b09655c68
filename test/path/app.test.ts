import { describe, expect, it } from 'vitest'
import { joinApps, listenersOf } from '../../src/path/app.js'
import {
  daemon,
  errorLog,
  known,
  listener,
  listeners,
  makeFacts,
  pm2,
  processes,
  savedApp,
  unseen,
  webProcess,
} from '../support/facts.js'
import { buildFacts, pm2App } from '../support/record.js'

const folder = '/home/deploy/classrooom'

describe('which apps there are', () => {
  it('the entries of the list by name: a cluster is one app; a module is none', () => {
    const apps = [
      pm2App({ execMode: 'cluster' }),
      pm2App({ id: 1, pid: 4002, execMode: 'cluster' }),
      pm2App({ id: 2, name: 'mailer', cwd: '/srv/mailer', pid: 4003 }),
      pm2App({ id: 3, name: 'pm2-logrotate', isModule: true }),
    ]
    const joined = joinApps(makeFacts({ pm2: pm2(daemon({ apps })) }), [])
    expect(joined.map(({ name, instances }) => [name, instances.map(({ pid }) => pid)])).toEqual([
      ['classrooom', [4001, 4002]],
      ['mailer', [4003]],
    ])
  })

  it('and those that pm2 has saved but not in its list, or no daemon for', () => {
    const saved = [savedApp(), savedApp({ name: 'mailer', cwd: '/srv/mailer', port: null })]
    const lost = (overrides: object) =>
      joinApps(makeFacts({ pm2: pm2(daemon({ saved, ...overrides })) }), []).map(({ name, instances, saved }) => [
        name,
        instances.length,
        saved !== null,
      ])
    expect(lost({ apps: [pm2App()] })).toEqual([
      ['classrooom', 1, true],
      ['mailer', 0, true],
    ])
    expect(lost({ apps: null, pid: null })).toEqual([
      ['classrooom', 0, true],
      ['mailer', 0, true],
    ])
    expect(lost({ apps: null })).toEqual([])
  })

  it('and projects that pm2 has forgotten, by their folder', () => {
    const joined = joinApps(
      makeFacts({ pm2: pm2(daemon({ apps: [pm2App()], projects: [folder, '/home/deploy/old-shop'] })) }),
      [],
    )
    expect(joined.map(({ name, isForgotten }) => [name, isForgotten])).toEqual([
      ['classrooom', false],
      ['old-shop', true],
    ])
  })

  it('of the same name in two homes: two apps, each with the logs of its own home', () => {
    const other = daemon({ home: '/home/ann/.pm2', user: 'ann', apps: [pm2App({ pid: 5001 })] })
    const joined = joinApps(
      makeFacts({
        pm2: pm2(daemon({ apps: [pm2App()] }), other),
        'app-logs': known({ logs: [errorLog(['of deploy']), errorLog(['of ann'], { home: '/home/ann/.pm2' })] }),
      }),
      [],
    )
    expect(joined.map(({ daemon, logs }) => [daemon?.user, logs.map(({ lines }) => lines[0]?.text)])).toEqual([
      ['deploy', ['of deploy']],
      ['ann', ['of ann']],
    ])
  })
})

describe('the port that its settings name', () => {
  it.each<[string[], number | null, number | null]>([
    [['start'], 3000, 3000],
    [['start'], null, null],
    [['start', '-p', '3001'], 3000, 3001],
    [['start', '-p3001'], null, 3001],
    [['start', '--port', '3001'], null, 3001],
    [['start', '--port=3001'], null, 3001],
    [['start', '--', '-p', '3001'], null, 3001],
    [['run', 'start', '--', '--port', '3001', '-H', '127.0.0.1'], null, 3001],
    [['start -p 3001'], null, 3001],
    [['--path', '3001'], null, null],
    [['start', '-p', 'three'], 3000, 3000],
    [['start', '-p', '3001x'], 3000, 3000],
  ])('%j with PORT %s: %s', (args, port, settled) => {
    const facts = makeFacts({ pm2: pm2(daemon({ apps: [pm2App({ args, port })] })) })
    expect(joinApps(facts, [])[0]?.port).toBe(settled)
  })
})

describe('what the inventory says', () => {
  const facts = makeFacts({ pm2: pm2(daemon({ apps: [pm2App({ port: null })] })) })
  const join = (hint: { name: string; port?: number; cwd?: string }) =>
    joinApps(facts, [hint]).map(({ name, port, cwd, hint, daemon }) => [name, port, cwd, hint?.name, daemon !== null])

  it('is about the app of that name, and fills in what pm2 does not say', () => {
    expect(join({ name: 'classrooom', port: 3000 })).toEqual([['classrooom', 3000, folder, 'classrooom', true]])
  })

  it('or of that folder', () => {
    expect(join({ name: 'the school', cwd: folder })).toEqual([['classrooom', null, folder, 'the school', true]])
  })

  it('or of that port', () => {
    const withPort = makeFacts({ pm2: pm2(daemon({ apps: [pm2App({ port: 3000 })] })) })
    expect(joinApps(withPort, [{ name: 'the school', port: 3000 }])).toHaveLength(1)
  })

  it('or of an app that nothing else knows', () => {
    expect(join({ name: 'shop', port: 4000, cwd: '/srv/shop' })).toEqual([
      ['classrooom', null, folder, undefined, true],
      ['shop', 4000, '/srv/shop', 'shop', false],
    ])
  })
})

describe('what is seen of it', () => {
  const child = webProcess({ pid: 4002, ppid: 4001, name: 'sh', args: 'sh -c next start' })
  const grandchild = webProcess({ pid: 4003, ppid: 4002 })
  const stranger = webProcess({ pid: 9000, ppid: 1 })
  const seen = {
    processes: processes(grandchild, stranger, child, webProcess()),
    builds: buildFacts(),
    'app-files': known({ apps: [{ cwd: folder, envFiles: [], ecosystemFile: 'ecosystem.config.js' }] }),
  }

  it('its processes are what pm2 started and all that descends from it; its folder gives build and files', () => {
    const [app] = joinApps(makeFacts({ ...seen, pm2: pm2(daemon({ apps: [pm2App()] })) }), [])
    expect(app?.processes.map(({ pid }) => pid).toSorted()).toEqual([4001, 4002, 4003])
    expect(app?.build?.buildId).toBe('kX2v9QhLm3PzRt7WbYc1d')
    expect(app?.files?.ecosystemFile).toBe('ecosystem.config.js')
  })

  it.each([0, null])('pid %s is no process: what process 0 started is not the app', (pid) => {
    const kernel = webProcess({ pid: 1, ppid: 0 })
    const [app] = joinApps(
      makeFacts({ processes: processes(kernel), pm2: pm2(daemon({ apps: [pm2App({ pid })] })) }),
      [],
    )
    expect(app?.processes).toEqual([])
  })

  it('and nothing where nothing could be seen', () => {
    const [app] = joinApps(
      makeFacts({
        pm2: pm2(daemon({ apps: [pm2App()] })),
        processes: unseen(),
        builds: unseen(),
        'app-logs': unseen(),
      }),
      [],
    )
    expect(app).toMatchObject({ processes: [], build: null, logs: [] })
  })
})

describe('where it listens', () => {
  const own = listener()
  const cluster = listener({ pids: [3000], port: 3000 })
  const other = listener({ pids: [3000], port: 3001 })

  function portsOf(entry: Parameters<typeof pm2App>[0], ...sockets: ReturnType<typeof listener>[]) {
    const facts = makeFacts({
      pm2: pm2(daemon({ apps: [pm2App(entry)] })),
      processes: processes(webProcess()),
      listeners: listeners(...sockets),
    })
    return joinApps(facts, []).flatMap((app) => listenersOf(app, facts).map(({ port }) => port))
  }

  it('sockets of its own processes', () => {
    expect(portsOf({}, own, cluster, other)).toEqual([3000])
    expect(portsOf({}, cluster)).toEqual([])
  })

  it("in cluster mode also those that pm2 holds, of the app's own port where it is known", () => {
    expect(portsOf({ execMode: 'cluster' }, cluster, other)).toEqual([3000])
    expect(portsOf({ execMode: 'cluster', port: null }, cluster, other)).toEqual([3000, 3001])
  })
})
