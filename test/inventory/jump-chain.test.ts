import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ChooseOptions, chooseHosts } from '../../src/inventory/choose.js'
import { listHops } from '../../src/inventory/host.js'
import { makeFolder } from '../support/sshd.js'

let folder: string
beforeEach(async () => {
  folder = await makeFolder()
})

/** Chooses by an ssh_config of these lines, beside an inventory. */
async function choose(lines: readonly string[], options: Partial<ChooseOptions> & { inventory?: string } = {}) {
  const { inventory, ...others } = options
  await writeFile(join(folder, 'config'), `${lines.join('\n')}\n`)
  if (inventory !== undefined) await writeFile(join(folder, 'inventory.yaml'), inventory)
  return chooseHosts({
    ...{ targets: inventory === undefined ? ['web1'] : [], overrides: {}, sshConfigFile: 'config', cwd: folder },
    ...{ env: { ...process.env, HOME: folder }, stdin: Readable.from([]) },
    ...others,
  })
}

/** Every host with the servers on its way. */
async function ways(...words: Parameters<typeof choose>): Promise<Record<string, string>> {
  const { hosts } = await choose(...words)
  const tell = (hop: { user: string; address: string; port: number }) => `${hop.user}@${hop.address}:${hop.port}`
  return Object.fromEntries(
    hosts.map((host) => [host.name, host.obstacle?.message ?? listHops(host).map(tell).join(' > ')]),
  )
}

const base = ['Host *', 'User me']

describe('ProxyJump', () => {
  const gate = ['Host gate', 'HostName 10.0.0.9', 'User joe', 'IdentityFile /gate']

  it('leads through a host that ssh_config knows itself', async () => {
    const { hosts } = await choose(['Host web1', 'ProxyJump ann@gate:2200', 'IdentityFile /web', ...gate])
    expect(hosts[0]?.jump).toMatchObject({ address: '10.0.0.9', user: 'ann', port: 2200, identityFiles: ['/gate'] })
  })

  it.each([
    ['one by one', ['Host web1', 'ProxyJump gate', ...gate, 'ProxyJump outer']],
    ['in one line', ['Host web1', 'ProxyJump outer,gate', ...gate]],
    ['in place of their own', ['Host web1', 'ProxyJump outer,gate', ...gate, 'ProxyJump other']],
    ['as addresses', ['Host web1', 'ProxyJump ssh://outer,ssh://joe@10.0.0.9:22']],
  ])('leads over several hops: %s', async (_, lines) => {
    expect(await ways([...lines, ...base])).toEqual({ web1: 'me@outer:22 > joe@10.0.0.9:22 > me@web1:22' })
  })

  it('leaves the first hop its own', async () => {
    const lines = ['Host web1', 'ProxyJump b,c', 'Host b', 'ProxyJump a', 'Host c', 'ProxyCommand x', ...base]
    expect(await ways(lines)).toEqual({ web1: 'me@a:22 > me@b:22 > me@c:22 > me@web1:22' })
    expect((await choose(lines)).hosts[0]?.jump?.proxyCommand).toBeUndefined()
  })

  it('none, or a ProxyCommand before it, is none', async () => {
    const lines = ['Host web1', 'ProxyJump none', 'Host *', 'ProxyJump gate', 'User me']
    expect(await ways(lines)).toEqual({ web1: 'me@web1:22' })
    const { hosts } = await choose(['ProxyCommand x', 'ProxyJump gate'])
    expect([hosts[0]?.proxyCommand, hosts[0]?.jump]).toEqual(['x', undefined])
  })

  it('is not followed where the inventory says how, nor is ProxyCommand', async () => {
    const inventory = 'hosts:\n  a: { jump: none }\n  b: { jump: none }\n  c: { jump: x@y }\n'
    const { hosts } = await choose(['Host a', 'ProxyJump gate', 'Host *', 'ProxyCommand false'], { inventory })
    expect(hosts.map(({ jump, proxyCommand }) => [jump?.address, jump?.proxyCommand, proxyCommand])).toEqual([
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
      ['y', 'false', undefined],
    ])
  })

  it('through itself is refused by ssh, for that host alone, unless the inventory says better', async () => {
    const lines = ['Host *', 'ProxyJump gate', 'User me']
    const loop = "ssh cannot read its configuration for 'gate': jumphost loop via gate"
    expect(await ways(lines, { targets: ['gate'] })).toEqual({ gate: loop })
    expect(await ways(lines, { inventory: 'hosts:\n  gate: { jump: none }\n  web1:\n' })).toEqual({
      gate: 'me@gate:22',
      web1: 'me@gate:22 > me@web1:22',
    })
  })

  it('in a circle is told of that host alone', async () => {
    const lines = ['Host web1', 'ProxyJump a', 'Host a', 'ProxyJump b', 'Host b', 'ProxyJump a', ...base]
    const { hosts } = await choose(lines, { targets: ['web1', 'web2'] })
    expect(hosts.map(({ obstacle }) => obstacle)).toEqual([
      {
        message: 'its jump hosts go round in a circle: web1 through a through b through a',
        mend: "write 'jump: none' in the inventory, or 'ProxyJump none' in ssh_config, for the one that is reached directly",
      },
      undefined,
    ])
  })
})

