import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTargetOptions, type TargetFlags, toChoice } from '../../src/cli/target-options.js'
import { runCheck } from '../../src/commands/check.js'
import type { CommandIo } from '../../src/commands/command-io.js'
import { type PlanForm, runPlan } from '../../src/commands/plan.js'
import { describePlan } from '../../src/plan/describe-plan.js'
import { readPublicKey } from '../../src/plan/read-public-key.js'
import { doasLine, sudoersLine } from '../../src/plan/sudoers.js'
import { type OwnSystem, startOwnSystem } from '../support/own-system.js'
import { makeFolder, makeHost, makeKey, type Sshd, startSshd } from '../support/sshd.js'

let folder: string
let sshd: Sshd
let system: OwnSystem
const { username } = userInfo()

/** Stands between sshd and the shell, and keeps the command and the bytes of each exec. */
const spy = `
import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
const [, , folder] = process.argv
const name = folder + '/' + Date.now() + '-' + process.pid
const child = spawn('/bin/sh', ['-c', process.env.SSH_ORIGINAL_COMMAND], { stdio: ['pipe', 'inherit', 'inherit'] })
appendFileSync(name + '.command', process.env.SSH_ORIGINAL_COMMAND)
process.stdin.on('data', (piece) => { appendFileSync(name + '.input', piece); child.stdin.write(piece) })
process.stdin.on('end', () => child.stdin.end())
child.stdin.on('error', () => {})
child.on('exit', (code) => process.exit(code ?? 1))
`

beforeAll(async () => {
  folder = await makeFolder()
  await mkdir(join(folder, 'received'))
  await writeFile(join(folder, 'spy.mjs'), spy)
  const command = `${process.execPath} ${join(folder, 'spy.mjs')} ${join(folder, 'received')}`
  sshd = await startSshd({ settings: [`ForceCommand ${command}`] })
  system = await startOwnSystem()
  const inventory = {
    defaults: { user: 'ops' },
    hosts: {
      web1: {},
      web2: { user: 'deploy' },
      db1: { sudo: 'never' },
      here: {
        ...{ address: '127.0.0.1', port: sshd.port, user: username },
        ...{ identityFile: sshd.identityFile, knownHostsFile: sshd.knownHostsFile },
        ...{ apps: [{ name: 'shop', port: 3999 }], samples: 2, checks: [{ name: 'queue', command: 'echo 3' }] },
      },
    },
  }
  await writeFile(join(folder, 'inventory.yaml'), JSON.stringify(inventory))
})
afterAll(() => Promise.all([sshd.stop(), system.stop()]))

/** Runs a command of fleetdx with these words, through the options that commander reads; what it prints. */
async function run(
  words: string[],
  action: (choice: ReturnType<typeof toChoice>, io: CommandIo) => Promise<unknown>,
): Promise<string> {
  const stdout = new PassThrough()
  const said = text(stdout)
  const command = addTargetOptions(new Command().exitOverride())
  command.action(async (targets: string[], flags: TargetFlags) => {
    const env = { HOME: folder, PATH: process.env.PATH }
    const io = { stdout, stderr: new PassThrough().resume(), stdin: Readable.from([]), env, cwd: folder }
    await action(toChoice(targets, flags), io)
  })
  await command.parseAsync(words, { from: 'user' })
  stdout.end()
  return said
}

const plan = (words: string[], form: PlanForm = {}) => run(words, (choice, io) => runPlan({ ...choice, ...form }, io))

interface PlanJson {
  hosts: {
    name: string
    user: string
    sudo: string
    rounds: { round: number; command: string; sha256: string; bytes: number }[]
  }[]
}
const planJson = async (words: string[], form: PlanForm = {}): Promise<PlanJson['hosts']> => {
  const { hosts }: PlanJson = JSON.parse(await plan(words, { ...form, json: true }))
  return hosts
}

const hash = (bytes: string) => createHash('sha256').update(bytes).digest('hex')

/** As the plan tells the reader to compare. */
const hashReceived = async (file: string) =>
  (
    await system.run(`sed -E 's/@fleetdx-[0-9a-f]{24}//g; s/^fx_key=[0-9a-f]{32}$/fx_key=/' ${file} | sha256sum`)
  ).stdout.slice(0, 64)

