import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runRecordSchema } from '../../src/record.js'
import { fleetdx } from '../support/fleetdx.js'
import { makeFolder, type Sshd, startSshd } from '../support/sshd.js'
import { openTerminal } from '../support/terminal.js'
import { makeUser } from '../support/users.js'

const password = 'S0me-thing,else'
const user = makeUser('fxpass', password)
let sshd: Sshd
let inventory: string
beforeAll(async () => {
  sshd = await startSshd()
  await chmod(sshd.folder, 0o755)
  user.setSudoers(`${user.name} ALL=(root) ALL`)
  const host = { address: '127.0.0.1', port: sshd.port }
  const { identityFile, knownHostsFile } = sshd
  inventory = join(await makeFolder(), 'inventory.yaml')
  const defaults = { user: user.name, identityFile, knownHostsFile }
  await writeFile(inventory, JSON.stringify({ defaults, hosts: { web1: host, web2: host, web3: host } }))
})
afterAll(() => sshd.stop())

const rightsOf = (stdout: string) =>
  runRecordSchema.parse(JSON.parse(stdout)).hosts.map(({ name, right }) => `${name} ${right?.kind}`)

it('asks on the terminal once for all hosts, and shows the password nowhere', async () => {
  const folder = join(await makeFolder(), 'kept')
  const terminal = openTerminal(['check', '-i', inventory, '--ask-sudo-pass', '--save', folder])
  await terminal.shows('password')
  terminal.type(`${password}\r`)
  const { output } = await terminal.ended
  expect(output).not.toContain(password)
  expect(output).not.toContain('sudo was refused')
  for (const name of ['web1', 'web2', 'web3']) {
    const kept = await readFile(join(folder, 'hosts', `${name}.json`), 'utf8')
    expect(kept).not.toContain(password)
    expect(kept).toContain('"kind":"sudo"')
  }
})

it('takes it from a command', async () => {
  const { stdout } = await fleetdx([
    'check',
    '-i',
    inventory,
    '--sudo-pass-command',
    `echo '${password}'`,
    '--format',
    'json',
  ])
  expect(stdout).not.toContain(password)
  expect(rightsOf(stdout)).toEqual(['web1 sudo', 'web2 sudo', 'web3 sudo'])
})

it('tries a wrong one on one host, and says on the others why they were not asked', async () => {
  const { stdout } = await fleetdx([
    'check',
    '-i',
    inventory,
    '--sudo-pass-command',
    'echo wrong-one',
    '--format',
    'json',
  ])
  const { hosts } = runRecordSchema.parse(JSON.parse(stdout))
  expect(stdout).not.toContain('wrong-one\n')
  expect(hosts.map(({ right }) => right?.detail).sort()).toEqual([
    'sudo: 1 incorrect password attempt',
    'sudo: a password is required',
    'sudo: a password is required',
  ])
  for (const { trouble } of hosts)
    expect(trouble[0]).toMatch(/^the sudo password for fxpass-\d+ was refused by web[123]/)
})
