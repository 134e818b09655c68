import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChooseOptions, chooseHosts } from '../../src/inventory/choose.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (text: string, name = 'inventory.yaml') => writeFileSync(join(folder, name), text)

const choose = ({ lines = '', ...options }: Partial<ChooseOptions> & { lines?: string } = {}) =>
  chooseHosts({
    targets: [],
    overrides: {},
    env: { HOME: join(folder, 'home') },
    cwd: folder,
    stdin: Readable.from([lines]),
    ...options,
  })

const names = async (options: Parameters<typeof choose>[0]) => (await choose(options)).hosts.map(({ name }) => name)

describe('what a host inherits', () => {
  it('comes from defaults, then its groups from outermost to innermost, then its own entry', async () => {
    write(`
defaults: { user: a, port: 1, labels: { from: defaults, d: 1 }, timeouts: { connect: 500ms, run: 2m } }
groups:
  inner: { hosts: [web01], user: inner, sudo: true, apps: [{ name: shop, port: 3000 }], timeouts: { host: 90 } }
  outer: { children: [inner], user: outer, port: 2, labels: { from: outer }, apps: [{ name: old }] }
hosts:
  web01: { port: 3, knownHostsFile: keys/hosts, identityFile: [~/id, /abs] }
`)
    expect(await choose()).toMatchObject({
      inventoryFile: join(folder, 'inventory.yaml'),
      runMs: 120_000,
      hosts: [
        {
          name: 'web01',
          address: 'web01',
          port: 3,
          user: 'inner',
          identityFiles: [join(folder, 'home/id'), '/abs'],
          knownHostsFiles: [join(folder, 'keys/hosts')],
          transport: 'auto',
          sudo: 'always',
          labels: { from: 'outer', d: '1' },
          groups: ['outer', 'inner'],
          apps: [{ name: 'shop', port: 3000 }],
          checks: [],
          timeouts: { connectMs: 500, commandMs: 30_000, hostMs: 90_000 },
        },
      ],
    })
  })

  it('has defaults of its own', async () => {
    mkdirSync(join(folder, 'home/.ssh'), { recursive: true })
    write('', 'home/.ssh/id_rsa')
    write('hosts:\n  web01:\n')
    const { hosts, runMs } = await choose()
    expect(runMs).toBe(600_000)
    expect(hosts[0]).toMatchObject({
      port: 22,
      user: userInfo().username,
      identityFiles: [join(folder, 'home/.ssh/id_rsa')],
      knownHostsFiles: [join(folder, 'home/.ssh/known_hosts'), '/etc/ssh/ssh_known_hosts'],
      sudo: 'auto',
      timeouts: { connectMs: 10_000, commandMs: 30_000, hostMs: 60_000 },
    })
  })

  it('yields to the command line', async () => {
    write('hosts:\n  web01: { user: a, sudo: never, timeouts: { connect: 1s, host: 2s } }\n')
    const { hosts, runMs } = await choose({
      overrides: { user: 'b', sudo: 'auto', identityFile: ['key'], timeouts: { connect: 7 }, runMs: 9 },
    })
    expect(runMs).toBe(9)
    expect(hosts[0]).toMatchObject({
      user: 'b',
      sudo: 'auto',
      identityFiles: [join(folder, 'key')],
      timeouts: { connectMs: 7, hostMs: 2000 },
    })
  })
})

