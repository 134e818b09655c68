import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addTargetOptions, type TargetFlags, toChoice } from '../../src/cli/target-options.js'
import { showHosts } from '../../src/commands/hosts.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-'))
  writeFileSync(
    join(folder, 'inventory.yaml'),
    'defaults: { user: deploy }\ngroups:\n  web:\n    hosts: [web01]\n    jump: gate@10.0.0.1\n    apps: [{ name: shop, port: 3000 }]\nhosts:\n  db01: { address: "2001:db8::1" }\n',
  )
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs `fleetdx hosts` with these words, through the options that commander reads. */
async function run(
  words: string[],
  format: 'table' | 'json' = 'table',
  verbose = false,
  env = process.env,
): Promise<string> {
  const stdout = new PassThrough()
  const command = addTargetOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }))
  command.action(async (targets: string[], flags: TargetFlags) => {
    const io = { stdout, stderr: stdout, stdin: Readable.from([]), env: { ...env, HOME: folder }, cwd: folder }
    await showHosts({ ...toChoice(targets, flags), format, verbose }, io)
  })
  await command.parseAsync(words, { from: 'user' })
  stdout.end()
  return text(stdout)
}

it('shows what would be contacted', async () => {
  expect(await run([])).toBe(
    [
      'HOST   ADDRESS           USER    JUMP              GROUPS  APPS',
      'web01  web01:22          deploy  gate@10.0.0.1:22  web     shop:3000',
      'db01   [2001:db8::1]:22  deploy  -                 -       -',
      '',
      `2 hosts of ${join(folder, 'inventory.yaml')}`,
      '',
    ].join('\n'),
  )
})

it('shows it as JSON', async () => {
  const shown: unknown = JSON.parse(await run(['db01'], 'json'))
  expect(shown).toMatchObject({
    inventoryFile: join(folder, 'inventory.yaml'),
    hosts: [{ name: 'db01', address: '2001:db8::1', port: 22, user: 'deploy', transport: 'auto' }],
  })
})

it('reads each --identity on its own, so that targets may follow', async () => {
  const words = '--identity a --identity b --known-hosts k --sudo never --timeout-connect 500ms db01'.split(' ')
  expect(JSON.parse(await run(words, 'json')).hosts).toMatchObject([
    {
      name: 'db01',
      identityFiles: [join(folder, 'a'), join(folder, 'b')],
      knownHostsFiles: [join(folder, 'k')],
      sudo: 'never',
      timeouts: { connectMs: 500 },
    },
  ])
})

it('refuses a duration that is none', async () => {
  await expect(run(['--timeout-host', '5x'])).rejects.toThrow(
    "option '--timeout-host <duration>' argument '5x' is invalid. It must be a duration from 1ms to 24h",
  )
})

it('breaks what is too wide for a terminal, and nothing of what goes elsewhere', async () => {
  writeFileSync(
    join(folder, 'inventory.yaml'),
    'groups: { production: { children: [frontends] }, frontends: { hosts: [web01, web02] } }\nhosts:\n  web01: { user: deploy, jump: "ann@outer.example.com,gate@10.0.0.1:2222" }\n  web02: { user: deploy, jump: web02 }\n',
  )
  const chain = 'ann@outer.example.com:22 > gate@10.0.0.1:2222'
  const narrow = await run([], 'table', false, { ...process.env, COLUMNS: '80' })
  expect(narrow.split('\n')).toEqual([
    'HOST   ADDRESS   USER    JUMP                        GROUPS                 APPS',
    'web01  web01:22  deploy  ann@outer.example.com:22 >  production, frontends  -',
    '                         gate@10.0.0.1:2222',
    'web02  web02:22  deploy  -                           production, frontends  -',
    '',
    `2 hosts of ${join(folder, 'inventory.yaml')}`,
    '',
  ])
  expect((await run([])).split('\n')[1]).toBe(`web01  web01:22  deploy  ${chain}  production, frontends  -`)
})

