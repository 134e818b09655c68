import { describe, expect, it } from 'vitest'
import appServiceFailed from '../../src/causes/app/app-service-failed.js'
import appServiceStopped from '../../src/causes/app/app-service-stopped.js'
import eaddrinuseOtherApp from '../../src/causes/app/eaddrinuse-other-app.js'
import type { Cause } from '../../src/causes/define.js'
import pm2StartupStalePath from '../../src/causes/environment/pm2-startup-stale-path.js'
import gatewayBootDnsRace from '../../src/causes/gateway/gateway-boot-dns-race.js'
import appManagedElsewhere from '../../src/causes/pm2/app-managed-elsewhere.js'
import pm2DaemonNotRunning from '../../src/causes/pm2/pm2-daemon-not-running.js'
import pm2HomeMismatch from '../../src/causes/pm2/pm2-home-mismatch.js'
import pm2StartupMissing from '../../src/causes/pm2/pm2-startup-missing.js'
import pm2UnitFailed from '../../src/causes/pm2/pm2-unit-failed.js'
import systemdOompolicyKillsPm2 from '../../src/causes/resources/systemd-oompolicy-kills-pm2.js'
import { buildPaths } from '../../src/path/build-paths.js'
import type { Facts } from '../../src/probes/index.js'
import {
  daemon,
  failed,
  gatewayAnswer,
  hostFacts,
  http,
  known,
  makeFacts,
  nginx,
  nowMs,
  pm2,
  pm2Log,
  processes,
  savedApp,
  services,
  servingFacts,
  site,
  unit,
  unseen,
  webProcess,
} from '../support/facts.js'

/** nginx in front of port 3000, where nothing listens. */
function refused(overrides: Partial<Facts> = {}): Facts {
  return makeFacts({
    nginx: nginx([site()]),
    http: http(failed('refused'), gatewayAnswer({ status: 502 })),
    ...overrides,
  })
}

/** The same, on a host that was booted an hour ago, a day after pm2 of deploy had last said something. */
function booted(overrides: Partial<Facts> = {}): Facts {
  const log = pm2Log([90_000, 'App [classrooom:0] online'])
  return refused({
    host: hostFacts({ uptimeSeconds: 3600 }),
    pm2: pm2(daemon({ pid: null, apps: null, saved: [savedApp()], log })),
    services: services(),
    ...overrides,
  })
}

function journal(name: string, ...texts: string[]): Facts['journals'] {
  const lines = texts.map((text) => ({ atMs: nowMs - 1000, from: 'systemd', text }))
  return known({ journals: [{ unit: name, lines }], names: [] })
}

const pm2Unit = (overrides: Parameters<typeof unit>[0] = {}) =>
  unit({
    name: 'pm2-deploy.service',
    role: 'pm2',
    type: 'forking',
    program: '/usr/lib/node_modules/pm2/bin/pm2',
    command: '/usr/lib/node_modules/pm2/bin/pm2 resurrect',
    environment: { PM2_HOME: '/home/deploy/.pm2' },
    ...overrides,
  })

const failedUnit = { activeState: 'failed', subState: 'failed', result: 'exit-code', mainPid: null, activeMs: null }
const hook = { kind: 'unit' as const, isEnabled: true, user: 'deploy', home: null, name: 'pm2-deploy.service' }

/** What the cause says on the host's first path. */
function judge(cause: Cause, facts: Facts) {
  const [path] = buildPaths(facts, [])
  if (!path) throw new Error('no path')
  return cause.judge({ path, facts, login: 'ops' })
}

function commands(cause: Cause, facts: Facts): (string | null)[] {
  const judgement = judge(cause, facts)
  return judgement?.holds ? judgement.remedy.map(({ command }) => command?.text ?? null) : []
}

describe('app-service-stopped', () => {
  const stopped = unit({ activeState: 'inactive', subState: 'dead', mainPid: null })

  it('tells the service whose port nobody listens on', () => {
    expect(judge(appServiceStopped, refused({ services: services([stopped]) }))).toMatchObject({
      holds: true,
      confidence: 'high',
      summary: 'the service classrooom is not running: nothing has started it since the boot',
    })
    const disabled = services([{ ...stopped, enabled: 'disabled' }])
    expect(commands(appServiceStopped, refused({ services: disabled }))).toEqual([
      'sudo systemctl start classrooom.service',
      'sudo systemctl enable classrooom.service',
    ])
  })

  it.each<[string, Facts]>([
    ['one that runs', refused({ services: services([unit()]) })],
    [
      'another one, of another port',
      refused({
        services: services([
          { ...stopped, name: 'queue.service', workingDirectory: '/srv/queue', environment: { PORT: '9' } },
        ]),
      }),
    ],
    ['one on a host that serves', servingFacts({ services: services([stopped]) })],
  ])('says nothing of %s', (_, facts) => {
    expect(judge(appServiceStopped, facts)).toBeUndefined()
  })

  it('does not know where services cannot be seen', () => {
    expect(judge(appServiceStopped, refused({ services: unseen() }))).toEqual({
      holds: null,
      because: 'the services could not be seen',
      decide: 'systemctl list-units --all --type=service',
    })
  })
})

