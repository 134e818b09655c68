import { expect, it } from 'vitest'
import { choose, refuse } from './foreign.js'

it('a list of hosts says how each is reached', async () => {
  const lines = [
    'web01',
    'deploy@web[02-03]:2222 # two',
    '# none',
    '',
    '[2001:db8::1]:2200',
    'ssh://ops@h',
    'nat:1',
    'nat:2',
    'web01',
  ]
  const { hosts, notes } = await choose({ list: lines.join('\n') }, 'list', { overrides: { sudo: 'never' } })
  expect(hosts.map(({ name, address, port, user }) => `${name} ${address} ${port} ${user}`)).toEqual([
    `web01 web01 22 ${hosts[0]?.user}`,
    'web02 web02 2222 deploy',
    'web03 web03 2222 deploy',
    `2001:db8::1 2001:db8::1 2200 ${hosts[0]?.user}`,
    'h h 22 ops',
    `nat:1 nat 1 ${hosts[0]?.user}`,
    `nat:2 nat 2 ${hosts[0]?.user}`,
  ])
  expect(hosts.every(({ groups }) => groups.length === 0)).toBe(true)
  expect(notes).toEqual([])
})

it('a host whose name could be more is a target all the same', async () => {
  const list = { list: 'nat:1\nnat:2\n2001:db8::1\n' }
  const names = async (...targets: string[]) => (await choose(list, 'list', { targets })).hosts.map(({ name }) => name)
  expect(await names('nat:2', '2001:db8::1')).toEqual(['nat:2', '2001:db8::1'])
})

it('genders give groups and labels', async () => {
  const text = 'node[1-2],login1 compute,rack=3,bmc=%n-%%b\nnode1 gpu # c\nnode9\n'
  const { hosts } = await choose({ genders: text }, 'genders')
  expect(hosts.map(({ name, groups, labels }) => ({ name, groups, labels }))).toEqual([
    { name: 'node1', groups: ['compute', 'gpu'], labels: { rack: '3', bmc: 'node1-%b' } },
    { name: 'node2', groups: ['compute'], labels: { rack: '3', bmc: 'node2-%b' } },
    { name: 'login1', groups: ['compute'], labels: { rack: '3', bmc: 'login1-%b' } },
    { name: 'node9', groups: [], labels: {} },
  ])
  const { hosts: chosen } = await choose({ genders: text }, 'genders', { targets: ['compute:!gpu', 'rack=3:&login*'] })
  expect(chosen.map(({ name }) => name)).toEqual(['node2', 'login1'])
})

it('groups of ClusterShell contain hosts and other groups', async () => {
  const text = 'compute: node[01-05/2],other @io\nio: io1 io2\nall: @compute,last\n'
  const { hosts } = await choose({ 'local.cfg': text }, 'local.cfg')
  expect(hosts.map(({ name, groups }) => `${name}: ${groups.join(' ')}`)).toEqual([
    'node01: compute',
    'node03: compute',
    'node05: compute',
    'other: compute',
    'io1: compute io',
    'io2: compute io',
    'last: ',
  ])
})

it.each([
  ['list:x', 'a\na:b\n', "x:2: the port in 'a:b' must be a whole number from 1 to 65535, not 'b'"],
  [
    'list:x',
    'a b\n',
    "x:1: 'a b' is not the address of a host | write host, user@host:port or ssh://user@host:port, and IPv6 as [2001:db8::1]:22",
  ],
  [
    'list:x',
    'web[3-1]\n',
    "x:1: the range in 'web[3-1]' runs backwards | write the smaller end first, as in web[01-20]",
  ],
  [
    'genders:x',
    'node[1-x] a\n',
    "x:1: '1-x' in 'node[1-x]' is not a range | write numbers or letters, as in web[01-20,25] or db[a-c]",
  ],
  ['x', 'web: a,b\ndb: @wep\n', "x:2: there is no group 'wep' | did you mean 'web'?"],
  [
    'x',
    'web: a[1-5]!a3\n',
    "x:1: 'a[1-5]!a3' holds an operator of ClusterShell's node sets, which is not known | write the hosts out: node[1-5],other, or @group",
  ],
  [
    'x',
    'web: a,@db\ndb: @web\n',
    "x:2: the groups contain each other: web > db > web | take 'web' out of the children of 'db'",
  ],
  ['clustershell:x', 'web\n', 'x:1: this line is no group of ClusterShell | write it as group: node[1-5],other'],
])('%s %j is refused', async (named, text, message) => {
  expect(await refuse({ x: text }, named)).toBe(message)
})
