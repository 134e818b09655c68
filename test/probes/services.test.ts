import { describe, expect, it } from 'vitest'
import services from '../../src/probes/services.js'
import { collectHere } from '../support/collect-here.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

describe('services', () => {
  it('reads what systemd says of the units that matter', () => {
    const facts = services.parse(readSection(services, 'debian-12'))
    expect(facts.manager).toBe('systemd')
    expect(facts.units?.map(({ name, role, activeState }) => `${name} ${role} ${activeState}`)).toEqual([
      'broken.service app failed',
      'nginx.service gateway active',
      'pm2-deploy.service pm2 active',
      'web-api.service app active',
    ])
    expect(facts.units?.[3]).toMatchObject({
      user: 'deploy',
      workingDirectory: '/home/deploy/classrooom',
      program: '/usr/bin/node',
      enabled: 'enabled',
      restart: 'always',
      restarts: 0,
      startedMs: Date.UTC(2026, 10, 24, 10, 2, 18),
      memoryMaxBytes: null,
      oomPolicy: 'stop',
    })
  })

  it('tells names of variables, and values of those alone that say where an app listens', () => {
    const section = readSection(services, 'debian-12')
    const [api] = services.parse(section).units?.filter(({ name }) => name === 'web-api.service') ?? []
    // The unit says "SECRET=a PORT=9 c", its environment file PORT=4000 and SECRET_TOKEN=hunter2.
    expect(api).toMatchObject({ environment: { NODE_ENV: 'production', PORT: '4000' }, envKeys: ['SECRET'] })
    expect(JSON.stringify(section)).not.toMatch(/hunter2|SECRET_TOKEN|PORT=9/)
  })

  it('knows what a unit names and is not there, and why it could not be started', () => {
    const [broken] = services.parse(readSection(services, 'debian-12')).units ?? []
    expect(broken).toMatchObject({
      result: 'exit-code',
      exit: { how: 'exited', status: 203 },
      hasNode: true,
      gone: ['/home/deploy/.nvm/versions/node/v16/bin/node', '/srv/gone', '/home/deploy/.nvm/versions/node/v16/bin'],
    })
  })

  it('knows that an environment file is not there, where the unit needs it', () => {
    const written = (ignored: string) => `Id=web.service\nEnvironmentFiles=/etc/web.env (ignore_errors=${ignored})`
    const goneOf = (block: string) => {
      const parts = [
        { kind: 'units', label: '', text: block },
        { kind: 'gone', label: '', text: '/etc/web.env\n' },
      ]
      const section = { ...readSection(services, 'debian-12'), parts }
      return services.parse(section).units?.map(({ gone }) => gone)
    }
    expect(goneOf(written('no'))).toEqual([['/etc/web.env']])
    expect(goneOf(written('yes'))).toEqual([[]])
  })

  it('takes what cannot be seen by others for there', () => {
    const section = readSection(services, 'debian-12--other-user')
    expect(section.blind).toEqual([
      { what: 'what other users have started at boot (crontabs, user units)', reason: 'permission' },
    ])
    expect(services.parse(section).units?.[0]?.gone).toEqual(['/srv/gone'])
  })

  it('reads the end of a program that only starts another one', () => {
    const facts = services.parse(readSection(services, 'debian-12--pm2-unit-failed'))
    const pm2 = facts.units?.find(({ role }) => role === 'pm2')
    expect(pm2).toMatchObject({ type: 'forking', user: 'deployer', exit: { how: 'exited', status: 217 } })
  })

  it('lists what starts pm2 at boot', () => {
    expect(services.parse(readSection(services, 'debian-12')).bootHooks).toEqual([
      { kind: 'unit', isEnabled: true, user: 'deploy', home: '/home/deploy/.pm2', name: 'pm2-deploy.service' },
      // It runs start.sh, which may start pm2.
      { kind: 'crontab', isEnabled: null, user: 'deploy', home: null, name: '/var/spool/cron/crontabs/deploy' },
    ])
  })

  it('says that there is no service manager', () => {
    const facts = services.parse(readSection(services, 'debian-12--no-systemd'))
    expect(facts).toEqual({ manager: 'none', units: [], bootHooks: [] })
  })

  it('reads an old systemd, which knows no restarts and no policy', () => {
    const facts = parse(`manager systemd
@fleetdx part units
Type=simple
MainPID=0
Result=start-limit
ExecMainStartTimestamp=Tue 2026-11-24 08:00:00 UTC
ExecMainExitTimestamp=Tue 2026-11-24 08:00:01 UTC
ExecMainCode=2
ExecMainStatus=9
ExecStart={ path=/bin/bash ; argv[]=/bin/bash -c cd /srv/shop && npm start ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }
WorkingDirectory=!/srv/shop
Id=shop.service
LoadState=loaded
ActiveState=failed
SubState=failed
ActiveEnterTimestamp=
UnitFileState=enabled`)
    expect(facts.units).toMatchObject([
      {
        name: 'shop.service',
        role: 'app',
        user: null,
        workingDirectory: '/srv/shop',
        exit: { how: 'killed', status: 9 },
        restarts: null,
        oomPolicy: null,
        activeMs: null,
      },
    ])
  })

  it('reads OpenRC', () => {
    const facts = parse(`manager openrc
openrc started yes nginx
openrc failed no web-api
@fleetdx part hooks
hook init.d yes - /etc/init.d/pm2`)
    expect(facts.units?.map(({ name, role, activeState, enabled }) => [name, role, activeState, enabled])).toEqual([
      ['nginx', 'gateway', 'active', 'enabled'],
      ['web-api', 'other', 'failed', 'disabled'],
    ])
    expect(facts.bootHooks).toEqual([
      { kind: 'init.d', isEnabled: true, user: null, home: null, name: '/etc/init.d/pm2' },
    ])
  })

  it('knows no units of a systemd that does not answer', () => {
    expect(parse('manager systemd\nsilent yes')).toEqual({ manager: 'systemd', units: null, bootHooks: [] })
  })

  it('drops the unit that a cut went through', () => {
    const text = 'manager systemd\n@fleetdx part units\nId=a.service\nActiveState=active\n\nId=b.service\nActiveSt'
    expect(services.parse(cutSection(services, text)).units?.map(({ name }) => name)).toEqual(['a.service'])
  })

  it.each(['', 'oops'])('refuses text that names no manager: %j', (text) => {
    expect(() => parse(text)).toThrow('no word on what starts services')
  })

  it.each(['dash', 'bash', 'busybox sh'])('looks at this machine in %s', async (shell) => {
    const { facts } = await collectHere(['services'], { shell })
    expect(facts.services).toMatchObject({ known: true, value: { bootHooks: expect.any(Array) } })
  })
})

function parse(text: string) {
  return services.parse(frameSection(services, text))
}