describe('app-service-failed', () => {
  it.each([
    [{ exit: { how: 'exited', status: 203 } }, 'has failed: its program cannot be executed (203/EXEC)', 'high'],
    [{ exit: { how: 'exited', status: 1 } }, 'has failed: it ended with status 1', 'medium'],
    [{ exit: { how: 'killed', status: 9 } }, 'has failed: it was killed by signal 9', 'medium'],
    [{ result: 'oom-kill' }, 'has failed: a process of it was killed for want of memory', 'medium'],
    [{ result: 'start-limit-hit' }, 'has failed: it was started too often in too short a time', 'medium'],
    [
      { activeState: 'activating', subState: 'auto-restart', exit: { how: 'exited', status: 1 } },
      'dies and is restarted again and again: it ended with status 1',
      'medium',
    ],
  ] as const)('tells why: %o', (overrides, reason, confidence) => {
    const facts = refused({ services: services([unit({ ...failedUnit, ...overrides })]) })
    expect(judge(appServiceFailed, facts)).toMatchObject({
      holds: true,
      confidence,
      summary: `the service classrooom ${reason}`,
    })
  })

  it('leads to the unit where it names what is not there', () => {
    const facts = refused({ services: services([unit({ ...failedUnit, gone: ['/opt/node-18/bin/node'] })]) })
    expect(commands(appServiceFailed, facts)).toEqual([
      'sudo nano /etc/systemd/system/classrooom.service',
      'sudo systemctl daemon-reload && sudo systemctl reset-failed classrooom.service && sudo systemctl restart classrooom.service',
    ])
  })

  it('names the environment file that is not there', () => {
    const lost = unit({ ...failedUnit, result: 'resources', gone: ['/etc/shop/env'] })
    const echoes = ["classrooom.service: Failed with result 'resources'.", 'Failed to start classrooom.service - Shop.']
    const told = 'classrooom.service: Failed to load environment files: No such file or directory'
    const facts = refused({ services: services([lost]), journals: journal(lost.name, told, ...echoes) })
    const judgement = judge(appServiceFailed, facts)
    expect(judgement).toMatchObject({
      confidence: 'high',
      summary: 'the service classrooom has failed: its /etc/shop/env is not there',
    })
    const texts = judgement?.holds ? judgement.evidence.map(({ text }) => text) : []
    expect(texts).toContain(told)
    expect(texts).not.toContain(echoes[0])
  })

  it('does not blame a folder of its PATH, as long as another one has node', () => {
    const environment = { PATH: '/usr/bin:/home/deploy/bin' }
    const own = unit({ ...failedUnit, environment, gone: ['/home/deploy/bin'], hasNode: true })
    const [first] = commands(appServiceFailed, refused({ services: services([own]) }))
    expect(first).toBe('sudo journalctl -u classrooom.service -n 50 --no-pager')
  })

  it('shows the way to a folder that its user may not enter', () => {
    const shut = unit({ ...failedUnit, exit: { how: 'exited', status: 200 } })
    const [first] = commands(appServiceFailed, refused({ services: services([shut]) }))
    expect(first).toBe('sudo namei -l /home/deploy/classrooom')
  })

  it('says nothing of a failed service beside an app that serves', () => {
    expect(judge(appServiceFailed, servingFacts({ services: services([unit(failedUnit)]) }))).toBeUndefined()
  })

  it('does not know where systemd does not answer', () => {
    const silent = known({ manager: 'systemd' as const, units: null, bootHooks: [] })
    expect(judge(appServiceFailed, refused({ services: silent }))).toMatchObject({ holds: null })
  })
})

