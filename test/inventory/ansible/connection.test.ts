import { join } from 'node:path'
import { expect, it } from 'vitest'
import { choose, refuse } from '../foreign.js'

/** What is said of one host with these variables, behind where it stands. */
async function notesOf(line: string): Promise<string[]> {
  const { notes } = await choose({ hosts: `[web]\nh ${line}\n` }, 'hosts')
  return notes.map((note) => note.replace("hosts:2: 'ansible_", ''))
}

it.each([
  [
    "ansible_host='{{ ip }}'",
    "host' of h is a template, which only Ansible fills in ('{{ ip }}'); write the address out",
  ],
  [
    'ansible_host=a_b/c',
    "host' of h must be a host name or an IP address, not 'a_b/c', and is not used; correct it, or take it out",
  ],
  [
    'ansible_port=70000',
    "port' of h must be a port from 1 to 65535, not '70000', and is not used; correct it, or take it out",
  ],
  ["ansible_user='a b'", "user' of h must be a user name, not 'a b', and is not used; correct it, or take it out"],
  [
    "ansible_user='{{ me }}'",
    "user' of h is a template, which only Ansible fills in ('{{ me }}'); write it out, or give --user",
  ],
  [
    'ansible_ssh_private_key_file=~/%r',
    "ssh_private_key_file' of h must be a path without tokens and variables of ssh, not '~/%r', and is not used; correct it, or take it out",
  ],
  [
    'ansible_become=maybe',
    "become' of h must be true or false, not 'maybe', and is not used; correct it, or take it out",
  ],
  [
    'ansible_become=yes ansible_become_method=su',
    "become_method' of h is 'su', which is not known; sudo and doas are; without them fleetdx sees what the login may see",
  ],
  [
    'ansible_become=yes ansible_become_user=app',
    "become_user' of h is 'app', and fleetdx becomes nobody but root; root is tried instead",
  ],
  [
    'ansible_password=x',
    "password' of h is a password, and none is taken from an inventory; give --ask-pass if the server wants it",
  ],
  [
    "ansible_become_pass='{{ x }}'",
    "become_pass' of h is a password, and none is taken from an inventory; give --ask-sudo-pass if sudo wants it",
  ],
  [
    'ansible_ssh_common_args=\'-o Ciphers=x -F /f -o ProxyCommand="nc %h %p"\'',
    "ssh_common_args' of h holds '-o Ciphers', which is not used; say it in ~/.ssh/config, which is honoured",
    "ssh_common_args' of h holds '-F', which is not used; say it in ~/.ssh/config, which is honoured",
    "ssh_common_args' of h holds '-o ProxyCommand', which is not used; say it in ~/.ssh/config, which is honoured",
  ],
  [
    "ansible_ssh_extra_args='-o \"x'",
    "ssh_extra_args' of h must be words as a shell has them, and is not used; correct it, or take it out",
  ],
  [
    "ansible_ssh_args='host cmd'",
    "ssh_args' of h holds a word that is no option of ssh, which is not used; say it in ~/.ssh/config, which is honoured",
  ],
  ['http_port=80 ansible_python_interpreter=/x ansible_password= ansible_host='],
])('%s is told of', async (line, ...said) => {
  expect(await notesOf(line)).toEqual(said)
})

it('a password is never kept', async () => {
  const files = { hosts: '[all:vars]\nansible_password=hunter2\nansible_become_password=hunter3\n[web]\nh\n' }
  expect(JSON.stringify(await choose(files, 'hosts'))).not.toContain('hunter')
})

it('only what concerns the hosts that are chosen is told of', async () => {
  const files = { hosts: 'a ansible_port=x\nb ansible_port=y\n' }
  expect((await choose(files, 'hosts', { targets: ['b'] })).notes).toEqual([
    "hosts:2: 'ansible_port' of b must be a port from 1 to 65535, not 'y', and is not used; correct it, or take it out",
  ])
})

it('names many hosts in one note', async () => {
  const { notes } = await choose({ hosts: '[all:vars]\nansible_port=x # y\n[web]\nh[01:09]\n' }, 'hosts')
  expect(notes).toEqual([
    "hosts:2: 'ansible_port' of h01, h02, h03, h04, h05 and 4 more must be a port from 1 to 65535, not 'x # y', and is not used; put the comment on a line of its own: here it is part of the value",
  ])
})

