import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Capture } from '../../src/collect/capture.js'
import { collect } from '../../src/collect/collect.js'
import { readRefusal } from '../../src/collect/refusal.js'
import { createSudoTalk, type SudoTurns } from '../../src/collect/sudo-talk.js'
import { type AnyProbe, defineProbe } from '../../src/probes/define.js'
import { explainRefusal } from '../../src/report/sudo-refusal.js'
import { sh } from '../../src/shell.js'
import { createPasswords, type Passwords } from '../../src/ssh/auth/passwords.js'
import { sendInput, watchCommand } from '../../src/ssh/command-watch.js'
import type { Session } from '../../src/ssh/session.js'
import { limitTime } from '../../src/time-limit.js'
import { installPackage } from '../support/packages.js'
import { makeHost } from '../support/sshd.js'
import { makeUser } from '../support/users.js'

const password = String.raw`Pä$s w%%rd\ÁÇ'"`
const user = makeUser('fxsudo', password)
const shells = ['dash', 'bash', 'busybox sh']

beforeAll(() => {
  installPackage('opendoas', '/usr/bin/doas')
  installPackage('busybox', '/bin/busybox')
})
afterEach(() => {
  user.setSudoers()
  user.setDoas()
})

/** A session of the test's user on this machine, with a shell of choice. */
function openSession(shell = 'sh', environment: NodeJS.ProcessEnv = {}): Session & { sent(): string } {
  let sent = ''
  return {
    transport: { kind: 'local' },
    close: () => {},
    sent: () => sent,
    run(command, options) {
      const child = spawn('/bin/sh', ['-c', command.replace('/bin/sh', shell)], {
        uid: user.uid,
        gid: user.uid,
        env: { PATH: process.env.PATH, ...environment },
      })
      const watch = watchCommand(options, () => child.stdin.destroy())
      child.stdout.on('data', (piece: Buffer) => watch.takeOutput(piece))
      child.stderr.on('data', (piece: Buffer) => watch.takeError(piece))
      child.stdin.on('error', () => {})
      sendInput(child.stdin, options)
      options.more?.on('data', (piece: Buffer) => {
        sent += piece.toString()
      })
      child.once('close', (exitCode) => watch.finish(exitCode))
      return watch.ended
    },
  }
}

const asksWho = defineProbe({
  name: 'who-it-is',
  title: 'who it is',
  needs: {},
  elevated: true,
  script: () => sh`id -u; cat /proc/[0-9]*/cmdline /proc/self/environ 2>/dev/null | tr '\\0' '\\n' | grep -c 'w%%r[d]'`,
  facts: z.string(),
  parse: ({ text }) => text,
})

interface Looked {
  capture: Capture
  /** What the host was told besides the scripts. */
  sent: string
}

async function look(
  passwords: Passwords,
  { shell = 'sh', name = 'web1', turns = new Map() as SudoTurns, custom = [asksWho] as AnyProbe[] } = {},
): Promise<Looked> {
  const host = makeHost({ name, user: user.name, sudo: 'auto', transport: 'local' })
  const session = openSession(shell)
  const hostDeadline = limitTime(60_000, new AbortController().signal, 'host')
  const sudo = createSudoTalk(host, { passwords, turns, hostDeadline })
  const capture = await collect(session, host, hostDeadline.signal, custom, { sudo })
  hostDeadline.stop()
  return { capture, sent: session.sent() }
}

const having = (answer: string) => createPasswords({ sudo: { kind: 'ask', ask: async () => answer } })
const none = createPasswords()
const whoWas = ({ capture }: Looked) => capture.sections['who-it-is']?.text.split('\n')[0]

describe.each(shells)('in %s', (shell) => {
  it('asks nobody for a password where sudo wants none', async () => {
    user.setSudoers(`${user.name} ALL=(root) NOPASSWD: /bin/sh`)
    const looked = await look(having(password), { shell })
    expect(looked.capture.right).toEqual({ user: user.name, kind: 'sudo' })
    expect(looked.sent).toBe('')
    expect(whoWas(looked)).toBe('0')
    expect(looked.capture.trouble).toEqual([])
  })

  it('gives the password where sudo wants one, and shows it nowhere', async () => {
    user.setSudoers(`${user.name} ALL=(root) ALL`)
    const looked = await look(having(password), { shell })
    expect(looked.capture.right).toEqual({ user: user.name, kind: 'sudo' })
    expect(looked.capture.sections['who-it-is']?.text).toBe('0\n0\n')
    expect(looked.sent).toMatch(/^=(?:\\0\d{3})+\n\+(?:\\0\d{3})+\n$/)
    expect(JSON.stringify(looked.capture)).not.toContain('w%%rd')
    expect(looked.capture.trouble).toEqual([])
  })
})