describe('jump', () => {
  it('may be a list of hosts of the inventory, names of ssh_config and others', async () => {
    const inventory = 'hosts:\n  inner: { user: i }\n  web1: { user: w, jump: "o@10.0.0.1:2222, alias,inner" }\n'
    expect(await ways(['Host alias', 'User a', 'HostName h'], { inventory, targets: ['web1'] })).toEqual({
      web1: 'o@10.0.0.1:2222 > a@h:22 > i@inner:22 > w@web1:22',
    })
  })

  it('may be behind another one', async () => {
    const inventory = 'defaults: { user: u }\nhosts:\n  outer:\n  inner: { jump: outer }\n  web1: { jump: inner }\n'
    expect(await ways([], { inventory })).toEqual({
      outer: 'u@outer:22',
      inner: 'u@outer:22 > u@inner:22',
      web1: 'u@outer:22 > u@inner:22 > u@web1:22',
    })
    expect(await ways([], { inventory, overrides: { jump: 'x@y,inner' }, targets: ['web1'] })).toEqual({
      web1: 'x@y:22 > u@inner:22 > u@web1:22',
    })
  })

  it('named in the defaults is itself reached by those before it', async () => {
    const inventory = 'defaults: { user: u, jump: "outer,inner" }\nhosts:\n  outer:\n  inner:\n  web1:\n'
    expect(await ways([], { inventory })).toEqual({
      outer: 'u@outer:22',
      inner: 'u@outer:22 > u@inner:22',
      web1: 'u@outer:22 > u@inner:22 > u@web1:22',
    })
  })

  it('in a circle is told of those hosts alone', async () => {
    const inventory = 'defaults: { user: u }\nhosts:\n  a: { jump: b }\n  b: { jump: a }\n  web1:\n'
    expect(await ways([], { inventory })).toEqual({
      a: 'its jump hosts go round in a circle: a through b through a',
      b: 'its jump hosts go round in a circle: b through a through b',
      web1: 'u@web1:22',
    })
  })

  it('that nobody knows is a mistake of the inventory, or of the command line', async () => {
    const inventory = 'hosts:\n  gate:\n  web1: { jump: "gate,gaet" }\n'
    const mistake = {
      message: "the jump host 'gaet' is not in the inventory",
      mend: "write a server outside of the inventory as user@host:port; did you mean 'gate'?",
    }
    const place = { file: join(folder, 'inventory.yaml'), line: 3, column: 17 }
    await expect(choose([], { inventory })).rejects.toMatchObject({ ...mistake, place })
    const sound = 'hosts:\n  gate:\n'
    await expect(choose([], { inventory: sound, overrides: { jump: 'gaet' } })).rejects.toMatchObject(mistake)
  })

  it('has the keys of the command line where ssh_config knows it, else those of the host', async () => {
    const lines = ['Host gate', 'IdentityFile /gate']
    const inventory = 'hosts:\n  a: { jump: gate, identityFile: /a }\n  b: { jump: x@y, identityFile: /b }\n'
    const keysOf = async (options = {}) =>
      (await choose(lines, { inventory, ...options })).hosts.map(({ jump }) => jump?.identityFiles)
    expect(await keysOf()).toEqual([['/gate'], ['/b']])
    expect(await keysOf({ overrides: { identityFile: ['/c'] } })).toEqual([['/c'], ['/c']])
  })
})