describe('a service beside pm2', () => {
  it('that finds its port taken by the same app of pm2 is no second pm2', () => {
    const twice = unit({ ...failedUnit, name: 'web.service', exit: { how: 'exited', status: 1 } })
    const said = { atMs: nowMs - 1000, from: 'npm', text: 'Error: listen EADDRINUSE: address already in use :::3000' }
    const facts = servingFacts({
      services: services([twice]),
      journals: known({ journals: [{ unit: twice.name, lines: [said] }], names: [] }),
    })
    const path = buildPaths(facts, []).find(({ app }) => app?.service)
    if (!path) throw new Error('no path of the service')
    expect(pm2HomeMismatch.judge({ path, facts, login: 'ops' })).toBeUndefined()
    const judgement = eaddrinuseOtherApp.judge({ path, facts, login: 'ops' })
    expect(judgement).toMatchObject({ summary: expect.stringContaining("pm2's classrooom (pid 4001, deploy)") })
    expect(judgement?.holds && judgement.remedy.at(-1)?.command?.text).toBe('sudo systemctl disable --now web.service')
  })

  it('needs no pm2 daemon, though an ecosystem file lies in its folder', () => {
    const files = { cwd: '/home/deploy/classrooom', envFiles: [], ecosystemFile: 'ecosystem.config.js' }
    const facts = refused({
      pm2: pm2(),
      services: services([unit()]),
      'app-files': known({ apps: [files] }),
    })
    expect(judge(pm2DaemonNotRunning, facts)).toBeUndefined()
  })
})

describe('app-managed-elsewhere', () => {
  const inUnit = processes(webProcess({ unit: 'classrooom.service', pm2App: null, ppid: 1 }))
  const saved = pm2(daemon({ apps: [], saved: [savedApp()] }))

  it('warns of an app that pm2 and systemd will both start', () => {
    const facts = servingFacts({ processes: inUnit, pm2: saved, services: services([unit(), pm2Unit()], [hook]) })
    expect(judge(appManagedElsewhere, facts)).toMatchObject({
      holds: true,
      summary:
        'classrooom is run by classrooom.service, not by pm2: pm2 has it saved, too, and both will start it at the next boot',
    })
  })

  it('says nothing where pm2 is not started at boot, or runs the app itself', () => {
    const facts = servingFacts({ processes: inUnit, pm2: saved, services: services([unit()]) })
    expect(judge(appManagedElsewhere, facts)).toBeUndefined()
    expect(judge(appManagedElsewhere, servingFacts({ services: services([unit()]) }))).toBeUndefined()
  })

  it('does not know where services cannot be seen', () => {
    expect(judge(appManagedElsewhere, booted({ services: unseen() }))).toMatchObject({ holds: null })
  })
})

describe('pm2-startup-missing', () => {
  it('tells that pm2 did not come back after a boot', () => {
    expect(judge(pm2StartupMissing, booted())).toMatchObject({
      holds: true,
      confidence: 'high',
      summary: 'the host was booted, and nothing starts pm2 of deploy, so classrooom does not run',
      evidence: expect.arrayContaining([
        { source: 'uptime', text: 'the host started 60 minutes ago, 24 hours after the last line of pm2.log' },
        { source: 'services', text: 'no unit, init script, crontab or rc.local starts pm2 of deploy' },
      ]),
    })
    expect(commands(pm2StartupMissing, booted())).toEqual([
      'sudo -iu deploy pm2 resurrect',
      'sudo env PATH=/usr/bin:/usr/local/bin:/usr/bin:/bin pm2 startup systemd -u deploy --hp /home/deploy',
    ])
  })

  it('enables a unit that is there', () => {
    const disabled = services([pm2Unit({ enabled: 'disabled' })], [{ ...hook, isEnabled: false }])
    expect(commands(pm2StartupMissing, booted({ services: disabled }))).toContain(
      'sudo systemctl enable pm2-deploy.service',
    )
  })

  it('is less sure where something else runs at boot', () => {
    const cron = {
      kind: 'crontab' as const,
      isEnabled: null,
      user: 'deploy',
      home: null,
      name: '/var/spool/cron/deploy',
    }
    expect(judge(pm2StartupMissing, booted({ services: services([], [cron]) }))).toMatchObject({
      confidence: 'medium',
      against: [{ source: '/var/spool/cron/deploy', text: 'runs something at boot that may be meant to start pm2' }],
    })
  })

  it.each<[string, Facts]>([
    ['pm2 that ended without a boot', booted({ host: hostFacts() })],
    ['pm2 that is started at boot', booted({ services: services([pm2Unit()], [hook]) })],
    ['a healthy host whose pm2 is started at boot', servingFacts({ services: services([pm2Unit()], [hook]) })],
    ['a healthy host that is not seen whole', servingFacts({ services: { ...services(), blind: [unseen().because] } })],
  ])('says nothing of %s', (_, facts) => {
    expect(judge(pm2StartupMissing, facts)).toBeUndefined()
  })

  it('warns of the next boot', () => {
    expect(judge(pm2StartupMissing, servingFacts({ services: services() }))).toMatchObject({
      holds: true,
      summary: 'nothing starts pm2 of deploy at boot: the next one will take classrooom down',
    })
  })

  it('does not know where services, or when pm2 last ran, cannot be seen', () => {
    expect(judge(pm2StartupMissing, booted({ services: unseen() }))).toEqual({
      holds: null,
      because: 'what starts pm2 at boot could not be seen',
      decide: 'systemctl status pm2-deploy.service',
    })
    const silent = pm2(daemon({ pid: null, apps: null, saved: [savedApp()] }))
    expect(judge(pm2StartupMissing, booted({ pm2: silent }))).toMatchObject({ holds: null })
  })
})

