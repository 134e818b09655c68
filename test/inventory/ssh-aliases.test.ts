import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ChooseOptions, chooseHosts } from '../../src/inventory/choose.js'
import { makeFolder } from '../support/sshd.js'

let folder: string
beforeEach(async () => {
  folder = await makeFolder()
  const lines = ['Host *', 'User me', 'Host web1 web2 web*', 'Host db1', 'HostName 10.0.0.7', 'Host gate']
  await writeFile(join(folder, 'config'), `${lines.join('\n')}\n`)
})

const choose = (options: Partial<ChooseOptions>) =>
  chooseHosts({
    ...{ targets: [], overrides: {}, sshConfigFile: 'config', cwd: folder, stdin: Readable.from([]) },
    env: { ...process.env, HOME: folder },
    ...options,
  })
const names = async (options: Partial<ChooseOptions>) => (await choose(options)).hosts.map(({ name }) => name)
const write = (text: string, name = 'inventory.yaml') => writeFile(join(folder, name), text)

describe('--ssh-config', () => {
  it('takes the hosts that ssh_config names as the inventory', async () => {
    const { hosts, inventoryFile } = await choose({ sshConfig: ['web*', 'd?1'] })
    expect(hosts.map(({ name, address, user }) => [name, address, user])).toEqual([
      ['web1', 'web1', 'me'],
      ['web2', 'web2', 'me'],
      ['db1', '10.0.0.7', 'me'],
    ])
    expect(inventoryFile).toBe(join(folder, 'config'))
  })

  it('lets targets select among them', async () => {
    expect(await names({ sshConfig: ['*'], targets: ['!web1', '!gate'] })).toEqual(['web2', 'db1'])
    expect(await names({ sshConfig: ['*'], targets: ['web*', 'root@other'] })).toEqual(['web1', 'web2', 'root@other'])
    expect(await names({ sshConfig: ['web*'], overrides: { jump: 'gate' } })).toEqual(['web1', 'web2'])
  })

  it('stands in place of an inventory that was not named, and beside one that was', async () => {
    await write('hosts:\n  app:\n  db1: { user: other }\n')
    expect(await names({ sshConfig: ['*1'] })).toEqual(['web1', 'db1'])
    const { hosts } = await choose({ sshConfig: ['*1'], inventory: 'inventory.yaml' })
    expect(hosts.map(({ name, user }) => `${user}@${name}`)).toEqual(['me@app', 'other@db1', 'me@web1'])
  })

  it('says what it does not find', async () => {
    const label = join(folder, 'config')
    await expect(choose({ sshConfig: ['wbe1'] })).rejects.toMatchObject({
      message: `no Host of ${label} matches 'wbe1'`,
      mend: "did you mean 'web1' or 'db1'?",
    })
    await expect(choose({ sshConfig: ['/etc/my_config'] })).rejects.toMatchObject({
      message: `no Host of ${label} matches '/etc/my_config'`,
      mend: 'to have another file read, write -F /etc/my_config',
    })
    await expect(choose({ sshConfig: ['*'], sshConfigFile: 'none' })).rejects.toMatchObject({
      message: "no Host of ssh_config matches '*'",
      mend: 'it is not there, or names hosts by patterns alone',
    })
    await expect(choose({ sshConfig: ['*'], local: true })).rejects.toThrow('--local means this machine alone')
  })
})

describe('a target that the inventory does not know', () => {
  beforeEach(() => write('defaults: { user: inv }\ngroups: { web1: { hosts: [a] } }\nhosts:\n  web2:\n'))

  it('is taken from ssh_config, where that names it', async () => {
    const { hosts } = await choose({ targets: ['db1', 'web2', 'web77'] })
    expect(hosts.map(({ name, address, user }) => [name, address, user])).toEqual([
      ['web2', 'web2', 'inv'],
      ['db1', '10.0.0.7', 'me'],
      ['web77', 'web77', 'me'],
    ])
    expect(await names({ targets: ['gate'] })).toEqual(['gate'])
    expect(await names({ targets: ['web[2-3]'] })).toEqual(['web2', 'web3'])
  })

  it('is not where the inventory has such a group, nor where a pattern for all is all that fits', async () => {
    expect(await names({ targets: ['web1'] })).toEqual(['a'])
    await expect(choose({ targets: ['other'] })).rejects.toThrow("there is no host or group 'other' in the inventory")
  })

  it('and may be a jump host of the inventory', async () => {
    await write('hosts:\n  web2: { jump: db1 }\n')
    const { hosts } = await choose({})
    expect(hosts[0]?.jump).toMatchObject({ address: '10.0.0.7', alias: 'db1', user: 'me' })
  })
})
