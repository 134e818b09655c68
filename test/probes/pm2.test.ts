import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import pm2, { type Pm2Daemon } from '../../src/probes/pm2.js'
import { collectHere } from '../support/collect-here.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

describe('pm2', () => {
  it('reads a live daemon: its apps, what was saved, its log, and how to type its command', () => {
    const { installed, daemons } = pm2.parse(readSection(pm2, 'debian-12'))
    expect(installed).toBe(true)
    expect(daemons[0]).toMatchObject({
      home: '/home/deploy/.pm2',
      ...{ uid: 1100, user: 'deploy', userHome: '/home/deploy', pid: 33, version: '6.0.14', answer: 'answered' },
      ...{ nodePath: '/usr/bin/node', pm2Path: 'pm2' },
    })
    expect(daemons[0]?.apps?.[0]).toEqual({
      ...{ id: 0, name: 'classrooom', status: 'online', pid: 44, restarts: 0, unstableRestarts: 0, exitCode: null },
      ...{ startedMs: 1795509322962, createdMs: 1795509322962 },
      ...{ script: '/home/deploy/classrooom/server.js', cwd: '/home/deploy/classrooom', args: ['--api-token', '***'] },
      ...{ execMode: 'fork', instances: 1, interpreter: 'node', nodeVersion: '20.20.2' },
      outLog: '/home/deploy/.pm2/logs/classrooom-out.log',
      errorLog: '/home/deploy/.pm2/logs/classrooom-error.log',
      ...{ autorestart: true, watch: false, maxMemoryRestartBytes: null, memoryBytes: 51478528, cpuPercent: 0.4 },
      ...{ port: 3000, hostname: null, nodeEnv: 'production', isModule: false },
      ...{ waitReady: false, listenTimeoutMs: null, stopExitCodes: [], cronRestart: null },
      envKeys: [
        ...['PATH', 'HOME', 'PORT', 'TZ', 'NODE_ENV', 'DATABASE_URL', 'API_TOKEN', 'PM2_USAGE'],
        ...['PM2_INTERACTOR_PROCESSING', 'PM2_HOME', 'classrooom', 'unique_id'],
      ],
    })
    expect(daemons[0]?.apps?.map(({ name, status, execMode }) => `${name} ${status} ${execMode}`)).toEqual([
      'classrooom online fork',
      'mailer errored fork',
      'api online cluster',
      'api online cluster',
    ])
    expect(daemons[0]?.saved?.map(({ name, port }) => `${name} ${port}`)).toEqual([
      ...['classrooom 3000', 'mailer 3001', 'api 3002', 'api 3002'],
    ])
  })

  it('reads the times of the log in the time zone of the daemon', () => {
    const { log } = daemonOf('debian-12', 0)
    expect(log.at(-1)).toEqual({
      atMs: 1795509325000,
      text: 'PM2 log: Script /home/deploy/classrooom/mailer.js had too many unstable restarts (16). Stopped. "errored"',
    })
  })

  it.each([
    ['debian-12--pm2-4', '4.5.6'],
    ['debian-12--pm2-7', '7.0.4'],
    ['debian-12--own-user', '6.0.14'],
  ])('reads %s alike', (name, version) => {
    expect(daemonOf(name, 0)).toMatchObject({ version, answer: 'answered' })
    expect(daemonOf(name, 0).apps?.map((app) => app.name)).toEqual(['classrooom', 'mailer', 'api', 'api'])
  })

  it('reads the folder of a daemon that died: no apps, but those that were saved', () => {
    expect(daemonOf('debian-12', 1)).toMatchObject({
      ...{ home: '/home/old/.pm2', user: 'old', pid: null, version: null, answer: null, apps: null, nodePath: null },
      saved: [{ name: 'legacy', script: '/home/old/app.js', cwd: '/home/old', args: [], port: 4000 }],
    })
  })

  it.each([
    ['silent', 'deadline', 'the apps of the pm2 daemon 33 (/home/deploy/.pm2): it does not answer'],
    ['no-socket', 'connection-lost', 'the apps of the pm2 daemon 33: its socket /home/deploy/.pm2/rpc.sock is gone'],
  ])('tells a daemon that cannot be asked: %s', (answer, reason, what) => {
    expect(readSection(pm2, `debian-12--${answer}`).blind).toEqual([{ what, reason }])
    expect(daemonOf(`debian-12--${answer}`, 0)).toMatchObject({ pid: 33, answer, apps: null })
  })

  it('tells another user that there is a daemon, and what of it he may not see', () => {
    expect(readSection(pm2, 'debian-12--other-user').blind).toEqual([
      { what: 'the apps of the pm2 daemon of deploy (/home/deploy/.pm2)', reason: 'permission' },
      { what: 'whether there are pm2 folders in /root', reason: 'permission' },
    ])
    expect(daemonOf('debian-12--other-user', 0)).toMatchObject({ pid: 33, answer: 'not-allowed', apps: null })
  })

  it('says what root needs to read as a user, where BusyBox is all there is', () => {
    expect(readSection(pm2, 'debian-12--busybox').blind[0]).toEqual({
      what: 'pm2 with the rights of user 1100 (setpriv or chroot)',
      reason: 'tool-missing',
    })
    expect(daemonOf('debian-12--busybox', 0)).toMatchObject({ pid: 33, apps: null, saved: null })
  })

  it('gives the apps to one of two daemons that share a folder: to that of pm2.pid', () => {
    const { daemons } = pm2.parse(readSection(pm2, 'debian-12--two-daemons'))
    expect(daemons.map(({ home, pid, apps }) => ({ home, pid, apps }))).toEqual([
      { home: '/home/deploy/.pm2', pid: 1377, apps: [] },
      { home: '/home/deploy/.pm2', pid: 33, apps: null },
      { home: '/home/old/.pm2', pid: null, apps: null },
    ])
  })

  it('reads a host without pm2', () => {
    expect(pm2.parse(frameSection(pm2, 'zone +0000'))).toEqual({ installed: false, daemons: [] })
    expect(pm2.parse(frameSection(pm2, 'zone +0000\ninstalled yes'))).toEqual({ installed: true, daemons: [] })
  })

  const home = 'zone +0000\n\n@fleetdx part home /h\npid 7\nuid 1\n'

  it('cleans strings again once JSON is read: an escape hides no control and no secret', () => {
    const app = String.raw`{"id":0,"name":"\u001b[31mweb","args":["--url=postgres:\/\/u:pw@h\/d"]}`
    const { daemons } = pm2.parse(frameSection(pm2, `${home}\n@fleetdx part apps /h\n${app}`))
    expect(daemons[0]?.apps?.[0]).toMatchObject({ name: 'web', args: ['--url=postgres://u:***@h/d'] })
  })

  it('reads how an app is started again, and which release it runs', () => {
    const app =
      '{"id":0,"name":"web","waitReady":true,"listenTimeout":8000,"stopCodes":[0,"3"],"cron":"0 4 * * *","release":{"link":"/srv/web/current","leadsTo":"/srv/web/releases/2","linked":1795518007796,"folder":null}}'
    const { daemons } = pm2.parse(frameSection(pm2, `${home}\n@fleetdx part apps /h\n${app}`))
    expect(daemons[0]?.apps?.[0]).toMatchObject({
      ...{ waitReady: true, listenTimeoutMs: 8000, stopExitCodes: [0, 3], cronRestart: '0 4 * * *' },
      release: {
        ...{ link: '/srv/web/current', leadsTo: '/srv/web/releases/2', linkedMs: 1795518007796, folder: null },
      },
    })
  })

  it('reads what is wrong with the files of pm2; where nobody looked, nothing is said', () => {
    const lines = [
      'command-version 7.0.4',
      'writable asked',
      'unwritable root /home/a b/.pm2/pm2.log',
      "broken /srv/a b/ecosystem.config.cjs\tUnexpected token ',' (line 2)",
    ]
    const { daemons } = pm2.parse(frameSection(pm2, `${home}${lines.join('\n')}`))
    expect(daemons[0]).toMatchObject({
      commandVersion: '7.0.4',
      unwritable: [{ path: '/home/a b/.pm2/pm2.log', user: 'root' }],
      brokenFiles: [{ path: '/srv/a b/ecosystem.config.cjs', fault: "Unexpected token ',' (line 2)" }],
    })
    expect(pm2.parse(frameSection(pm2, home)).daemons[0]?.unwritable).toBeUndefined()
  })

  it('drops the broken last app of output that was cut off, and refuses one in the midst', () => {
    const text = `${home}\n@fleetdx part apps /h\n{"id":0,"name":"web"}\n{"id":1,"na`
    expect(pm2.parse(cutSection(pm2, text)).daemons[0]?.apps).toMatchObject([{ name: 'web' }])
    expect(() => pm2.parse(frameSection(pm2, text))).toThrow('no app of pm2: {"id":1,"na')
    expect(() => pm2.parse(frameSection(pm2, 'oops'))).toThrow('no time zone: oops')
  })
})

