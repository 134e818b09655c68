import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fleetdx } from '../support/fleetdx.js'
import { runInTerminal } from '../support/terminal.js'

const inventory = `groups:
  web: { hosts: ['web[01-03]'] }
  db: { hosts: [db01] }
`
const program = new URL('../../bin/fleetdx.js', import.meta.url).pathname

/** A folder with an inventory, and a `fleetdx` that stands on the PATH. */
let folder: string
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-completion-'))
  writeFileSync(join(folder, 'inventory.yaml'), inventory)
  symlinkSync(program, join(folder, 'fleetdx'))
  env = {
    ...process.env,
    PATH: `${folder}:${process.env.PATH}`,
    HOME: folder,
    ZDOTDIR: folder,
    XDG_CONFIG_HOME: folder,
  }
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(join(folder, `fleetdx.${shell}`), (await fleetdx(['completion', shell])).stdout)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

const complete = async (...words: string[]) => (await fleetdx(['complete', '--', ...words], { cwd: folder })).stdout

describe('fleetdx complete', () => {
  it('tells commands, options and what they may be', async () => {
    expect(await complete('che')).toMatch(/^check\t.+\n:words\n$/)
    expect(await complete('check', '--no-br')).toMatch(/^--no-breaker\t.+\n:words\n$/)
    expect(await complete('check', '--sudo', 'a')).toBe('auto\t\nalways\t\n:words\n')
    expect(await complete('check', '--sudo=n')).toBe('--sudo=never\t\n:words\n')
    expect(await complete('explain', 'pm2-crash')).toMatch(/^pm2-crash-loop\t.+\n:words\n$/)
  })

  it('tells groups and hosts of the inventory, within a target, too', async () => {
    expect(await complete('check', '')).toBe(
      'web\tgroup of 3\ndb\tgroup of 1\nweb01\tweb\nweb02\tweb\nweb03\tweb\ndb01\tdb\n:words\n',
    )
    expect(await complete('check', '--jobs', '4', 'web:!web0')).toBe(
      'web:!web01\tweb\nweb:!web02\tweb\nweb:!web03\tweb\n:words\n',
    )
    expect(await complete('check', '--jump', 'd')).toBe('db\tgroup of 1\ndb01\tdb\n:words\n')
    expect(await complete('check', '-i', join(folder, 'none.yaml'), '')).toBe(':words\n')
  })

  it('leaves files to the shell', async () => {
    expect(await complete('check', '--identity', '')).toBe(':files\n')
    expect(await complete('replay', '')).toBe(':files\n')
  })

  it('runs no program of an inventory for a key on the keyboard', async () => {
    writeFileSync(join(folder, 'hosts.sh'), `#!/bin/sh\ntouch ${folder}/ran\necho '{}'\n`, { mode: 0o755 })
    expect(await complete('check', '-i', 'hosts.sh', '')).toBe(':words\n')
    expect(() => execFileSync('test', ['-e', join(folder, 'ran')])).toThrow()
  })
})

describe('in a real shell', () => {
  it('bash completes a target at its colons, and nothing that is typed is evaluated', () => {
    const script = `source fleetdx.bash
      try() { COMP_LINE=$1; COMP_POINT=\${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _fleetdx; echo "\${COMPREPLY[*]}"; }
      try 'fleetdx che' fleetdx che
      try 'fleetdx check web:we' fleetdx check web : we
      try 'fleetdx check web:' fleetdx check web :
      try "fleetdx check 'web:!web02" fleetdx check "'web:!web02"
      try 'fleetdx check --sudo=' fleetdx check --sudo =
      try 'fleetdx check $(touch evaluated) ' fleetdx check '$(touch evaluated)' ''`
    const output = execFileSync('bash', ['-c', script], { cwd: folder, env, encoding: 'utf8' })
    expect(output.split('\n').slice(0, 5)).toEqual([
      'check',
      'web web01 web02 web03',
      'web db web01 web02 web03 db01',
      'web:!web02',
      'auto always never',
    ])
    expect(() => execFileSync('test', ['-e', join(folder, 'evaluated')])).toThrow()
  })

  it('fish completes hosts with their groups', () => {
    const script = 'source fleetdx.fish; complete -C "fleetdx check web0"; complete -C "fleetdx check -i inv"'
    expect(execFileSync('fish', ['-c', script], { cwd: folder, env, encoding: 'utf8' })).toBe(
      'web01\tweb\nweb02\tweb\nweb03\tweb\ninventory.yaml\n',
    )
  })

  it('zsh completes hosts and causes', async () => {
    writeFileSync(
      join(folder, '.zshrc'),
      "PS1='> '\nautoload -U compinit && compinit -u\ncd $ZDOTDIR\nsource fleetdx.zsh\necho READY\n",
    )
    const zsh = runInTerminal(['zsh'], { env })
    await zsh.shows('READY')
    zsh.type('fleetdx check db0\t')
    await zsh.shows('check db01')
    zsh.type('\x15fleetdx explain pm2-cr\t')
    await zsh.shows('explain pm2-crash-loop')
    zsh.type('\x15exit\r')
    await zsh.ended
  })
})