it('says of which hosts nothing can come', async () => {
  writeFileSync(join(folder, 'inventory.yaml'), 'hosts:\n  a: { user: u, jump: b }\n  b: { user: u, jump: a }\n')
  const why = 'its jump hosts go round in a circle: a through b through a'
  const mend =
    "write 'jump: none' in the inventory, or 'ProxyJump none' in ssh_config, for the one that is reached directly"
  const rows = ['HOST  ADDRESS  USER  JUMP  GROUPS  APPS', 'a     a:22     u     -     -       -', '']
  const end = ['', `1 host of ${join(folder, 'inventory.yaml')}`, '']
  expect((await run(['a'])).split('\n')).toEqual([...rows, `a: ${why}`, `  ${mend}`, ...end])
  expect((await run(['a'], 'table', true)).split('\n').slice(0, 2)).toEqual([
    'a',
    `  cannot be reached: ${why}; ${mend}`,
  ])
})

it('says of every setting what gave it', async () => {
  const config = join(folder, 'config')
  const lines = ['Host db01', 'User x', 'Port 2222', 'IdentityFile /key', 'IdentitiesOnly yes', 'ProxyJump gate,inner']
  writeFileSync(config, [...lines, 'CertificateFile /cert', 'Host *', 'User joe', 'Ciphers aes128-ctr'].join('\n'))
  writeFileSync(
    join(folder, 'inventory.yaml'),
    'defaults: { user: deploy, labels: { env: prod } }\ngroups: { db: { hosts: [db01], sudo: never, timeouts: { host: 2m } } }\nhosts:\n  db01: { address: "2001:db8::1", samples: 3, labels: { rack: "7" } }\n',
  )
  const file = join(folder, 'inventory.yaml')
  const words = ['-F', config, '--known-hosts', '/known', '--timeout-handshake', '5s', 'db01']
  const rows = [
    ['address', '2001:db8::1', `${file} (host db01)`],
    ['port', '2222', config],
    ['user', 'deploy', `${file} (defaults)`],
    ['identityFile', '/key', config],
    ['knownHostsFile', '/known', 'command line'],
    ['hostKeys', 'strict', 'default'],
    ['jump', 'joe@gate:22 > joe@inner:22', config],
    ['transport', 'auto: openssh, for CertificateFile', 'default'],
    ['timeout connect', '10s', 'default'],
    ['timeout handshake', '5s', 'command line'],
    ['identitiesOnly', 'yes', config],
    ['certificateFile', '/cert', config],
    ['ciphers', 'aes128-ctr', config],
    ['sudo', 'never', `${file} (group db)`],
    ['timeout command', '30s', 'default'],
    ['timeout host', '120s', `${file} (group db)`],
    ['samples', '3', `${file} (host db01)`],
    ['label env', 'prod', `${file} (defaults)`],
    ['label rack', '7', `${file} (host db01)`],
  ]
  const shown = (await run(words, 'table', true)).split('\n').map((line) => line.trim().split(/ {2,}/))
  expect(shown).toEqual([
    ['db01'],
    ...rows.map(([setting, value, from = '']) => [setting, value, from.replace(`${folder}/`, '')]),
    [''],
    [`1 host of ${file}`],
    [''],
  ])
  const settings = rows.map(([setting, value, from]) => ({ setting, value, from }))
  expect(JSON.parse(await run(words, 'json', true)).hosts).toMatchObject([{ name: 'db01', settings }])
})

it('keeps what it says of a setting within the terminal', async () => {
  const shown = await run(['db01'], 'table', true, { ...process.env, COLUMNS: '80' })
  const lines = shown.split('\n').slice(0, -2)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(lines).toContain('                     /etc/ssh/ssh_known_hosts')
})

it('chooses hosts of ssh_config, and how they are reached', async () => {
  writeFileSync(join(folder, 'config'), 'Host app1 app2 db1\nUser me\n')
  const words = ['-F', 'config', '--ssh-config', 'app1', '--ssh-config', 'd*', '--transport', 'openssh']
  expect(JSON.parse(await run(words, 'json'))).toMatchObject({
    inventoryFile: join(folder, 'config'),
    hosts: [
      { name: 'app1', user: 'me', transport: 'openssh', sshConfigFile: join(folder, 'config') },
      { name: 'db1', user: 'me', transport: 'openssh' },
    ],
  })
})

it('says once that ssh_config is not honoured, and why', async () => {
  mkdirSync(join(folder, '.ssh'))
  writeFileSync(join(folder, '.ssh/config'), '')
  const shown = await run([], 'table', false, { PATH: folder })
  expect(shown.split('\n', 1)[0]).toBe(
    `fleetdx: ${join(folder, '.ssh/config')} is not honoured: there is no program 'ssh' on the PATH`,
  )
  expect(shown.match(/not honoured/g)).toHaveLength(1)
})