describe('the script on this machine', () => {
  let folder = ''
  let daemon: ChildProcess | undefined
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fleetdx-pm2-'))
    mkdirSync(join(folder, '.pm2'))
    writeFileSync(join(folder, '.pm2/pm2.log'), '2026-11-24T08:25:45: PM2 log: App [web:0] online\n')
  })
  afterEach(() => {
    daemon?.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })

  it.each(['dash', 'bash', 'busybox sh'])('asks a daemon and changes nothing, in %s', async (shell) => {
    writeFileSync(join(folder, 'answer.json'), JSON.stringify({ args: [[monitored]] }))
    daemon = await startDaemon(folder)
    const before = describeFolder(folder)
    const { facts, output } = await collectHere(['pm2'], { shell })
    expect(describeFolder(folder)).toEqual(before)
    expect(output).not.toContain('hunter2')
    const found = facts.pm2.known
      ? facts.pm2.value.daemons.find(({ home }) => home === join(folder, '.pm2'))
      : undefined
    expect(found).toMatchObject({ pid: daemon.pid, version: '6.0.14', answer: 'answered', nodePath: process.execPath })
    expect(found?.log).toMatchObject([{ text: 'PM2 log: App [web:0] online' }])
    expect(found?.apps).toMatchObject([
      {
        ...{ name: 'web', status: 'online', pid: 812, port: 3000, hostname: '127.0.0.1', isModule: false },
        args: ['-p', '3000', '--db-password', '***'],
        envKeys: ['PORT', 'HOSTNAME', 'DATABASE_URL'],
      },
    ])
  })

  it('finds the folder of a daemon whose title was cut short', async () => {
    const long = join(folder, 'sites/with-a-long-name.example.com/releases/production/current')
    mkdirSync(join(long, '.pm2'), { recursive: true })
    daemon = await startDaemon(long, '')
    const { facts } = await collectHere(['pm2'])
    const daemons = facts.pm2.known ? facts.pm2.value.daemons : []
    expect(daemons.find(({ pid }) => pid === daemon?.pid)?.home).toBe(join(long, '.pm2'))
  })

  it('tells a daemon that stays silent', async () => {
    daemon = await startDaemon(folder)
    const { facts } = await collectHere(['pm2'])
    expect(facts.pm2.known && facts.pm2.blind).toContainEqual({
      what: `the apps of the pm2 daemon ${daemon.pid} (${folder}/.pm2): it does not answer`,
      reason: 'deadline',
    })
  })
})

