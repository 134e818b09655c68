import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { showHosts } from '../../src/commands/hosts.js'
import { addTargetOptions, type TargetFlags, toChoice } from '../../src/commands/target-options.js'

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
async function run(words: string[], format: 'table' | 'json' = 'table'): Promise<string> {
  const stdout = new PassThrough()
  const command = addTargetOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }))
  command.action(async (targets: string[], flags: TargetFlags) => {
    const io = { stdout, stderr: stdout, stdin: Readable.from([]), env: { HOME: folder }, cwd: folder }
    await showHosts({ ...toChoice(targets, flags), format }, io)
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
    hosts: [{ name: 'db01', address: '2001:db8::1', port: 22, user: 'deploy', transport: 'ssh2' }],
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
