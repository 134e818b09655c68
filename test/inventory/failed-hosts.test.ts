import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChooseOptions, chooseHosts } from '../../src/inventory/choose.js'
import { brokenHost, hostRecord, runRecord, unreachableHost } from '../support/record.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-'))
  mkdirSync(join(folder, 'home'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (text: string, name: string) => writeFileSync(join(folder, name), text)
const inventory = () => write('groups: { web: { hosts: ["web[1-5]"], user: today } }', 'inventory.yaml')

/** A run in which web1 was well, web2 broken, web3 broken and waived, web4 out of reach, and web9 is of another day. */
const run = () =>
  write(
    JSON.stringify(
      runRecord([
        hostRecord({ name: 'web1' }),
        brokenHost({ name: 'web2' }),
        brokenHost({ name: 'web3', isWaived: true }),
        unreachableHost({ name: 'web4' }),
        brokenHost({ name: 'web9' }),
      ]),
    ),
    'run.json',
  )

const options = (given: Partial<ChooseOptions> = {}): ChooseOptions => ({
  ...{ targets: [], failedFrom: 'run.json', overrides: {}, env: { HOME: join(folder, 'home') }, cwd: folder },
  ...{ stdin: Readable.from(['']), sshConfigFile: 'none', ...given },
})

const choose = (given?: Partial<ChooseOptions>) => chooseHosts(options(given))

const names = async (given?: Partial<ChooseOptions>) => (await choose(given)).hosts.map(({ name }) => name)

const refusal = (message: string, mend?: string) =>
  expect.objectContaining({
    name: 'UserError',
    message,
    ...(mend && { mend }),
    place: { file: join(folder, 'run.json') },
  })

describe('--failed-from', () => {
  it('chooses who was not healthy, as the inventory of today knows them, and says who is gone', async () => {
    inventory()
    run()
    const { hosts, notes } = await choose()
    expect(hosts.map(({ name, user }) => [name, user])).toEqual([
      ['web2', 'today'],
      ['web3', 'today'],
      ['web4', 'today'],
    ])
    expect(notes).toEqual([`no longer in the inventory, and left out: web9 (of ${join(folder, 'run.json')})`])
  })

  it('is narrowed by targets', async () => {
    inventory()
    run()
    expect(await names({ targets: ['web[1-2]', 'web5'] })).toEqual(['web2'])
    await expect(choose({ targets: ['web5'] })).rejects.toThrow(
      refusal('no host that failed in this run is among the targets', 'leave the targets out for all of them'),
    )
  })

  it('reaches hosts outside of an inventory as before', async () => {
    const host = { user: 'deploy', port: 2222 }
    const hosts = [
      brokenHost({ ...host, name: 'root@a1:2022' }),
      brokenHost({ ...host, name: '10.0.0.7', address: '10.0.0.7' }),
      brokenHost({ ...host, name: 'here', transport: { kind: 'local', because: null } }),
    ]
    write(JSON.stringify(runRecord(hosts)), 'run.json')
    expect((await choose()).hosts).toMatchObject([
      { name: 'root@a1:2022', address: 'a1', user: 'root', port: 2022 },
      { name: '10.0.0.7', address: '10.0.0.7', user: 'deploy', port: 2222 },
      { name: 'here', transport: 'local' },
    ])
    expect((await choose({ overrides: { user: 'me' } })).hosts[1]).toMatchObject({ user: 'me', port: 2222 })
  })

  it('chooses nobody, and not everybody, where all were healthy', async () => {
    inventory()
    write(JSON.stringify(runRecord([hostRecord({ name: 'web1' }), hostRecord({ name: 'web2' })])), 'run.json')
    const { hosts, notes } = await choose()
    expect(hosts).toEqual([])
    expect(notes).toEqual([`all 2 hosts of ${join(folder, 'run.json')} were healthy: there is nothing to do`])
  })

  it('takes the record of a ping as well', async () => {
    inventory()
    write(
      JSON.stringify({
        hosts: [
          { name: 'web1', status: 'reached' },
          { name: 'web2', status: 'unreachable' },
        ],
      }),
      'run.json',
    )
    expect(await names()).toEqual(['web2'])
  })

  const mend = 'name a file that fleetdx check --output run.json wrote'
  it.each([
    ['{"hosts": [{}]}', "this is no run, at 'hosts.0.name': a name without control characters"],
    ['{}', "this is no run, at 'hosts': Invalid input: expected array, received undefined"],
    ['web1', 'this is no JSON'],
    [
      JSON.stringify({ hosts: [{ name: 'a\u001b[31m', status: 'broken' }] }),
      "this is no run, at 'hosts.0.name': a name without control characters",
    ],
  ])('refuses %s', async (text, message) => {
    write(text, 'run.json')
    await expect(choose()).rejects.toThrow(refusal(message, mend))
  })

  it('refuses a file that is not there, a folder, and a run of which nobody is left', async () => {
    inventory()
    await expect(choose()).rejects.toThrow(refusal('the run of before cannot be read: there is no such file', mend))
    mkdirSync(join(folder, 'run.json'))
    await expect(choose()).rejects.toThrow(refusal('the run of before cannot be read: this is a folder', mend))
    rmSync(join(folder, 'run.json'), { recursive: true })
    write(JSON.stringify(runRecord([brokenHost({ name: 'gone' })])), 'run.json')
    await expect(choose()).rejects.toThrow(
      refusal('no host that failed in this run is in the inventory now', 'name their inventory with -i FILE'),
    )
  })

  it('goes not together with --local', async () => {
    run()
    await expect(choose({ local: true })).rejects.toThrow('--local means this machine alone')
  })
})

describe('a list of hosts as a report prints it', () => {
  it('is taken as targets', async () => {
    inventory()
    const targets = ['web[1-2,4],deploy@db[01-02]:2222']
    const { failedFrom: _, ...others } = options({ targets })
    const { hosts } = await chooseHosts(others)
    expect(hosts.map(({ name }) => name)).toEqual(['web1', 'web2', 'web4', 'deploy@db01:2222', 'deploy@db02:2222'])
  })
})