describe('what a host receives', () => {
  it('is to the byte what was planned, in both rounds', async () => {
    await run(['here'], (choice, io) =>
      runCheck({ ...choice, jobs: 1, breaker: true, reports: { format: 'json' }, save: 'kept' }, io),
    )
    const received = (await system.run(`ls ${join(folder, 'received')}/*.input`)).stdout.trim().split('\n')
    const commands = received.map((file) => readFileSync(file.replace('.input', '.command'), 'utf8'))
    const [planned] = await planJson(['here'], { after: 'kept' })
    expect(planned?.rounds.map(({ command }) => command)).toEqual(commands)
    expect(planned?.rounds.map(({ sha256 }) => sha256)).toEqual(await Promise.all(received.map(hashReceived)))
    expect(planned?.rounds.map(({ bytes }) => bytes)).toEqual(received.map((file) => readFileSync(file).length))
  })

  it('is printed whole', async () => {
    const printed = await plan(['here'], { after: 'kept' })
    const rounds = [...printed.matchAll(/^-----BEGIN ROUND \d-----\n([\s\S]*?)^-----END ROUND \d-----$/gm)]
    const [planned] = await planJson(['here'], { after: 'kept' })
    const bare = rounds.map(([, input = '']) => hash(input.replaceAll(/@fleetdx-0{24}|(?<=^fx_key=)0{32}/gm, '')))
    expect(bare).toEqual(planned?.rounds.map(({ sha256 }) => sha256))
    // The check of the user's own, and the app that the inventory names.
    expect(rounds[1]?.[1]).toContain('echo 3')
  })
})

describe('the plan of several hosts', () => {
  it('has one piece for all that get the same bytes, and says what is not known before', async () => {
    const printed = await plan(['web1', 'web2', 'db1'])
    const heads = printed.split('\n').filter((line) => line.startsWith('# ') && line.includes('; sudo: '))
    expect(heads).toEqual(['# web1 (as ops), web2 (as deploy); sudo: auto', '# db1 (as ops); sudo: never'])
    expect(printed.match(/^-----BEGIN ROUND 1-----$/gm)?.length).toBe(2)
    expect(printed).not.toContain('BEGIN ROUND 2')
    expect(printed).toContain(
      '# Round 2 is written from what round 1 finds (folders, ports, logs), so its bytes cannot be known before. It asks for\n# no more than your own checks and\n#   app-files app-logs builds ',
    )
    expect(printed).toContain('#   fleetdx check web1 --save FOLDER && fleetdx plan web1 --after FOLDER\n')
  })

  it('says that nothing runs where a host cannot be reached as it is set', () => {
    const obstacle = { message: 'web9 is reached through itself', mend: 'take its jump away' }
    const planned = ['web8', 'web9'].map((name) => ({ host: makeHost({ name, user: 'ops', obstacle }), rounds: [] }))
    expect(describePlan(planned)).toBe(
      '# web8 (as ops), web9 (as ops): nothing, since it cannot be reached: web9 is reached through itself\n',
    )
  })

  it('is the same every time, and shorter as hashes', async () => {
    const hosts = await planJson(['web1', 'db1'])
    const [web, db] = hosts.map(({ rounds: [first] }) => first)
    expect(await plan(['web1', 'db1'], { hash: true })).toBe(
      [
        `SHA256${' '.repeat(58)}  HOST  USER  SUDO   ROUND  COMMAND`,
        `${web?.sha256}  web1  ops   auto   1      ${web?.command}`,
        `${db?.sha256}  db1   ops   never  1      ${db?.command}`,
        '',
      ].join('\n'),
    )
  })

  it('is refused where an answer is missing, or a key has nothing to be for', async () => {
    await expect(plan(['web1', 'here'], { after: 'kept' })).rejects.toMatchObject({
      message: 'no answer of web1 is here',
      place: { file: join(folder, 'kept') },
      mend: 'name only hosts that answered, or the file of one: fleetdx plan web1 --after FILE',
    })
    await expect(plan(['web1'], { key: 'x.pub' })).rejects.toMatchObject({
      message: '--key is for --forced-command',
      mend: 'name both, or neither',
    })
    await expect(plan(['web1'], { forcedCommand: true })).rejects.toMatchObject({
      message: '--forced-command is about a new key, for any host',
      mend: 'leave out the targets',
    })
    await expect(plan(['--user', 'Root!'], { forcedCommand: true })).rejects.toMatchObject({
      message: "'Root!' is no name for a new user",
      mend: 'use small letters, digits, - and _, as useradd does',
    })
  })
})