it.each([
  ['-o ProxyCommand="ssh -W %h:%p -q admin@gate"', 'admin@gate:22'],
  ['-o ProxyCommand="ssh -p 2222 -l admin gate -W [%h]:%p"', 'admin@gate:2222'],
  ['-o ProxyCommand="exec /usr/bin/ssh -A admin@gate nc -w 60 %h %p"', 'admin@gate:22'],
  ['-J a@gate:2222', 'a@gate:2222'],
  ['-o ProxyJump=a@gate', 'a@gate:22'],
])('a jump host is understood: %s', async (given, jump) => {
  const { hosts, notes } = await choose({ hosts: `h ansible_ssh_common_args='${given}'\n` }, 'hosts')
  expect(hosts.map((host) => `${host.jump?.user}@${host.jump?.address}:${host.jump?.port}`)).toEqual([jump])
  expect(notes).toEqual([])
})

it.each<[string, string[], string | undefined]>([
  ["ansible_host='{{ ip }}'", [], "hosts:1: 'ansible_host' is a template, which only Ansible fills in ('{{ ip }}')"],
  ['ansible_port=x', [], "hosts:1: 'ansible_port' must be a port from 1 to 65535, not 'x', and is not used"],
  ["ansible_user='{{ me }}'", [], "hosts:1: 'ansible_user' is a template, which only Ansible fills in ('{{ me }}')"],
  ["ansible_user='{{ me }}'", ['user'], undefined],
  [
    'ansible_ssh_common_args=\'-o ProxyCommand="sshpass -p secret ssh -W %h:%p b"\'',
    [],
    "hosts:1: 'ansible_ssh_common_args' holds '-o ProxyCommand', which is not used",
  ],
  ['ansible_ssh_common_args="-J {{ gate }}"', ['jump'], undefined],
  ["ansible_ssh_private_key_file='{{ key }}'", [], undefined],
])('is not guessed, but not reached: %s, with %j said on the command line', async (line, said, message) => {
  const overrides = { ...(said.includes('user') && { user: 'ops' }), ...(said.includes('jump') && { jump: 'none' }) }
  const { hosts } = await choose({ hosts: `h ${line}\n` }, 'hosts', { overrides })
  expect(hosts[0]?.obstacle?.message.replace(/^.*(?=hosts:1)/, '')).toBe(message)
})

it('what is said of trust is about the host, and not about its jump host', async () => {
  const trust = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null'
  const { hosts } = await choose({ hosts: `h ansible_ssh_common_args='-J a@gate ${trust}'\n` }, 'hosts')
  const [host] = hosts
  expect(host?.hostKeys).toBe('off')
  expect(host?.jump?.hostKeys).toBe(undefined)
  expect(host?.jump?.knownHostsFiles).not.toContain('/dev/null')
})

it('what a jump host is said besides is told of', async () => {
  expect(await notesOf(`ansible_ssh_common_args='-o ProxyCommand="ssh -i k -o Ciphers=x -W %h:%p a@gate"'`)).toEqual([
    "ssh_common_args' of h holds '-o Ciphers' in its ProxyCommand, which is not used; say it in ~/.ssh/config, which is honoured",
    "ssh_common_args' of h holds '-i' in its ProxyCommand, which is not used; say it in ~/.ssh/config, which is honoured",
  ])
})

it('a host that is this machine needs no SSH, and one that wants another way is left out', async () => {
  const text =
    'localhost ansible_connection=local\nwin1 ansible_connection=winrm\nbox ansible_connection=community.docker.docker\nwin2 ansible_connection=winrm\nweb\n'
  const { hosts, notes } = await choose({ hosts: text }, 'hosts')
  expect(hosts.map(({ name, transport }) => `${name} ${transport}`)).toEqual(['localhost local', 'web auto'])
  expect(notes).toEqual([
    "hosts: win1 and win2 are reached by 'winrm' (ansible_connection), not by SSH: left out",
    "hosts: box is reached by 'community.docker.docker' (ansible_connection), not by SSH: left out",
  ])
  expect(await refuse({ hosts: 'win1 ansible_connection=winrm\n' }, 'hosts')).toBe(
    "hosts: the inventory names no host | hosts: win1 is reached by 'winrm' (ansible_connection), not by SSH: left out",
  )
})

it('sudo is what become says', async () => {
  const text =
    'a ansible_become=true\nb ansible_become=no\nc ansible_become=true ansible_become_method=community.general.doas\nd ansible_become=1 ansible_become_method=su\ne\n'
  const { hosts } = await choose({ hosts: text }, 'hosts')
  expect(hosts.map(({ name, sudo }) => `${name} ${sudo}`)).toEqual([
    'a always',
    'b never',
    'c always',
    'd auto',
    'e auto',
  ])
})

