import { expect, test } from 'vitest'
import type { Endpoint } from '../../src/inventory/host.js'
import { writeCopyId, writeSsh } from '../../src/ssh/write-ssh.js'

const server = (address: string, more: Partial<Endpoint> = {}): Endpoint => ({
  address,
  port: 22,
  user: 'ops',
  identityFiles: [],
  knownHostsFiles: [],
  ...more,
})
const outer = server('10.0.0.1', { alias: 'outer', isAlias: true })
const gate = server('10.0.0.2', { port: 2222, user: 'gate', jump: outer })
const keyed = server('10.0.0.2', { identityFiles: ['/keys/gate 1'] })

test.each<[how: string, endpoint: Endpoint, way: string]>([
  ['directly', server('10.0.0.9', { alias: 'web1' }), '-p 22 ops@10.0.0.9'],
  [
    'by its alias, which knows the rest',
    server('10.0.0.9', {
      alias: 'web1',
      isAlias: true,
      sshConfigFile: '/etc/my ssh',
      jump: gate,
      identityFiles: ['/k'],
    }),
    "-F '/etc/my ssh' -p 22 ops@web1",
  ],
  [
    'through others',
    server('web1', { jump: { ...gate, jump: server('::1') } }),
    "-o 'ProxyJump=ops@[::1]:22,gate@10.0.0.2:2222' -p 22 ops@web1",
  ],
  [
    'through an alias and another one',
    server('web1', { jump: gate }),
    '-o ProxyJump=ops@outer:22,gate@10.0.0.2:2222 -p 22 ops@web1',
  ],
  [
    'through one that wants a key of its own',
    server('web1', { port: 2300, jump: keyed }),
    "-o 'ProxyCommand=ssh -i '\\''/keys/gate 1'\\'' -p 22 ops@10.0.0.2 -W %h:%p' -p 2300 ops@web1",
  ],
  ['by a ProxyCommand', server('web1', { proxyCommand: 'dial 100%' }), "-o 'ProxyCommand=dial 100%%' -p 22 ops@web1"],
])('a server is reached %s', (_, endpoint, way) => {
  expect(writeSsh(endpoint)).toBe(`ssh ${way}`)
  expect(writeCopyId(endpoint)).toBe(`ssh-copy-id ${way}`)
})

test('its own keys are there to log in with, and are not the ones to copy', () => {
  expect(writeSsh(keyed)).toBe("ssh -i '/keys/gate 1' -p 22 ops@10.0.0.2")
  expect(writeCopyId(keyed)).toBe('ssh-copy-id -p 22 ops@10.0.0.2')
})