describe('the rights that a check needs', () => {
  it('are one line a user, told for what they are, and good to visudo', async () => {
    const printed = await plan(['web1', 'web2', 'db1'], { sudoers: true })
    expect(printed).toBe(`# db1: sudo is never tried for ops, so no line is needed.
# web1: what fleetdx runs as root for ops, and nothing else. The line equals root all the same, for whoever
# holds ops's key: the script comes on standard input. A key that can do one fixed thing instead:
#   fleetdx plan --forced-command
# Without NOPASSWD: where fleetdx gives the password (--ask-sudo-pass, sudoPasswordCommand).
${sudoersLine('ops')}

# web2: what fleetdx runs as root for deploy, and nothing else. The line equals root all the same, for whoever
# holds deploy's key: the script comes on standard input. A key that can do one fixed thing instead:
#   fleetdx plan --forced-command
# Without NOPASSWD: where fleetdx gives the password (--ask-sudo-pass, sudoPasswordCommand).
${sudoersLine('deploy')}
`)
    await writeFile(join(folder, 'sudoers'), printed)
    expect(await system.run('visudo -cf sudoers', { cwd: folder })).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('are none for root', async () => {
    expect(await plan(['root@192.0.2.1'], { sudoers: true })).toBe('# root@192.0.2.1: root needs no line.\n')
  })

  it.each(['EXAMPLE\\deploy', 'deploy@example.com', 'a=b', 'a,b', 'a(b)', 'a!b', 'a#b'])(
    'are good to visudo for the user %s',
    async (user) => {
      await writeFile(join(folder, 'sudoers'), `${sudoersLine(user)}\n`)
      expect(await system.run('visudo -cf sudoers', { cwd: folder })).toMatchObject({ exitCode: 0, stderr: '' })
    },
  )

  it('pass doas, and nothing else does', async () => {
    await system.run('useradd ops')
    await writeFile(join(folder, 'doas.conf'), `${doasLine('ops')}\n`)
    expect(
      await system.run('install -m 600 doas.conf /etc/doas.conf && doas -C /etc/doas.conf', { cwd: folder }),
    ).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    })
    expect(await plan(['web1'], { doas: true })).toContain(`\n${doasLine('ops')}\n`)
    const refused = { exitCode: 1, stdout: '', stderr: 'doas: Operation not permitted\n' }
    expect(await system.run('doas -n /bin/sh -c id', { user: 'ops' })).toEqual(refused)
  })
})

describe('a public key', () => {
  it('is one line of a .pub file', async () => {
    const file = await makeKey(join(folder, 'some'))
    const line = readFileSync(`${file}.pub`, 'utf8')
    expect(readPublicKey(line, 'some.pub')).toBe(line.trim())
    expect(await plan([], { forcedCommand: true, key: 'some.pub' })).toContain(
      `echo 'restrict,command="sudo -n /usr/local/sbin/fleetdx-audit" ${line.trim()}' >fleetdx-audit.keys`,
    )
  })

  it.each<[string, () => string, string, string]>([
    [
      'private',
      () => readFileSync(join(folder, 'some'), 'utf8'),
      'this is a private key',
      'name its public half: some.pub',
    ],
    ['none', () => 'hello\n', 'this is not a public key of OpenSSH', 'name the .pub file that ssh-keygen wrote'],
    [
      'with options of its own',
      () => `command="id" ${readFileSync(join(folder, 'some.pub'), 'utf8')}`,
      'this is not a public key of OpenSSH',
      'name the .pub file that ssh-keygen wrote',
    ],
    [
      'one of two',
      () => readFileSync(join(folder, 'some.pub'), 'utf8').repeat(2),
      'this is not a public key of OpenSSH',
      'name the .pub file that ssh-keygen wrote',
    ],
  ])('is refused where it is %s', (_, read, message, mend) => {
    expect(() => readPublicKey(read(), 'some')).toThrow(
      expect.objectContaining({ message, place: { file: 'some' }, mend }),
    )
  })

  it('that cannot be read is named', async () => {
    await expect(plan([], { forcedCommand: true, key: 'gone.pub' })).rejects.toMatchObject({
      message: `the public key cannot be read: ENOENT: no such file or directory, open '${join(folder, 'gone.pub')}'`,
      place: { file: join(folder, 'gone.pub') },
    })
  })
})
