import { execFile } from 'node:child_process'
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { runProgram } from '../../../src/inventory/ansible/run-program.js'
import { makeAnsibleEnv } from '../../support/ansible.js'
import { choose, chooseIn, refuse, writeFiles } from '../foreign.js'
import { readHere } from './read-here.js'

const shell = (...lines: string[]) => ['#!/bin/sh', ...lines, ''].join('\n')
const print = (data: unknown) => shell("cat <<'END'", JSON.stringify(data), 'END')
const show = ({ hosts }: Awaited<ReturnType<typeof choose>>) =>
  hosts.map(({ name, address, port, user, groups }) => [name, `${user}@${address}:${port}`, ...groups].join(' '))

const list = {
  _meta: { hostvars: { web1: { ansible_host: '10.0.0.1', ansible_port: 2222 }, lone: { ansible_user: 'own' } } },
  all: { vars: { ansible_user: 'deploy' }, children: ['eu'] },
  eu: { children: ['web'] },
  web: { hosts: ['web1', 'web2'], vars: { ansible_port: 22022 } },
  db: ['db1'],
  lone: { x: 1 },
}
const hosts = [
  'web1 deploy@10.0.0.1:2222 eu web',
  'web2 deploy@web2:22022 eu web',
  'db1 postgres@db1:22 db',
  'lone own@lone:22 lone',
]

it('a program prints what Ansible takes, once where it speaks of all hosts', async () => {
  const chosen = await choose({ inv: print(list), 'group_vars/db.yml': 'ansible_user: postgres\n' }, 'inv')
  expect(chosen.inventoryKind).toBe('Ansible JSON of a program')
  expect(show(chosen)).toEqual(hosts)
})

it('a file holds the same', async () => {
  const files = { 'inv.json': JSON.stringify(list), 'group_vars/db.yml': 'ansible_user: postgres\n' }
  expect(show(await choose(files, 'inv.json'))).toEqual(hosts)
})

it('a program is asked for every host of which it does not speak, with the environment of fleetdx', async () => {
  const script = shell(
    `if [ "$1" = --list ]; then echo '{"web": ["a", "b"], "db": {"hosts": ["c"]}}'; exit; fi`,
    'if [ "$2" != b ]; then echo "{\\"ansible_user\\": \\"$MARK-$2\\"}"; else echo "{\\"ansible_user\\": \\"x\\"}"; fi',
  )
  const env = { PATH: process.env.PATH, MARK: 'm' }
  expect(show(await choose({ inv: script }, 'inv', { env }))).toEqual([
    'a m-a@a:22 web',
    'b x@b:22 web',
    'c m-c@c:22 db',
  ])
})

it('a program may print an inventory of fleetdx', async () => {
  const own = { defaults: { user: 'me' }, hosts: { a: { port: 77 } } }
  const chosen = await choose({ inv: print(own) }, 'inv')
  expect(chosen.inventoryKind).toBe('JSON of a program')
  expect(show(chosen)).toEqual(['a me@a:77'])
})

it.each([
  [
    shell('echo warming up >&2', 'printf "\\033[31mno token\\n" >&2', 'exit 3'),
    "inv: 'inv --list' failed with exit code 3:\n  warming up\n  no token | run it by hand: inv --list",
  ],
  [shell('kill -9 $$'), "inv: 'inv --list' was ended by SIGKILL | run it by hand: inv --list"],
  [
    '#!/no/such/program\n',
    "inv: 'inv --list' cannot be run: the program that its first line (#!) names is not there | run it by hand: inv --list",
  ],
  [
    shell('echo hello'),
    `inv: 'inv --list' must print a JSON object, and printed "hello" | see what it prints: inv --list`,
  ],
  [shell('true'), "inv: 'inv --list' must print a JSON object, and printed nothing | see what it prints: inv --list"],
  [
    shell(`if [ "$1" = --list ]; then echo '{"web": ["a"]}'; else echo '[]'; fi`),
    `inv: 'inv --host a' must print a JSON object, and printed "[]" | see what it prints: inv --host a`,
  ],
  [
    print({ web: { hosts: 'a' } }),
    "inv: the hosts of the group 'web' must be a list of names | it must look like the output of 'ansible-inventory --list'",
  ],
  [
    print({ web: { hosts: ['a'], vars: [] } }),
    "inv: the vars of the group 'web' must be an object | it must look like the output of 'ansible-inventory --list'",
  ],
  [print({ hosts: { a: { prot: 1 } } }), "inv:1:16: unknown key 'prot' | did you mean 'port'?"],
  [
    print({ _meta: { hostvars: {} } }),
    'inv: the inventory names no host | name a host, or give another inventory with -i',
  ],
])('%j is refused', async (inv, message) => {
  expect(await refuse({ inv }, 'inv')).toBe(message)
})

