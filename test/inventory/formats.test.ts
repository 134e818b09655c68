import { expect, it } from 'vitest'
import { choose, refuse } from './foreign.js'

/** What an inventory is taken for, and its hosts. */
async function taken(text: string, name = 'hosts', named = name, others = {}): Promise<string> {
  const { inventoryKind = 'own', hosts } = await choose({ [name]: text, ...others }, named)
  return `${inventoryKind}: ${hosts.map((host) => host.name).join(' ')}`
}

it.each([
  ['hosts:\n  web01:\n', 'inventory.yaml', 'own: web01'],
  ['groups: { web: { hosts: [a] } }\n', 'x', 'own: a'],
  ['{"hosts": {"a": null}}', 'x.json', 'own: a'],
  ['{hosts: {a: }}', 'x.yaml', 'own: a'],
  ['all:\n  hosts:\n    a:\n', 'x.yml', 'Ansible YAML: a'],
  ['# c\nweb:\n  hosts:\n    a:\n', 'x', 'Ansible YAML: a'],
  ['---\nall: {children: {web: {hosts: {a: {}}}}}\n', 'x.yaml', 'Ansible YAML: a'],
  ['{"all": {"hosts": {"a": {}}}}', 'x.json', 'Ansible YAML: a'],
  ['{"web": ["a"]}', 'x.json', 'Ansible JSON: a'],
  ['{"all": {"children": ["web"]}, "web": {"hosts": ["a"]}}', 'x', 'Ansible JSON: a'],
  ['\uFEFF[web]\r\na\r\n', 'x', 'Ansible INI: a'],
  ['[web]\na\n', 'inventory.yaml', 'Ansible INI: a'],
  ['a ansible_host=10.0.0.1\n', 'x', 'Ansible INI: a'],
  ['a role=db\n', 'x', 'Ansible INI: a'],
  ['a\nb\n', 'x.ini', 'Ansible INI: a b'],
  ['a\nb:22 # c\n\n# d\nu@c[1-2]\n', 'x', 'list of hosts: a b c1 c2'],
  ['a[1-2] web,rack=2\n', 'x', 'genders: a1 a2'],
  ['a web\n', 'genders', 'genders: a'],
  ['a role=db\nb web\n', 'x', 'genders: a b'],
  ['web: a[1-2]\nall: @web\n', 'local.cfg', 'ClusterShell groups: a1 a2'],
  ['web: a b\ndb: c\n', 'x', 'ClusterShell groups: a b c'],
])('%j in %s is taken for %s', async (text, name, kind) => {
  expect(await taken(text, name)).toBe(kind)
})

it('takes a list for one of Ansible where its variables stand beside', async () => {
  expect(await taken('a\n', 'hosts', 'hosts', { 'group_vars/all.yml': 'x: 1\n' })).toBe('Ansible INI: a')
})

it('takes an inventory for what it is said to be', async () => {
  expect(await taken('a role=db\n', 'x', 'genders:x')).toBe('genders: a')
  expect(await taken('a\n', 'x', 'ansible:x')).toBe('Ansible INI: a')
  expect(await taken('hosts:\n  hosts:\n    a:\n', 'x', 'ansible:x')).toBe('Ansible YAML: a')
  expect(await taken('web: a\n', 'x', 'clustershell:x')).toBe('ClusterShell groups: a')
  expect(await taken('a\n', 'list:x', 'list:x')).toBe('list of hosts: a')
})

it('takes what FLEETDX_INVENTORY names in the same way', async () => {
  const files = { x: 'a role=db\n' }
  const { hosts } = await choose(files, undefined, { env: { FLEETDX_INVENTORY: 'genders:x' } })
  expect(hosts).toMatchObject([{ name: 'a', labels: { role: 'db' } }])
})

it.each([
  [
    '',
    'x',
    "x: the inventory is empty | write at least the two lines 'hosts:' and '  web01:', or name a host: fleetdx check user@host",
  ],
  [
    '# nothing\n',
    'x',
    "x: the inventory is empty | write at least the two lines 'hosts:' and '  web01:', or name a host: fleetdx check user@host",
  ],
  [
    'group:\n  web:\n    hosts: { a: }\n',
    'inventory.yaml',
    "inventory.yaml:1:1: unknown key 'group' | did you mean 'groups'?",
  ],
  ['all:\n  hosts:\n', 'x', 'x: the inventory names no host | name a host, or give another inventory with -i'],
  [
    'web01 10.0.0.1\n',
    'x',
    "x:1:1: the inventory must be a mapping with the keys 'hosts', 'groups' and 'defaults', not the text \"web01 10.0.0.1\"",
  ],
  [
    '- hosts: web\n',
    'x.yml',
    "x.yml:1:1: the inventory must be a mapping with the keys 'hosts', 'groups' and 'defaults', not a list",
  ],
  ['hosts:\n\tweb01:\n', 'x', 'x:2:1: a tab stands where YAML wants spaces | indent with spaces, two for each level'],
  [
    '10.0.0.1 web01 web\n::1 localhost # c\n',
    'x',
    'x: this looks like /etc/hosts, which does not say which hosts are meant | write a list of those that are, one host a line',
  ],
  [
    'Host web\n  User a\n',
    'x',
    'x: this looks like an ssh_config | leave out -i, and name hosts of it: fleetdx hosts -F x web01',
  ],
  [
    'plugin: amazon.aws.aws_ec2\ngroups: {}\n',
    'aws_ec2.yml',
    "aws_ec2.yml: this is the configuration of Ansible's inventory plugin 'amazon.aws.aws_ec2', which only Ansible reads | let Ansible read it: ansible-inventory -i aws_ec2.yml --list > inventory.json",
  ],
  [
    '[web]\na = 1\n',
    'x.toml',
    'x.toml: this is an inventory in TOML, which only Ansible reads | let Ansible read it: ansible-inventory -i x.toml --list > inventory.json',
  ],
  ['# no host\n', 'x.ini', 'x.ini: the inventory names no host | name a host, or give another inventory with -i'],
])('%j in %s is refused', async (text, name, message) => {
  expect(await refuse({ [name]: text }, name)).toBe(message)
})
