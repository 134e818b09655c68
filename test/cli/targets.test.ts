import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fleetdx } from '../support/fleetdx.js'
import { makeFolder } from '../support/sshd.js'

let empty: string
let cwd: string
let inventory: string
beforeAll(async () => {
  empty = await makeFolder()
  cwd = await makeFolder()
  inventory = join(cwd, 'inventory.yaml')
  await writeFile(
    inventory,
    'defaults: { user: ops }\ngroups:\n  web:\n    hosts: [web01, web02]\nhosts:\n  db01: { port: 2222 }\n',
  )
})

const env = { HOME: '/nowhere', FLEETDX_INVENTORY: '' }
const run = (...words: string[]) => fleetdx(words, { cwd, env })
const refused = (complaint: string) => ({ exitCode: 2, stdout: '', stderr: `fleetdx: ${complaint}\n` })
const START = "write at least the two lines 'hosts:' and '  web01:', or name a host: fleetdx check user@host"

describe('without hosts nothing is connected to:', () => {
  it('no inventory and no target', async () => {
    const places = `${empty}/inventory.yaml or /nowhere/.config/fleetdx/inventory.yaml`
    const mend = `name a host (fleetdx check user@host), or write an inventory: ${places}`
    expect(await fleetdx(['check'], { cwd: empty, env })).toEqual(
      refused(`no host was named, and there is no inventory\n  ${mend}`),
    )
  })

  it('an inventory that is not there, or a folder without one of Ansible', async () => {
    expect(await run('check', '-i', 'nope.yaml')).toEqual(
      refused(`${cwd}/nope.yaml: there is no inventory file here\n  ${START}`),
    )
    expect(await run('check', '-i', '.')).toEqual(
      refused(
        `${cwd}: the inventory names no host\n  ${cwd}/inventory.yaml: passed over, as it is no inventory of Ansible`,
      ),
    )
  })

  it.each([
    ['empty', '', `: the inventory is empty\n  ${START}`],
    [
      'tab',
      'hosts:\n\tweb01:\n',
      ':2:1: a tab stands where YAML wants spaces\n  indent with spaces, two for each level',
    ],
    [
      'duplicate',
      'hosts:\n  web02:\n  web02:\n',
      ":3:3: 'web02' stands twice, first on line 2\n  keep one, or join the two",
    ],
    [
      'unclosed',
      'hosts: [',
      ':1:9: not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]\n  give the keys of one level the same indentation, each on a line of its own',
    ],
  ])('an inventory with a mistake: %s', async (name, text, complaint) => {
    const file = join(cwd, `${name}.yaml`)
    await writeFile(file, text)
    expect(await run('check', '-i', file)).toEqual(refused(file + complaint))
  })

  it('an inventory with several mistakes, all told at once', async () => {
    const file = join(cwd, 'several.yaml')
    await writeFile(file, 'hosts:\n  web01: { prot: 22, port: 99999 }\n')
    const port = `${file}:2:28: 'port' must be a whole number from 1 to 65535, not 99999`
    expect(await run('check', '-i', file)).toEqual(
      refused(`${file}:2:12: unknown key 'prot'\n  did you mean 'port'?\n${port}`),
    )
  })

  it.each([
    [
      'an unknown group',
      ['wbe'],
      "there is no host or group 'wbe' in the inventory\n  write a host outside of the inventory as user@host; did you mean 'web'?",
    ],
    ['a pattern that nothing matches', ['x*'], "no host or group matches 'x*'"],
  ])('%s', async (_, targets, complaint) => {
    expect(await run('check', ...targets)).toEqual(refused(`${inventory}: ${complaint}`))
  })

  it.each([
    [['web', '!web'], "no host is left by 'web' '!web'\n  check what each part holds: fleetdx hosts 'PART'"],
    [['--local', 'web'], '--local means this machine alone\n  leave out either --local or the other hosts'],
    [['ops@host:99999'], "the port in 'ops@host:99999' must be a whole number from 1 to 65535, not '99999'"],
    [['-'], "standard input names no host\n  give one target a line, or leave '-' out for all hosts"],
    [['--user', 'a b', 'web'], "--user 'a b' is not a user name"],
  ])('%j', async (words, complaint) => {
    expect(await run('check', ...words)).toEqual(refused(complaint))
  })
})

describe('hosts', () => {
  it('shows what would be contacted', async () => {
    expect(await run('hosts')).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: [
        'HOST   ADDRESS    USER  JUMP  GROUPS  APPS',
        'web01  web01:22   ops   -     web     -',
        'web02  web02:22   ops   -     web     -',
        'db01   db01:2222  ops   -     -       -',
        '',
        `3 hosts of ${inventory}`,
        '',
      ].join('\n'),
    })
  })

  it('shows it as JSON', async () => {
    const { exitCode, stdout, stderr } = await run('hosts', 'db01', '--format', 'json')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const host = { name: 'db01', address: 'db01', port: 2222, user: 'ops' }
    expect(JSON.parse(stdout)).toMatchObject({ inventoryFile: inventory, hosts: [host] })
  })

  it('reads targets from standard input, and takes ones that no inventory knows', async () => {
    const input = '# from a ticket\nadmin@203.0.113.7:2022\n\nssh://ops@[2001:db8::1]:22\n'
    expect(await fleetdx(['hosts', '-'], { cwd: empty, env, input })).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: [
        'HOST                        ADDRESS           USER   JUMP  GROUPS  APPS',
        'admin@203.0.113.7:2022      203.0.113.7:2022  admin  -     -       -',
        'ssh://ops@[2001:db8::1]:22  [2001:db8::1]:22  ops    -     -       -',
        '',
        '2 hosts',
        '',
      ].join('\n'),
    })
  })
})