describe('a password', () => {
  it('leaves no timestamp, so the next sudo asks again', async () => {
    user.setSudoers('Defaults timestamp_type=global', `${user.name} ALL=(root) ALL`)
    await look(having(password))
    const again = spawnSync('sudo', ['-n', 'true'], { uid: user.uid, gid: user.uid })
    expect(again.stderr.toString()).toBe('sudo: a password is required\n')
  })

  it('that is wrong is tried once, on one host', async () => {
    user.setSudoers(`Defaults:${user.name} logfile=/tmp/${user.name}.log`, `${user.name} ALL=(root) ALL`)
    execFileSync('rm', ['-f', `/tmp/${user.name}.log`])
    const passwords = having('wrong')
    const turns: SudoTurns = new Map()
    const all = await Promise.all(['web1', 'web2', 'web3'].map((name) => look(passwords, { name, turns })))
    const log = readFileSync(`/tmp/${user.name}.log`, 'utf8')
    execFileSync('rm', ['-f', `/tmp/${user.name}.log`])
    expect(log.match(/1 incorrect password attempt/g)).toHaveLength(1)
    expect(log).not.toMatch(/[23] incorrect/)
    expect(all.map(({ capture }) => capture.right?.detail).sort()).toEqual([
      'sudo: 1 incorrect password attempt',
      'sudo: a password is required',
      'sudo: a password is required',
    ])
    expect(all.map(({ sent }) => sent.replaceAll(/\\0\d{3}/g, '?')).sort()).toEqual(['-\n-\n', '-\n-\n', '=?????\n-\n'])
    const troubles = all.flatMap(({ capture }) => capture.trouble)
    expect(troubles).toHaveLength(3)
    for (const trouble of troubles)
      expect(trouble).toMatch(/^the sudo password for fxsudo-\d+ was refused by web[123]$/)
    expect(whoWas(all[0] ?? all[1] ?? never())).toBe(String(user.uid))
  })

  it('that the host repeats is masked', async () => {
    user.setSudoers(`${user.name} ALL=(root) ALL`)
    const repeats = { ...asksWho, script: () => sh`printf '%s\n' ${password}` }
    const { capture } = await look(having(password), { custom: [repeats] })
    expect(capture.sections['who-it-is']?.text).toBe('***\n')
  })

  it('is not logged where sudo logs all that commands read and write', async () => {
    user.setSudoers(
      `Defaults:${user.name} log_input, log_output, use_pty, iolog_dir=/tmp/${user.name}-io`,
      `${user.name} ALL=(root) ALL`,
    )
    const looked = await look(having(password))
    const logged = execFileSync('sh', [
      '-c',
      `find /tmp/${user.name}-io -type f -exec zcat -f {} + | grep -ac 'w%%rd' || true; rm -rf /tmp/${user.name}-io`,
    ])
    expect(logged.toString()).toBe('0\n')
    expect(looked.capture.right).toEqual({ user: user.name, kind: 'sudo' })
    expect(whoWas(looked)).toBe('0')
  })

  it('is not even asked for where sudo cannot be used at all', async () => {
    user.setSudoers(`Defaults:${user.name} requiretty`, `${user.name} ALL=(root) NOPASSWD: ALL`)
    const looked = await look(having(password))
    expect(looked.sent).toBe('')
    expect(looked.capture.right?.detail).toMatch(/^sudo: sorry, you must have a tty to run sudo/)
  })
})