describe('a jump host', () => {
  it('has its own rule for unknown host keys, unless the command line has one for all', async () => {
    write(
      'defaults: { hostKeys: strict }\nhosts:\n  gate: { hostKeys: off }\n  web01: { jump: gate, hostKeys: accept-new }\n',
    )
    const rules = async (overrides = {}) =>
      (await choose({ overrides })).hosts.map(({ hostKeys, jump }) => [hostKeys, jump?.hostKeys])
    expect(await rules()).toEqual([
      ['off', undefined],
      ['accept-new', 'off'],
    ])
    expect(await rules({ hostKeys: 'strict' })).toEqual([
      ['strict', undefined],
      ['strict', 'strict'],
    ])
  })

  it('named in the defaults is itself reached directly', async () => {
    write('defaults: { jump: bastion }\nhosts:\n  bastion: { address: 10.0.0.1, port: 2222, user: gate }\n  web01:\n')
    const { hosts } = await choose()
    expect(hosts.map(({ jump }) => jump)).toEqual([
      undefined,
      expect.objectContaining({ address: '10.0.0.1', port: 2222, user: 'gate' }),
    ])
  })

  it('may stand outside of the inventory, with the keys of the host', async () => {
    write('hosts:\n  web01: { user: a, jump: gate@10.0.0.1:2222, identityFile: /key }\n')
    const { hosts } = await choose()
    const jump = { address: '10.0.0.1', port: 2222, user: 'gate', identityFiles: ['/key'] }
    expect(hosts[0]?.jump).toMatchObject(jump)
  })
})

describe('targets', () => {
  it('with a user need no inventory, not even a sound one', async () => {
    write('x: 1')
    const { hosts, inventoryFile } = await choose({
      targets: ['a@web[01-02]:2222', 'root@[::1]:22', 'ssh://h'],
      overrides: { user: 'me' },
    })
    expect(inventoryFile).toBeUndefined()
    expect(hosts.map(({ name, user, address, port }) => [name, user, address, port])).toEqual([
      ['a@web01:2222', 'a', 'web01', 2222],
      ['a@web02:2222', 'a', 'web02', 2222],
      ['root@[::1]:22', 'root', '::1', 22],
      ['ssh://h', 'me', 'h', 22],
    ])
  })

  it('are hosts when there is no inventory', async () => {
    expect(await names({ targets: ['web01', '10.0.0.1:23', '::1'] })).toEqual(['web01', '10.0.0.1:23', '::1'])
  })

  it('may come from standard input', async () => {
    write('hosts:\n  a:\n  b:\n  c:\n')
    expect(await names({ targets: ['-'], lines: '# some\r\nc\r\n\n  a \n' })).toEqual(['a', 'c'])
    await expect(choose({ targets: ['-'], lines: '\n' })).rejects.toThrow('standard input names no host')
  })

  it.each([
    [['web*'], "'web*' selects from an inventory, and none was found"],
    [[], 'no host was named, and there is no inventory'],
    [['a:secret@h'], "'a:***@…' holds a password"],
    [['a@h:0'], "the port in 'a@h:0' must be a whole number from 1 to 65535, not '0'"],
    [['@h'], "'@h' has no user name before the '@'"],
    [['web[1-2'], "'web[1-2' is not the address of a host"],
  ])('%j without an inventory are refused', async (targets, message) => {
    await expect(choose({ targets })).rejects.toThrow(message)
  })
})

describe('the inventory', () => {
  it('is that of -i, else of FLEETDX_INVENTORY, else ./inventory.yaml, else the one in ~/.config', async () => {
    const env = { HOME: join(folder, 'home'), FLEETDX_INVENTORY: 'env.yaml' }
    mkdirSync(join(folder, 'home/.config/fleetdx'), { recursive: true })
    write('hosts:\n  from-home:\n', 'home/.config/fleetdx/inventory.yaml')
    expect(await names({})).toEqual(['from-home'])
    write('hosts:\n  from-here:\n')
    expect(await names({})).toEqual(['from-here'])
    write('hosts:\n  from-env:\n', 'env.yaml')
    expect(await names({ env })).toEqual(['from-env'])
    write('hosts:\n  from-option:\n', 'option.yaml')
    expect(await names({ env, inventory: 'option.yaml' })).toEqual(['from-option'])
  })
})

describe('--local', () => {
  it('is this machine alone', async () => {
    const { hosts } = await choose({ local: true, overrides: { jump: 'bastion' } })
    expect(hosts).toMatchObject([{ name: hostname(), transport: 'local' }])
    expect(hosts[0]?.jump).toBeUndefined()
    await expect(choose({ local: true, targets: ['web01'] })).rejects.toThrow('--local means this machine alone')
  })
})