describe('pm2-unit-failed', () => {
  const cannot = pm2Unit({ ...failedUnit, exit: { how: 'exited', status: 217 } })

  it('tells that the unit cannot be started, and writes it anew', () => {
    expect(judge(pm2UnitFailed, booted({ services: services([cannot]) }))).toMatchObject({
      holds: true,
      confidence: 'high',
      summary: 'pm2-deploy.service cannot be started: its user does not exist (217/USER)',
    })
    expect(commands(pm2UnitFailed, booted({ services: services([cannot]) }))[1]).toBe(
      'sudo systemctl restart pm2-deploy.service',
    )
  })

  it('is a risk where pm2 was started by hand', () => {
    expect(judge(pm2UnitFailed, servingFacts({ services: services([cannot]) }))).toMatchObject({
      summary:
        'pm2-deploy.service failed (its user does not exist (217/USER)), and pm2 was started by hand: the next boot will not bring it back',
    })
  })

  it.each([
    ['a unit whose pm2 was killed', { ...failedUnit, result: 'signal', activeMs: nowMs - 9000, triedMs: nowMs - 9000 }],
    ['a unit that is well', {}],
  ])('says nothing of %s', (_, overrides) => {
    expect(judge(pm2UnitFailed, booted({ services: services([pm2Unit(overrides)]) }))).toBeUndefined()
  })

  it('tells it of the only unit of pm2 where the folder of pm2 cannot be seen', () => {
    const facts = refused({ services: services([pm2Unit({ ...failedUnit, result: 'timeout' })]) })
    expect(judge(pm2UnitFailed, facts)).toMatchObject({
      confidence: 'medium',
      summary: 'pm2-deploy.service cannot be started: it did not start in time',
    })
  })

  it('does not know where services cannot be seen', () => {
    expect(judge(pm2UnitFailed, booted({ services: unseen() }))).toMatchObject({ holds: null })
  })
})

describe('pm2-startup-stale-path', () => {
  const old = '/home/deploy/.nvm/versions/node/v16.20.0/bin'
  const stale = pm2Unit({
    ...failedUnit,
    exit: { how: 'exited', status: 203 },
    program: `${old}/pm2`,
    gone: [`${old}/pm2`],
  })

  it('tells that what starts pm2 is gone', () => {
    expect(judge(pm2StartupStalePath, booted({ services: services([stale]) }))).toMatchObject({
      holds: true,
      confidence: 'high',
      summary: `pm2-deploy.service cannot start pm2: ${old}/pm2 is gone`,
    })
    const noNode = pm2Unit({ gone: [old], hasNode: false })
    expect(judge(pm2StartupStalePath, booted({ services: services([noNode]) }))).toMatchObject({ confidence: 'medium' })
  })

  it('knows by 203/EXEC what may not be seen', () => {
    expect(judge(pm2StartupStalePath, booted({ services: services([{ ...stale, gone: [] }]) }))).toMatchObject({
      confidence: 'medium',
      summary: `pm2-deploy.service cannot start pm2: ${old}/pm2 cannot be executed`,
    })
  })

  it('warns of the next boot', () => {
    const facts = servingFacts({ services: services([{ ...stale, activeState: 'active' }]) })
    expect(judge(pm2StartupStalePath, facts)).toMatchObject({
      summary: `pm2-deploy.service will not start pm2 at the next boot: ${old}/pm2 is gone`,
    })
  })

  it('says nothing where a folder of its PATH is gone and another has a node', () => {
    const fine = pm2Unit({ gone: [old], hasNode: true })
    expect(judge(pm2StartupStalePath, booted({ services: services([fine]) }))).toBeUndefined()
  })

  it('does not know where services cannot be seen', () => {
    expect(judge(pm2StartupStalePath, booted({ services: unseen() }))).toMatchObject({ holds: null })
  })
})