/** An app as the daemon tells it, whole environment and all. */
const monitored = {
  ...{ pid: 812, name: 'web', pm_id: 0, monit: { memory: 1, cpu: 2 } },
  pm2_env: {
    ...{
      status: 'online',
      args: ['-p', '3000', '--db-password', 'hunter2'],
      exec_mode: 'fork_mode',
      API_TOKEN: 'hunter2',
    },
    env: { PORT: '3000', HOSTNAME: '127.0.0.1', DATABASE_URL: 'postgres://app:hunter2@db/app' },
  },
}

/** A process can only take a title as long as the command line that it was started with: `padding` makes room. */
function startDaemon(folder: string, padding = '-'.repeat(200)): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../support/fake-daemon.mjs', import.meta.url))
  const child = spawn(process.execPath, [script, padding], {
    env: { ...process.env, PM2_HOME: join(folder, '.pm2'), ANSWER: join(folder, 'answer.json') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve) => child.stdout?.once('data', () => resolve(child)))
}

function describeFolder(folder: string) {
  const names = readdirSync(folder, { recursive: true }).map(String).sort()
  return names.map((name) => [name, statSync(join(folder, name)).mtimeMs, statSync(join(folder, name)).size])
}

function daemonOf(fixture: string, at: number): Pm2Daemon {
  const daemon = pm2.parse(readSection(pm2, fixture)).daemons[at]
  if (!daemon) throw new Error(`no daemon ${at} in ${fixture}`)
  return daemon
}
