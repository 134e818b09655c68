import { execFile, execFileSync } from 'node:child_process'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { collect } from '../../src/collect/collect.js'
import { type Round, readFrames } from '../../src/collect/frames.js'
import { buildRound, hashRound, roundCommand } from '../../src/collect/script.js'
import type { SudoMode } from '../../src/inventory/host.js'
import { defineProbe } from '../../src/probes/define.js'
import { type Script, sh } from '../../src/shell.js'
import type { CommandEnd, Session } from '../../src/ssh/session.js'
import { installPackage } from '../support/packages.js'
import { makeFolder } from '../support/sshd.js'

const nonce = '@fleetdx-0123456789abcdef'
const shells = ['dash', 'bash', 'busybox sh']
const loginShells = ['sh', 'bash', 'fish', 'tcsh']

function plan(name: string, script: Script, options: { seconds?: number; bytes?: number; elevated?: boolean } = {}) {
  const { elevated = false, ...limits } = options
  const probe = defineProbe({
    name,
    title: name,
    needs: {},
    elevated,
    limits,
    script: () => script,
    facts: z.string(),
    parse: ({ text }) => text,
  })
  return { probe, script }
}

interface Running {
  shell?: string
  loginShell?: string
  sudo?: SudoMode
  uid?: number
  /** A folder of programs that come before the system's. */
  programs?: string
}

async function run(planned: ReturnType<typeof plan>[], how: Running = {}): Promise<Round> {
  const { shell = 'sh', loginShell = 'sh', sudo = 'never', uid, programs } = how
  const child = promisify(execFile)(loginShell, ['-c', roundCommand.replace('/bin/sh', shell)], {
    encoding: 'buffer',
    ...(uid !== undefined && { uid, gid: uid }),
    env: { ...process.env, PATH: `${programs ?? '/usr/bin'}:${process.env.PATH}` },
  })
  // It stays open, as over SSH: its end would end the round. The answer is for a sudo that wants a password: there is none.
  child.child.stdin?.write(`${buildRound(planned, { nonce, sudo })}-\n`)
  const { stdout } = await child
  return readFrames(stdout, nonce)
}

describe.each(shells)('a round in %s', (shell) => {
  if (shell === 'busybox sh') installPackage('busybox', '/bin/busybox')

  it('gives every probe its own section, with its exit code, its parts and what it could not see', async () => {
    const round = await run(
      [
        plan('first', sh`echo one; part file /etc/x y; echo two; cannot permission "the moon"; exit 3`),
        plan('second', sh`printf three`),
      ],
      { shell },
    )
    expect(round.isComplete).toBe(true)
    expect(round.sections.get('first')).toMatchObject({
      text: 'one\n',
      parts: [{ kind: 'file', label: '/etc/x y', text: 'two\n' }],
      blind: [{ reason: 'permission', what: 'the moon' }],
      exitCode: 3,
    })
    expect(round.sections.get('second')).toMatchObject({ text: 'three', exitCode: 0 })
  })

  it('ends a probe at its deadline with all that it started, and goes on', async () => {
    const round = await run(
      [plan('slow', sh`echo before; (sleep 641 & wait); echo after`, { seconds: 1 }), plan('next', sh`echo fine`)],
      { shell },
    )
    expect(round.sections.get('slow')).toMatchObject({ text: 'before\n', cut: 'deadline', exitCode: null })
    expect(round.sections.get('next')).toMatchObject({ text: 'fine\n' })
    // What was ended may take a moment to be gone.
    await expect.poll(() => execFileSync('ps', ['-eo', 'args']).toString()).not.toMatch(/^sleep 641$/m)
  })

  it('keeps what a probe had printed, also where head holds it back until its input ends', async () => {
    const programs = await makeFolder()
    await symlink('/bin/busybox', join(programs, 'head'))
    const round = await run([plan('slow', sh`echo before; sleep 642`, { seconds: 1 })], { shell, programs })
    expect(round.sections.get('slow')).toMatchObject({ text: 'before\n', cut: 'deadline', exitCode: null })
  })

  it('cuts a probe that prints too much, and goes on', async () => {
    const round = await run(
      [plan('loud', sh`while :; do echo 0123456789; done`, { bytes: 1000 }), plan('next', sh`echo fine`)],
      {
        shell,
      },
    )
    expect(round.sections.get('loud')).toMatchObject({ cut: 'size-limit' })
    expect(round.sections.get('loud')?.text.length).toBeLessThanOrEqual(1000)
    expect(round.sections.get('next')?.text).toBe('fine\n')
  })

  it('runs what belongs to a user with that user’s rights only', async () => {
    const round = await run(
      [plan('who', sh`as_user 65534 65534 id -u; as_user 65534 65534 cat /etc/shadow || echo refused`)],
      { shell },
    )
    expect(round.sections.get('who')?.text).toBe('65534\nrefused\n')
  })

  it('cannot become another user without root, and says so by its exit code', async () => {
    const round = await run([plan('who', sh`as_user 0 0 id -u; echo $?`)], { shell, uid: 65534 })
    expect(round.sections.get('who')?.text).toBe('126\n')
  })

  it('does nothing when the script arrives cut off', async () => {
    const script = buildRound([plan('write', sh`echo ran`)], { nonce, sudo: 'never' })
    const child = promisify(execFile)('sh', ['-c', roundCommand.replace('/bin/sh', shell)])
    child.child.stdin?.end(script.slice(0, -20))
    const { stdout } = await child.catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  })
})

