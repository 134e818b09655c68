import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import processes, { type ProcessesFacts, readUnit } from '../../src/probes/processes.js'
import { collectHere } from '../support/collect-here.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

const rows = `clock 1795509332
booted 1795507181
ticks 100
page 4096

@fleetdx part rows
812 w S 800 812 250 195100 14195 next-server (v1
813 - Z 1 1 0 195200 0 a) b
@fleetdx part uids
812 1100
813 0`

describe('processes', () => {
  it('reads the apps of a Debian host with all that root sees', () => {
    const facts = processes.parse(readSection(processes, 'debian-12'))
    expect(facts.hidesOthers).toBe(false)
    expect(find(facts, 'classrooom')).toEqual({
      pid: 44,
      ppid: 33,
      uid: 1100,
      user: 'deploy',
      state: 'S',
      sessionId: 44,
      startedMs: 1795509322370,
      rssBytes: 51478528,
      cpuPercent: 1.3,
      name: 'node /home/depl',
      args: 'node /home/deploy/classrooom/server.js',
      cwd: '/home/deploy/classrooom',
      unit: null,
      pm2App: 'classrooom',
      networkNamespace: 'net:[4026533968]',
    })
    expect(facts.processes.filter(({ pm2App }) => pm2App === 'api')).toHaveLength(2)
    expect(facts.processes.find(({ pid }) => pid === 33)?.args).toBe('PM2 v6.0.14: God Daemon (/home/deploy/.pm2)')
  })

  it('sees the same with the tools of BusyBox', () => {
    expect(find(processes.parse(readSection(processes, 'busybox-1.35')), 'classrooom')).toMatchObject({
      user: 'deploy',
      args: 'node /home/deploy/classrooom/server.js',
      cwd: '/home/deploy/classrooom',
    })
  })

  it('keeps what another user may see, and says what is hidden', () => {
    const section = readSection(processes, 'debian-12--other-user')
    expect(section.blind).toEqual([
      { what: 'the folders and pm2 names of web processes of other users', reason: 'permission' },
    ])
    const app = processes.parse(section).processes.find(({ pid }) => pid === 44)
    expect(app).toMatchObject({
      user: 'deploy',
      args: 'node /home/deploy/classrooom/server.js',
      cwd: null,
      pm2App: null,
    })
  })

  it('reads names with parentheses and spaces, users without a name, and what else a row may lack', () => {
    const [server, zombie] = processes.parse(frameSection(processes, rows)).processes
    expect(server).toMatchObject({ name: 'next-server (v1', user: '1100', cpuPercent: 1.3, args: '', unit: null })
    expect(zombie).toMatchObject({ name: 'a) b', state: 'Z', rssBytes: 0 })
  })

  it('leaves out a process that ended meanwhile', () => {
    const text = rows.replace('\n813 0', '')
    expect(processes.parse(frameSection(processes, text)).processes.map(({ pid }) => pid)).toEqual([812])
  })

  it('keeps the whole rows of output that was cut off', () => {
    const text = `${rows}\n@fleetdx part args\n==> /proc/812/cmdline <==\nnext-ser`
    expect(processes.parse(cutSection(processes, text)).processes[0]).toMatchObject({ pid: 812, args: 'next-ser' })
  })

  it('says so when /proc hides the processes of others', () => {
    expect(processes.parse(frameSection(processes, `hidepid yes\n${rows}`)).hidesOthers).toBe(true)
  })

  it('refuses text without processes', () => {
    expect(() => processes.parse(frameSection(processes, ''))).toThrow('no processes')
    expect(() => processes.parse(frameSection(processes, 'sh: cat: not found'))).toThrow(
      'no processes: sh: cat: not found',
    )
  })
})

describe('readUnit', () => {
  it.each([
    ['/system.slice/pm2-deploy.service', 'pm2-deploy.service'],
    ['/user.slice/user-1000.slice/session-5.scope', 'session-5.scope'],
    ['/user.slice/user-1000.slice/user@1000.service/app.slice/web.service', 'web.service'],
    ['/system.slice/docker-4c01db0b339c.scope', 'docker-4c01db0b339c'],
    ['/docker/4c01db0b339c', 'docker-4c01db0b339c'],
    ['/', null],
  ])('%s → %s', (cgroup, unit) => {
    expect(readUnit(cgroup)).toBe(unit)
  })
})

describe('the script on this machine', () => {
  const app = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")', 'started by a test'], {
    cwd: '/usr',
    env: { ...process.env, pm_id: '3', name: 'test app' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  beforeAll(() => new Promise((resolve) => app.stdout.once('data', resolve)))
  afterAll(() => app.kill())

  it.each(['dash', 'bash', 'busybox sh'])('finds a process that pm2 could have started, in %s', async (shell) => {
    const { facts } = await collectHere(['processes'], { shell })
    const found = facts.processes.known ? facts.processes.value.processes.find(({ pid }) => pid === app.pid) : undefined
    expect(found).toMatchObject({ ppid: process.pid, uid: process.getuid?.(), cwd: '/usr', pm2App: 'test app' })
    expect(found?.args).toContain('started by a test')
    expect(found?.networkNamespace).toMatch(/^net:\[\d+\]$/)
  })
})

function find(facts: ProcessesFacts, app: string) {
  return facts.processes.find(({ pm2App }) => pm2App === app)
}