it('a program that nobody named is not run', async () => {
  const folder = await writeFiles({ 'inventory.yaml': shell('touch ran', 'echo {}') })
  const file = join(folder, 'inventory.yaml')
  await expect(chooseIn(folder, undefined)).rejects.toMatchObject({
    message: 'this is a program, and only one that is named is run',
    place: { file },
    mend: `name it, if it is to be run: -i ${file}`,
  })
  await expect(readFile(join(folder, 'ran'))).rejects.toThrow('ENOENT')
})

it('a program that may not be executed is told of', async () => {
  const folder = await writeFiles({ 'inv.py': '#!/usr/bin/python3\nprint(1)\n' })
  const file = join(folder, 'inv.py')
  await chmod(file, 0o644)
  await expect(chooseIn(folder, 'inv.py')).rejects.toMatchObject({
    message: 'this begins with #!, and may not be executed',
    place: { file },
    mend: `if it is a program that prints an inventory: chmod +x ${file}`,
  })
})

it('a program is ended with all that it has started', async () => {
  const folder = await writeFiles({ inv: shell('sleep 1000 & echo $! > child', 'echo started >&2', 'wait') })
  const controller = new AbortController()
  const context = { cwd: folder, env: process.env, signal: controller.signal, deadline: '1 s' }
  const running = runProgram(join(folder, 'inv'), ['--list'], context)
  running.catch(() => {})
  const child = await waitFor(async () => Number(await readFile(join(folder, 'child'), 'utf8')))
  controller.abort()
  await expect(running).rejects.toThrow(/^'.*\/inv --list' took over 1 s/)
  await waitFor(async () => !isAlive(child))
})

async function waitFor<Value>(look: () => Promise<Value>): Promise<NonNullable<Value>> {
  for (;;) {
    const value = await look().catch(() => undefined)
    if (value) return value
    await new Promise((done) => setTimeout(done, 20))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

it('a whole inventory is what ansible-inventory says it is', async () => {
  const folder = await writeFiles({
    'inventory/01-static.yml':
      'all:\n  children:\n    prod:\n      children:\n        web:\n          hosts:\n            web[01:03].example.com:\n        db:\n          hosts:\n            db-a: { ansible_host: 10.0.0.21 }\n  vars:\n    ansible_user: deploy\n',
    'inventory/02-more':
      '[web]\nweb04.example.com ansible_port=2222\n[edge:children]\nweb\n[edge:vars]\nansible_ssh_common_args="-o ProxyJump=gate"\n',
    'inventory/03-cloud': print({
      cloud: { hosts: ['vm1'] },
      _meta: { hostvars: { vm1: { ansible_host: '192.0.2.9' } } },
    }),
    'inventory/group_vars/all/main.yml': 'ansible_port: 2022\n',
    'inventory/group_vars/db.yaml': 'ansible_user: postgres\nansible_become: yes\n',
    'inventory/host_vars/vm1.json': '{"ansible_user": "root"}',
    'inventory/README.md': '# hosts\n',
  })
  const { stdout } = await promisify(execFile)('ansible-inventory', ['-i', 'inventory', '--list'], {
    cwd: folder,
    env: await makeAnsibleEnv(),
  })
  const { hosts: here } = await readHere(join(folder, 'inventory'))
  const shown = [...here].map(([name, { variables }]) => [
    name,
    Object.fromEntries([...variables].map(([key, { value }]) => [key, value])),
  ])
  expect(Object.fromEntries(shown)).toEqual(JSON.parse(stdout)._meta.hostvars)
})

it('what a folder holds besides is told of', async () => {
  const files = {
    'inv/aws_ec2.yml': 'plugin: amazon.aws.aws_ec2\n',
    'inv/hosts': 'a\n',
    'inv/more.ini': 'b\n',
    'inv/requirements.yml': '- src: x\n',
    'inv/group_vars/all/vault': '$ANSIBLE_VAULT;1.1;AES256\n61\n',
    'inv/host_vars/a.yml': 'ansible_user: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  61\n',
  }
  const { notes, hosts: chosen } = await choose(files, 'inv')
  expect(chosen.map(({ name }) => name)).toEqual(['a'])
  expect(notes).toEqual([
    "inv/aws_ec2.yml: this is the configuration of Ansible's inventory plugin 'amazon.aws.aws_ec2', which only Ansible reads: its hosts are missing; let Ansible read it: ansible-inventory -i inv --list > inventory.json",
    'inv/more.ini: passed over, as Ansible passes over .ini files of a folder',
    'inv/requirements.yml: passed over, as it is no inventory of Ansible',
    'inv/group_vars/all/vault: it is encrypted by ansible-vault, which is not opened: what it sets is not used',
    "inv/host_vars/a.yml:1:22: 'ansible_user' of a is encrypted by ansible-vault, which is not opened; write it out, or give --user",
  ])
})