describe('rules of sudo', () => {
  it('for the one command line, with a password for all others', async () => {
    const { sudoersLine } = await import('../../src/plan/sudoers.js')
    user.setSudoers(`${user.name} ALL=(root) ALL`, sudoersLine(user.name))
    const looked = await look(none)
    expect(looked.capture.right).toEqual({ user: user.name, kind: 'sudo' })
    expect(whoWas(looked)).toBe('0')
  })

  it('that ask for the password of root, which is another', async () => {
    user.setSudoers(`Defaults:${user.name} rootpw`, `${user.name} ALL=(root) ALL`)
    const { capture } = await look(having(password))
    expect(capture.right?.detail).toBe('sudo asked for the password of root; sudo: 1 incorrect password attempt')
  })

  it('that do not name the user', async () => {
    const { capture } = await look(having(password))
    expect(capture.right?.detail).toBe(`${user.name} is not in the sudoers file.`)
  })
})

describe('doas', () => {
  it('is used where sudo refuses and doas asks for nothing', async () => {
    user.setDoas(`permit nopass ${user.name} as root cmd /bin/sh`)
    const looked = await look(none)
    expect(looked.capture.right).toEqual({ user: user.name, kind: 'doas' })
    expect(whoWas(looked)).toBe('0')
  })

  it('that wants a password cannot be given one', async () => {
    user.setDoas(`permit ${user.name} as root cmd /bin/sh`)
    const { capture } = await look(none)
    expect(capture.right?.detail).toBe('sudo: a password is required; doas: Authentication required')
  })

  it('that does not let the user', async () => {
    user.setDoas('permit nopass root')
    const { capture } = await look(none)
    expect(capture.right?.detail).toBe('sudo: a password is required; doas: Operation not permitted')
  })
})

describe('what sudo says', () => {
  const line = 'ops ALL=(root) NOPASSWD: /bin/sh'
  it.each([
    ['sudo: a password is required', 'sudo wants a password', line],
    ['sudo: interactive authentication is required', 'sudo wants a password', line],
    [
      'sudo: unable to resolve host web1: Name or service not known\nsudo: a password is required',
      'sudo wants a password',
      line,
    ],
    [
      'sudo: sorry, you must have a tty to run sudo',
      'sudo runs from a terminal only there (requiretty in sudoers)',
      'Defaults:ops !requiretty',
    ],
    [
      'sudo: no tty present and no askpass program specified',
      'sudo runs from a terminal only there (requiretty in sudoers)',
      'Defaults:ops !requiretty',
    ],
    [
      'ops is not in the sudoers file.  This incident will be reported.',
      'sudo does not let this user run /bin/sh as root',
      line,
    ],
    ["sudo: I'm sorry ops. I'm afraid I can't do that", 'sudo does not let this user run /bin/sh as root', line],
    [
      "Sorry, user ops is not allowed to execute '/bin/sh -c x' as root on web1.",
      'sudo does not let this user run /bin/sh as root',
      line,
    ],
    [
      'sudo: The "no new privileges" flag is set, which prevents sudo from running as root.',
      'sudo cannot make anybody root there (a container, or a file system mounted nosuid)',
      undefined,
    ],
    [
      "sudo: effective uid is not 0, is /usr/bin/sudo on a file system with the 'nosuid' option set?",
      'sudo cannot make anybody root there (a container, or a file system mounted nosuid)',
      undefined,
    ],
    ['sudo: Maximum 3 incorrect authentication attempts', 'sudo refused the password', undefined],
    ['sudo is not installed', 'there is neither sudo nor doas', undefined],
    [
      'doas: Authentication required',
      'doas wants a password, which it reads from a terminal only: fleetdx has none there',
      'permit nopass ops as root cmd /bin/sh',
    ],
    [
      'doas: Operation not permitted',
      'doas does not let this user run /bin/sh as root',
      'permit nopass ops as root cmd /bin/sh',
    ],
  ])('%s', (said, says, wanted) => {
    const refusal = explainRefusal(readRefusal(said, 'ops'), 'ops')
    expect(refusal?.says).toBe(says)
    expect(refusal?.line).toBe(wanted)
  })

  it('is told without lectures and prompts', () => {
    const said = `
We trust you have received the usual lecture from the local System
Administrator. It usually boils down to these three things:

    #1) Respect the privacy of others.

[fleetdx: ops]Sorry, try again.
[fleetdx: ops]
sudo: no password was provided
sudo: 1 incorrect password attempt`
    expect(readRefusal(said, 'ops')).toBe('sudo: 1 incorrect password attempt')
  })
})

function never(): never {
  throw new Error('no host was looked at')
}
