import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/diagnose/diagnose.js'
import type { Facts } from '../../src/probes/index.js'
import type { Pm2App, Pm2Daemon } from '../../src/probes/pm2/schema.js'
import { deadFacts, dyingFacts, logged } from '../support/broken.js'
import { daemon, known, nowMs, pm2, pm2Log, services, servingFacts, unit, unseen } from '../support/facts.js'
import { pm2App } from '../support/record.js'

/** The roots that are named, those that fail requests first; what follows from one stands in brackets. */
function told(facts: Facts): string[] {
  const { causes } = diagnose({ facts, apps: [], login: 'ops', fromHere: [] })
  return causes.map(({ id, effect, consequences }) => {
    const followers = consequences.map((follower) => follower.id).filter((follower) => follower !== 'no-listener')
    return `${id}${effect === 'risk' ? ', a risk' : ''}${followers.length === 0 ? '' : ` (${followers.join(', ')})`}`
  })
}

const first = (facts: Facts) => told(facts)[0]?.replace(/ \(.*/, '')
const of = (apps: Pm2App[], more: Partial<Pm2Daemon> = {}) => pm2(daemon({ apps, ...more }))
const dead = (app: Partial<Pm2App>, more: Partial<Pm2Daemon> = {}) => deadFacts({ pm2: of([pm2App(app)], more) })
const serving = (app: Partial<Pm2App>, more: Partial<Pm2Daemon> = {}) => servingFacts({ pm2: of([pm2App(app)], more) })
const exit = (code: number) => `App [classrooom:0] exited with code [${code}] via signal [SIGINT]`

describe('an app that pm2 does not start again', () => {
  const left = { status: 'stopped', pid: 0, exitCode: 0, autorestart: false }

  it('ended by itself, with 0 too, and nobody asked it to', () => {
    expect(told(dead(left, { log: pm2Log([60, exit(0)]) }))).toEqual(['pm2-autorestart-off-exited'])
  })

  it('was stopped by hand: that is another cause', () => {
    const log = pm2Log([60, 'Stopping app:classrooom id:0'], [60, exit(0)])
    expect(told(dead(left, { log }))).toEqual(['pm2-app-stopped'])
  })

  it('ended with a code of stop_exit_codes', () => {
    const codes = { ...left, exitCode: 3, autorestart: true, stopExitCodes: [3] }
    expect(told(dead(codes, { log: pm2Log([60, exit(3)]) }))).toEqual(['pm2-autorestart-off-exited'])
    expect(first(dead({ ...codes, stopExitCodes: [4] }))).toBe('pm2-app-stopped')
  })

  it('is a job that ends: nothing waits for it', () => {
    const job = { ...left, name: 'mail', id: 1, port: null, script: '/srv/mail.js', cronRestart: '0 * * * *' }
    const facts = servingFacts({
      pm2: of([pm2App(), pm2App(job)], { log: pm2Log([60, exit(0).replace('classrooom:0', 'mail:1')]) }),
    })
    expect(told(facts)).toEqual([])
  })

  it('is one of two instances: the other one serves', () => {
    const log = pm2Log([60, exit(1).replace(':0', ':1')])
    const two = [pm2App(), pm2App({ ...left, exitCode: 1, id: 1 })]
    expect(told(servingFacts({ pm2: of(two, { log }) }))).toEqual(['pm2-autorestart-off-exited, a risk'])
  })

  it('has said why: that is the cause', () => {
    const facts = dyingFacts(['Error: Missing required environment variable: DATABASE_URL'], {
      pm2: of([pm2App({ ...left, exitCode: 1, startedMs: nowMs - 60_000 })]),
    })
    expect(told(facts)).toEqual(['env-missing (pm2-autorestart-off-exited)'])
  })

  it('waits for a restart that never comes, and another one waits between two lives', () => {
    const waiting = { status: 'waiting restart', pid: 0, restarts: 16, exitCode: 1 }
    expect(told(dead(waiting))).toEqual(['pm2-waiting-restart (pm2-app-errored)'])
    expect(told(dead({ ...waiting, pid: 4001 }))).toEqual(['pm2-crash-loop'])
  })
})

describe('an app that is not ready', () => {
  const launching = { status: 'launching', waitReady: true, listenTimeoutMs: 600_000, startedMs: nowMs - 45_000 }

  it('is stuck after half a minute, not before', () => {
    expect(told(dead(launching))).toEqual(['pm2-launching-stuck'])
    expect(told(dead({ ...launching, startedMs: nowMs - 5000 }))).toEqual(['app-starting'])
  })

  it('does not matter where requests succeed', () => {
    expect(told(serving(launching))).toEqual([])
  })
})

describe('restarts that are no crashes', () => {
  const change = 'Change detected on path logs/out.log for app classrooom - restarting'
  const changes = (...ago: number[]) => ({ log: pm2Log(...ago.map((each): [number, string] => [each, change])) })

  it('a watched file that changes again and again', () => {
    expect(first(dead({ watch: true, startedMs: nowMs - 3000 }, changes(40, 20, 3)))).toBe('pm2-watch-loop')
    expect(told(serving({ watch: true }, changes(40, 20, 3)))).toEqual(['pm2-watch-loop, a risk'])
  })

  it('changes by a deployment, which have ended, and another app of the same beginning', () => {
    expect(told(serving({ watch: true }, changes(170, 160, 150)))).toEqual([])
    expect(told(serving({ watch: true, name: 'classrooom-api' }, changes(40, 20, 3)))).toEqual([])
  })

  const exceeds = (id: number) =>
    `[PM2][WORKER] Process ${id} restarted because it exceeds --max-memory-restart value (current_memory=118489088 max_memory_limit=20971520 [octets])`

  it('a limit of memory that is too low', () => {
    expect(told(serving({}, { log: pm2Log([40, exceeds(0)], [10, exceeds(0)]) }))).toEqual([
      'pm2-memory-restart-loop, a risk',
    ])
    expect(first(dead({ startedMs: nowMs - 5000 }, { log: pm2Log([40, exceeds(0)], [10, exceeds(0)]) }))).toBe(
      'pm2-memory-restart-loop',
    )
  })

  it('one such restart, or those of another app, or those of hours ago', () => {
    expect(told(serving({}, { log: pm2Log([10, exceeds(0)]) }))).toEqual([])
    expect(told(serving({}, { log: pm2Log([40, exceeds(7)], [10, exceeds(7)]) }))).toEqual([])
    expect(told(serving({}, { log: pm2Log([9000, exceeds(0)], [8970, exceeds(0)]) }))).toEqual([])
  })

  it('somebody restarts it at this moment', () => {
    const log = pm2Log([5, 'Stopping app:classrooom id:0'], [4, exit(0)])
    expect(told(dead({ startedMs: nowMs - 4000, restarts: 1 }, { log }))).toEqual(['pm2-restart-window (app-starting)'])
  })

  it('somebody restarts it between two readings of the clock: never in the future', () => {
    const log = pm2Log([5, 'Stopping app:classrooom id:0'], [4, exit(0)])
    const facts = dead({ startedMs: nowMs + 1000, restarts: 1 }, { log })
    expect(diagnose({ facts, apps: [], login: 'ops', fromHere: [] }).verdict).toBe(
      'classrooom was restarted 0 s ago, and does not listen yet',
    )
  })

  const refusedAt = (secondsAgo: number) =>
    logged('connect-refused', 'connect() failed (111)', {
      firstMs: nowMs - secondsAgo * 1000,
      lastMs: nowMs - secondsAgo * 1000 + 2000,
    })
  const restarted = pm2Log([600, 'Stopping app:classrooom id:0'], [599, exit(0)])
  const lately = (secondsAgo: number, instances: Pm2App[]) =>
    servingFacts({ pm2: of(instances, { log: restarted }), 'nginx-errors': refusedAt(secondsAgo) })

  it('visitors were refused while it was restarted, and only then', () => {
    expect(told(lately(598, [pm2App()]))).toEqual(['pm2-restart-window, a risk'])
    expect(told(lately(300, [pm2App()]))).toEqual([])
  })

  it('is not said of a cluster', () => {
    expect(told(lately(598, [pm2App({ execMode: 'cluster' }), pm2App({ id: 1, execMode: 'cluster' })]))).toEqual([])
  })
})

describe('releases', () => {
  const release = { link: '/srv/web/current', leadsTo: '/srv/web/releases/2', linkedMs: nowMs - 3_600_000 }
  const cwd = '/srv/web/releases/1'

  it('a former one that is gone is why the app is not there', () => {
    expect(first(dead({ cwd, pid: null, release: { ...release, folder: null } }))).toBe('pm2-stale-release-path')
  })

  it('a former one that is still there is a risk, and fails nothing', () => {
    expect(told(serving({ cwd, release: { ...release, folder: cwd } }))).toEqual(['pm2-stale-release-path, a risk'])
    expect(first(dead({ cwd, status: 'stopped', pid: 0, release: { ...release, folder: cwd } }))).toBe(
      'pm2-app-stopped',
    )
  })

  it('the present one, an app within it, and a deployment of this moment are well', () => {
    expect(told(serving({ release: { ...release, folder: '/srv/web/releases/2' } }))).toEqual([])
    expect(told(serving({ release: { ...release, folder: '/srv/web/releases/2/apps/web' } }))).toEqual([])
    expect(told(serving({ cwd, release: { ...release, linkedMs: nowMs - 30_000, folder: cwd } }))).toEqual([])
  })

  it('where the links could not be read, nothing is said of them', () => {
    expect(told(serving({ cwd }))).toEqual([])
  })
})

describe('files of pm2', () => {
  const unwritable = [{ path: '/home/deploy/.pm2/pm2.log', user: 'root' }]
  const failed = unit({
    name: 'pm2-deploy.service',
    role: 'pm2',
    activeState: 'failed',
    result: 'exit-code',
    environment: { PM2_HOME: '/home/deploy/.pm2' },
    triedMs: nowMs - 60_000,
  })
  const journal = (text: string): Facts['journals'] =>
    known({ journals: [{ unit: failed.name, lines: [{ atMs: nowMs - 59_000, from: 'pm2', text }] }], names: [] })
  const down = (journals: Facts['journals']) =>
    deadFacts({
      pm2: pm2(
        daemon({ pid: null, apps: null, answer: null, unwritable, saved: [], projects: ['/home/deploy/classrooom'] }),
      ),
      services: services([failed]),
      journals,
    })
  const refused = "Error: EACCES: permission denied, open '/home/deploy/.pm2/pm2.log'"

  it('keep it from starting, as its unit says', () => {
    expect(first(down(journal(refused)))).toBe('pm2-home-permission')
  })

  it('are not blamed where the unit failed over something else', () => {
    expect(first(down(journal('Error: Cannot find module')))).not.toBe('pm2-home-permission')
  })

  it('stay open where the journal could not be seen', () => {
    const { undecided } = diagnose({ facts: down(unseen('the journals')), apps: [], login: 'ops', fromHere: [] })
    expect(undecided.map(({ id }) => id)).toContain('pm2-home-permission')
  })

  it('are a risk where pm2 runs', () => {
    expect(told(serving({}, { unwritable }))).toEqual(['pm2-home-permission, a risk'])
    expect(told(serving({}, { unwritable: [] }))).toEqual([])
  })

  const brokenFiles = [{ path: '/home/deploy/classrooom/ecosystem.config.js', fault: "Unexpected token ',' (line 2)" }]

  it('an ecosystem file that does not compile is why the app was not started, or a risk', () => {
    const gone = deadFacts({ pm2: of([], { brokenFiles, projects: ['/home/deploy/classrooom'] }) })
    expect(first(gone)).toBe('pm2-ecosystem-invalid')
    expect(told(serving({}, { brokenFiles }))).toEqual(['pm2-ecosystem-invalid, a risk'])
  })

  it('one of another app is not', () => {
    const others = [{ ...brokenFiles[0], path: '/srv/api/ecosystem.config.js', fault: 'Unexpected token' }]
    expect(told(serving({}, { brokenFiles: others }))).toEqual([])
  })
})

describe('two daemons of one folder', () => {
  const other = daemon({ pid: 2000, apps: null, answer: null })

  it('are a risk where requests succeed', () => {
    expect(told(servingFacts({ pm2: pm2(daemon({ apps: [pm2App()] }), other) }))).toEqual(['pm2-two-daemons, a risk'])
  })

  it('are not blamed for an app that somebody stopped, nor are those of two folders', () => {
    const stopped = daemon({ apps: [pm2App({ status: 'stopped', pid: 0 })] })
    expect(first(deadFacts({ pm2: pm2(stopped, other) }))).toBe('pm2-app-stopped')
    const roots = daemon({ home: '/root/.pm2', user: 'root', uid: 0, pid: 2000 })
    expect(told(servingFacts({ pm2: pm2(daemon({ apps: [pm2App()] }), roots) }))).toEqual([])
  })
})

describe('a daemon that was killed', () => {
  const text =
    'Memory cgroup out of memory: Killed process 31674 (PM2 v7.0.4: God) total-vm:1kB, UID:1001 pgtables:672kB'
  const kill = { atMs: nowMs - 60_000, pid: 31674, name: 'PM2 v7.0.4: God', scope: 'cgroup' as const, text }
  const down = (kernelLog: Facts['kernel-log'], log = pm2Log([90, 'App [classrooom:0] online'])) =>
    deadFacts({
      pm2: pm2(daemon({ pid: null, apps: null, answer: null, log, projects: ['/home/deploy/classrooom'] })),
      'kernel-log': kernelLog,
    })
  const logWith = (...oomKills: (typeof kill)[]): Facts['kernel-log'] =>
    known({ source: 'dmesg', oomKills, firewallBlocks: [], oomKillsSinceBoot: null })

  it('by the kernel, after it last said something', () => {
    expect(first(down(logWith(kill)))).toBe('oom-killed-daemon')
  })

  it('not so where it was another user, an hour before, or a stop by hand', () => {
    expect(first(down(logWith({ ...kill, text: text.replace('UID:1001', 'UID:1002') })))).not.toBe('oom-killed-daemon')
    expect(first(down(logWith({ ...kill, atMs: nowMs - 3_600_000 })))).not.toBe('oom-killed-daemon')
    expect(first(down(logWith(kill), pm2Log([50, 'PM2 successfully stopped'])))).not.toBe('oom-killed-daemon')
  })

  it('stays open where the kernel log may not be read', () => {
    const { undecided } = diagnose({ facts: down(unseen('the kernel log')), apps: [], login: 'ops', fromHere: [] })
    expect(undecided.map(({ id, decide }) => [id, decide])).toContainEqual(['oom-killed-daemon', 'sudo dmesg -T'])
  })
})

it('a daemon of another major version than its command is noticed, and no problem', () => {
  const noticed = (facts: Facts) => {
    const { status, notes } = diagnose({ facts, apps: [], login: 'ops', fromHere: [] })
    return [status, ...notes.map(({ id }) => id)]
  }
  expect(noticed(serving({}, { version: '6.0.14', commandVersion: '7.0.4' }))).toEqual(['healthy', 'pm2-version-skew'])
  expect(noticed(serving({}, { version: '7.0.1', commandVersion: '7.0.4' }))).toEqual(['healthy'])
  const nodePath = '/home/deploy/.nvm/versions/node/v20.9.0/bin/node'
  expect(noticed(serving({}, { version: '6.0.14', commandVersion: '7.0.4', nodePath }))).toEqual(['healthy'])
})

describe('what the log of an app says of pm2', () => {
  it.each([
    ['pm2-shell-script-as-js', ['basedir=$(dirname "$(echo "$0")")', 'SyntaxError: missing ) after argument list']],
    ['pm2-cluster-config-as-arg', ["[Error: ENOTDIR: not a directory, open '/srv/web/pm2.json/.next/BUILD_ID'] {"]],
    [
      'pm2-interpreter-regression-bun-path',
      ['/usr/lib/node_modules/pm2/lib/ProcessContainerForkBun.js: line 6: syntax error'],
    ],
  ])('%s', (id, lines) => {
    expect(first(dyingFacts(lines))).toBe(id)
  })

  it('a program in Bun that dies of its own error names that file of pm2, too', () => {
    const lines = [
      'TypeError: x is not a function',
      '    at /usr/lib/node_modules/pm2/lib/ProcessContainerForkBun.js:12:3',
    ]
    expect(first(dyingFacts(lines))).toBe('app-crash-uncaught')
  })
})