describe('login shells', () => {
  it.each(loginShells)('a round runs the same from %s', async (loginShell) => {
    installPackage(loginShell, `/usr/bin/${loginShell}`)
    const round = await run([plan('quotes', sh`echo ${`it's $HOME "x" !`}`)], { loginShell })
    expect(round.sections.get('quotes')?.text).toBe(`it's $HOME "x" !\n`)
  })

  it('drops what a noisy shell prints around it', () => {
    const output = `Welcome!\n${nonce}x fake\n\n${nonce} begin a 0\nok\n\n${nonce} exit 0\n\n${nonce} end a 5 \n\n${nonce} done\nbye`
    expect(readFrames(Buffer.from(output), nonce).sections.get('a')?.text).toBe('ok\n')
  })
})

describe('rights', () => {
  it('says that it runs as root', async () => {
    const round = await run([plan('a', sh`id -u`, { elevated: true })])
    expect(round.right).toEqual({ user: 'root', kind: 'root' })
  })

  it('runs what gains by it without sudo where sudo is refused, and says why', async () => {
    installPackage('sudo', '/usr/bin/sudo')
    const round = await run([plan('a', sh`id -u`, { elevated: true })], { sudo: 'auto', uid: 65534 })
    expect(round.right?.kind).toBe('refused')
    expect(round.right?.detail).toMatch(/password is required|not in the sudoers/)
    expect(round.sections.get('a')?.text).toBe('65534\n')
  })

  it('does not try sudo when told not to', async () => {
    const round = await run([plan('a', sh`id -u`, { elevated: true })], { sudo: 'never', uid: 65534 })
    expect(round.right).toEqual({ user: 'nobody', kind: 'not-tried' })
  })
})

describe('frames', () => {
  it('keeps the sections that had arrived when the connection went', () => {
    const output = `\n${nonce} begin a 0\nwhole\n\n${nonce} exit 0\n\n${nonce} end a 5 \n\n${nonce} begin b 0\nhal`
    const round = readFrames(Buffer.from(output), nonce)
    expect(round.isComplete).toBe(false)
    expect(round.sections.get('a')).not.toHaveProperty('cut')
    expect(round.sections.get('b')).toMatchObject({ text: 'hal', cut: 'connection-lost' })
  })

  it('takes terminal controls out and masks secrets', () => {
    const output = `\n${nonce} begin a 0\n\u001b[31mred\u001b]0;title\u0007 postgres://app:s3cret@db/x\u202e\u0000\n\n${nonce} end a 5 \n`
    expect(readFrames(Buffer.from(output), nonce).sections.get('a')?.text).toBe('red postgres://app:***@db/x\n')
  })

  it('reads nothing from nothing', () => {
    expect(readFrames(Buffer.from(''), nonce)).toEqual({ sections: new Map(), isComplete: false })
  })
})

describe('a round that is cut off on this side', () => {
  const host = { sudo: 'never' as const, apps: [], timeouts: { connectMs: 1000, commandMs: 1000, hostMs: 1000 } }
  const cutOff = (cut: NonNullable<CommandEnd['cut']>): Session => ({
    transport: { kind: 'local' },
    close: () => {},
    async run(_, { input, onOutput }) {
      const [, word = ''] = /fx='?(@fleetdx-\w+)/.exec(input) ?? []
      onOutput(Buffer.from(`\n${word} begin host 0\nhal`))
      return { exitCode: null, stderr: '', cut }
    },
  })

  it.each([
    ['deadline', 'deadline'],
    ['aborted', 'deadline'],
    ['too-much-output', 'size-limit'],
    ['connection-lost', 'connection-lost'],
  ] as const)('%s: the probe that still ran ended by %s', async (cut, reason) => {
    const { sections, absence } = await collect(cutOff(cut), host, new AbortController().signal)
    expect(sections.host).toMatchObject({ text: 'hal', cut: reason })
    expect(absence).toBe(reason)
  })
})

describe('hash', () => {
  it('is the same for every run that would do the same, whatever its nonce', () => {
    const build = (word: string) => hashRound(buildRound([plan('a', sh`id`)], { nonce: word, sudo: 'auto' }), word)
    expect(build('@fleetdx-aa')).toBe(build('@fleetdx-bb'))
  })
})