it('every setting has the line that gives it', async () => {
  const files = {
    'inv/hosts':
      '[web]\nh ansible_port=2222\n[web:vars]\nansible_ssh_common_args="-o StrictHostKeyChecking=accept-new"\n',
    'inv/group_vars/web.yml': 'x: 1\nansible_user: deploy\n',
    'inv/host_vars/h/main.yml': 'ansible_host: 10.0.0.1\nansible_ssh_private_key_file: keys/id\n',
  }
  const { hosts, origins, folder } = await choose(files, 'inv/hosts')
  expect(hosts).toMatchObject([
    { address: '10.0.0.1', port: 2222, user: 'deploy', identityFiles: [join(folder, 'keys/id')] },
  ])
  expect(origins.get('h')).toMatchObject({
    address: join(folder, 'inv/host_vars/h/main.yml:1:15'),
    port: join(folder, 'inv/hosts:2'),
    user: join(folder, 'inv/group_vars/web.yml:2:15'),
    identityFile: join(folder, 'inv/host_vars/h/main.yml:2:31'),
    hostKeys: join(folder, 'inv/hosts:4'),
  })
})

it.each([
  [
    '[web]\nweb[1-3]\n',
    "hosts:2: the host 'web[1-3]' has the range '[1-3]' | write ranges as Ansible has them: web[01:20], db-[a:c] or web[1:9:2]",
  ],
  [
    '[web]\nweb[3:1]\n',
    "hosts:2: the host 'web[3:1]' has a range that runs backwards | write ranges as Ansible has them: web[01:20], db-[a:c] or web[1:9:2]",
  ],
  [
    '[web]\nweb[08:011]\n',
    "hosts:2: the host 'web[08:011]' has the range '[08:011]', whose ends are not of one length | write ranges as Ansible has them: web[01:20], db-[a:c] or web[1:9:2]",
  ],
  ['[web]\nweb[1:999999]\n', "hosts:2: 'web[1:999999]' stands for more than 100,000 hosts | make the range smaller"],
  [
    '[web]\na foo\n',
    "hosts:2: a word behind the host 'a' must be name=value | put a value with spaces in quotes; one host stands on a line",
  ],
  ['[web]\na x="y\n', 'hosts:2: the line cannot be read: the quote " is not closed | close the quote, or take it out'],
  ['[web]\na:\n', "hosts:2: the host 'a:' ends with ':' | write its port behind the colon, or leave it out"],
  [
    '[web]\na/b\n',
    "hosts:2: \"a/b\" cannot be the name of a host | use letters, digits, '.', '-' and '_'; its address and port have variables of their own",
  ],
  ['[web]\nall\n', "hosts:2: 'all' always means every host, and cannot name one"],
  [
    '[web:hosts:x]\n[a]\nb\n',
    'hosts:1: [web:hosts:x] is not a section | write a name without spaces, as in [web] or [web:vars]',
  ],
  [
    '[web:var]\n',
    "hosts:1: the section [web:var] has the unknown type 'var' | write [web], [web:children] or [web:vars]",
  ],
  [
    '[wep:vars]\na=b\n[web]\nh\n',
    "hosts:1: [wep:vars] is for the group 'wep', which is not defined | did you mean 'web'?",
  ],
  [
    '[all:children]\ndb\n[web]\nh\n',
    "hosts:2: [all:children] names the group 'db', which is not defined | use one of: all, ungrouped, web",
  ],
  ['[web:vars]\nnothing\n[web]\nh\n', 'hosts:2: a line in [web:vars] must be name=value | write the value behind a ='],
  [
    '[web]\nh\n[a:children]\nb\n[b:children]\na\n',
    "hosts:6: the groups contain each other: a > b > a | take 'a' out of the children of 'b'",
  ],
  [
    '[web:vars]\nansible_group_priority=high\n[web]\nh\n',
    "hosts:2: 'ansible_group_priority' must be a whole number, not 'high'",
  ],
  [
    'all:\n  hosts: [a]\n',
    "hosts:2:3: 'hosts' of the group 'all' must be a mapping of names | write each name on a line of its own, with a colon: 'web01:'",
  ],
  [
    'all:\n  hosts:\n    a: 1\n',
    "hosts:3:5: the host 'a' must have a mapping of variables, or nothing | write what is set for 'a' as 'name: value', indented below it",
  ],
  [
    'all:\n  hosts:\n    a:\n   b:\n',
    'hosts:3:7: not YAML: All mapping items must start at the same column | give the keys of one level the same indentation, each on a line of its own',
  ],
])('%j is refused', async (text, message) => {
  expect(await refuse({ hosts: text }, 'hosts')).toBe(message)
})
