import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fleetdx } from '../support/fleetdx.js'
import { type OddServer, startSshServer } from '../support/odd-servers.js'
import { type OwnSystem, startOwnSystem } from '../support/own-system.js'
import { makeFolder, type Sshd, startSshd } from '../support/sshd.js'
import { openTerminal } from '../support/terminal.js'

const right = 'open sesame'
const env = { SSH_AUTH_SOCK: '', HOME: '/nowhere' }

let system: OwnSystem
let sshd: Sshd
let folder: string
let hop: string
beforeAll(async () => {
  system = await startOwnSystem()
  folder = await makeFolder()
  await system.run(`useradd --create-home ops && echo 'ops:${right}' | chpasswd`)
  sshd = await startSshd({ settings: ['UsePAM yes', 'PubkeyAuthentication no'], within: system.enter })
  hop = `ops@127.0.0.1:${sshd.port}`
})
afterAll(async () => {
  await sshd.stop()
  await system.stop()
})

const to = (...words: string[]) => ['ping', ...words, '--known-hosts', sshd.knownHostsFile, hop]
const open = (...words: string[]) => openTerminal(to(...words), { env, columns: 200 })

describe('on a terminal', () => {
  it('the password is asked for, and not shown', async () => {
    const terminal = open('--ask-pass')
    await terminal.shows(`Password for ops (${hop} wants it): `)
    terminal.type(`${right}\r`)
    const { exitCode, output } = await terminal.ended
    expect(output).not.toContain('sesame')
    expect(exitCode).toBe(0)
  })

  it('it is asked for once, and a wrong one ends there', async () => {
    const terminal = open('--ask-pass')
    await terminal.shows(`Password for ops (${hop} wants it): `)
    terminal.type('wrong\r')
    const { exitCode, output } = await terminal.ended
    expect(exitCode).toBe(3)
    expect(output).toContain(`${hop} refused the password for ops; it allows: password, keyboard-interactive`)
  })

  it('Ctrl-D gives none, and the login fails', async () => {
    const terminal = open('--ask-pass')
    await terminal.shows(`Password for ops (${hop} wants it): `)
    terminal.type('\x04')
    const { exitCode, output } = await terminal.ended
    expect(exitCode).toBe(3)
    expect(output).toContain('not used: password (the password for ops was not given)')
  })

  it('Ctrl-C ends the run', async () => {
    const terminal = open('--ask-pass')
    await terminal.shows(`Password for ops (${hop} wants it): `)
    terminal.type('\x03')
    expect((await terminal.ended).exitCode).toBe(130)
  })

  it('a check asks beside its progress', async () => {
    const words = ['--timeout-command', '1ms', '--sudo', 'never', '--known-hosts', sshd.knownHostsFile]
    const terminal = openTerminal(['check', '--ask-pass', ...words, hop], { env, columns: 200 })
    await terminal.shows(`Password for ops (${hop} wants it): `)
    terminal.type(`${right}\r`)
    const { output } = await terminal.ended
    expect(output).not.toContain('sesame')
    expect(output).not.toContain('unreachable')
  })

  it("a server's other questions are asked in its words", async () => {
    const server: OddServer & { hostKey: Buffer } = await startSshServer({}, (client) => {
      client.on('authentication', (context) => {
        if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
        const questions = [
          { prompt: 'Colour: ', echo: true },
          { prompt: 'Code: ', echo: false },
        ]
        context.prompt(questions, 'Second factor', 'Look at your device.', (answers) =>
          answers.join() === 'blue,1234' ? context.accept() : context.reject(),
        )
      })
    })
    const known = join(folder, 'known')
    await writeFile(known, `[127.0.0.1]:${server.port} ecdsa-sha2-nistp256 ${server.hostKey.toString('base64')}\n`)
    const words = ['--pass-command', 'echo x', '--known-hosts', known, `ops@127.0.0.1:${server.port}`]
    const terminal = openTerminal(['ping', ...words], { env, columns: 200 })
    await terminal.shows(`ops@127.0.0.1:${server.port} asks:\r\nSecond factor\r\nLook at your device.\r\nColour: `)
    terminal.type('blue\r')
    await terminal.shows(`ops@127.0.0.1:${server.port} asks:\r\nCode: `)
    terminal.type('1234\r')
    const { exitCode, output } = await terminal.ended
    await server.stop()
    expect(output).toContain('blue')
    expect(output).not.toContain('1234')
    expect(exitCode).toBe(0)
  })
})

describe('without a terminal', () => {
  it('a descriptor or a command gives the password, which no output shows', async () => {
    const json = ['--format', 'json']
    const check = ['check', ...json, '--timeout-command', '1ms', '--known-hosts', sshd.knownHostsFile, hop]
    const ran = [
      await fleetdx(to('--pass-fd', '0', ...json), { env, input: `${right}\r\nmore\n` }),
      await fleetdx(to('--pass-command', `echo '${right}'`, ...json), { env }),
      await fleetdx([...check, '--pass-fd', '0', '--sudo-pass-fd', '0'], { env, input: right }),
    ]
    for (const { stdout, stderr } of ran) {
      expect(JSON.parse(stdout).hosts[0]).not.toMatchObject({ status: 'unreachable' })
      expect(stdout + stderr).not.toContain('sesame')
    }
    expect(ran.slice(0, 2).map(({ exitCode }) => exitCode)).toEqual([0, 0])
  })

  it.each([
    [['--ask-pass'], '--ask-pass asks on a terminal, and there is none\n  use --pass-fd or --pass-command\n'],
    [['--ask-pass', '--pass-fd', '0'], '--ask-pass and --pass-fd do not go together\n  name one\n'],
    [['--pass-fd', '0'], '--pass-fd 0: its first line is empty\n  write the password there, as a line\n'],
    [
      ['--pass-fd', '77'],
      '--pass-fd 77: nothing can be read there (EBADF)\n  open it: fleetdx … --pass-fd 77 77<file\n',
    ],
  ])('%j is refused before anything connects', async (words, says) => {
    const { exitCode, stdout, stderr } = await fleetdx(to(...words), { env })
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: `fleetdx: ${says}` })
  })

  it.each([
    ['password', 'passwordCommand', '--ask-pass'],
    ['sudoPassword', 'sudoPasswordCommand', '--ask-sudo-pass'],
  ])('%s in the inventory is refused, and not shown', async (key, better, option) => {
    const file = join(folder, `${key}.yaml`)
    await writeFile(file, `hosts:\n  web1:\n    ${key}: ${right}\n`)
    const { exitCode, stderr } = await fleetdx(['ping', '-i', file], { env })
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        `fleetdx: ${file}:3:5: '${key}' stands in the inventory, which is no place for a password\n` +
        `  name a command that prints it, such as ${better}: pass show web; or use ${option}\n`,
    })
  })

  it('passwordCommand of the inventory is used', async () => {
    const file = join(folder, 'inventory.yaml')
    const host = `{ address: 127.0.0.1, port: ${sshd.port}, user: ops, passwordCommand: "echo '${right}'" }`
    await writeFile(file, `hosts:\n  web1: ${host}\n`)
    const { exitCode, stdout } = await fleetdx(['ping', '-i', file, '--known-hosts', sshd.knownHostsFile], { env })
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 })
  })
})