describe('systemd-oompolicy-kills-pm2', () => {
  const killed = pm2Unit({ ...failedUnit, result: 'oom-kill', activeMs: nowMs - 9000, memoryMaxBytes: 2 ** 29 })

  it('tells that systemd stopped all of pm2 for one process', () => {
    expect(judge(systemdOompolicyKillsPm2, booted({ services: services([killed]) }))).toMatchObject({
      holds: true,
      summary:
        'systemd stopped pm2-deploy.service with all its apps when the kernel killed one process for want of memory',
    })
    expect(commands(systemdOompolicyKillsPm2, booted({ services: services([killed]) }))[0]).toBe(
      `sudo mkdir -p /etc/systemd/system/pm2-deploy.service.d && sudo sh -c 'printf '\\''[Service]\\nOOMPolicy=continue\\n'\\'' > /etc/systemd/system/pm2-deploy.service.d/oom.conf' && sudo systemctl daemon-reload`,
    )
  })

  it('takes the word of the journal', () => {
    const facts = booted({
      services: services([{ ...killed, result: 'signal' }]),
      journals: journal(
        'pm2-deploy.service',
        'pm2-deploy.service: A process of this unit has been killed by the OOM killer.',
      ),
    })
    expect(judge(systemdOompolicyKillsPm2, facts)).toMatchObject({ holds: true })
  })

  it.each([
    ['a unit that was killed otherwise', { ...killed, result: 'signal' }],
    ['a unit that goes on in spite of kills', { ...killed, oomPolicy: 'continue' }],
  ])('says nothing of %s', (_, each) => {
    expect(judge(systemdOompolicyKillsPm2, booted({ services: services([each]) }))).toBeUndefined()
  })

  it('does not know where services cannot be seen', () => {
    expect(judge(systemdOompolicyKillsPm2, booted({ services: unseen() }))).toMatchObject({ holds: null })
  })
})

describe('gateway-boot-dns-race', () => {
  const down = unit({ ...failedUnit, name: 'nginx.service', role: 'gateway', changedMs: nowMs - 3_590_000 })
  const line = 'nginx: [emerg] host not found in upstream "app.internal:3000" in /etc/nginx/sites-enabled/site:5'

  function atBoot(addresses: string[], overrides: Partial<Facts> = {}): Facts {
    return makeFacts({
      host: hostFacts({ uptimeSeconds: 3600 }),
      nginx: nginx([site()], { running: false, masterPid: null }),
      http: http(failed('refused', { vantage: 'gateway', port: 80 })),
      services: services([down]),
      journals: known({
        journals: [{ unit: 'nginx.service', lines: [{ atMs: nowMs - 3_590_000, from: 'nginx', text: line }] }],
        names: [{ name: 'app.internal', addresses }],
      }),
      ...overrides,
    })
  }

  it('tells a name that resolves by now', () => {
    expect(judge(gatewayBootDnsRace, atBoot(['10.0.0.7']))).toMatchObject({
      holds: true,
      confidence: 'high',
      summary: 'nginx.service failed at boot because app.internal was not there yet; by now it is',
      evidence: expect.arrayContaining([{ source: 'uptime', text: 'it failed 10 s after the boot' }]),
    })
  })

  it('tells an address that the host has by now', () => {
    const text = 'nginx: [emerg] bind() to 10.0.0.1:80 failed (99: Cannot assign requested address)'
    expect(judge(gatewayBootDnsRace, atBoot([], { journals: journal('nginx.service', text) }))).toMatchObject({
      summary: 'nginx.service failed at boot because 10.0.0.1 was not there yet; by now it is',
    })
  })

  it.each<[string, Facts]>([
    ['a name that still does not resolve', atBoot([])],
    ['a start long after the boot', atBoot(['10.0.0.7'], { services: services([{ ...down, changedMs: nowMs }]) })],
    ['another mistake', atBoot([], { journals: journal('nginx.service', 'nginx: [emerg] unknown directive "x"') })],
    ['a gateway that runs', atBoot(['10.0.0.7'], { nginx: nginx([site()]) })],
  ])('says nothing of %s', (_, facts) => {
    expect(judge(gatewayBootDnsRace, facts)).toBeUndefined()
  })

  it('does not know where the journal cannot be read', () => {
    expect(judge(gatewayBootDnsRace, atBoot([], { journals: unseen() }))).toEqual({
      holds: null,
      because: 'the journal of nginx.service could not be read',
      decide: 'sudo journalctl -b -u nginx.service -n 20 --no-pager',
    })
  })
})
