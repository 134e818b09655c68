import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Capture } from '../../src/collect/capture.js'
import { collect } from '../../src/collect/collect.js'
import { runPlan } from '../../src/commands/plan.js'
import { printScript } from '../../src/commands/script.js'
import { knownValue } from '../../src/fact.js'
import { checksSchema } from '../../src/inventory/check-schema.js'
import type { Host } from '../../src/inventory/host.js'
import { check } from '../../src/pipeline.js'
import { describeSudoers } from '../../src/plan/sudoers.js'
import { type Facts, readFacts } from '../../src/probes/index.js'
import type { HostRecord } from '../../src/record.js'
import { loadCredentials } from '../../src/ssh/auth/credentials.js'
import type { Session } from '../../src/ssh/session.js'
import { buildStandAlone } from '../../src/stand-alone/build-script.js'
import { readVersion } from '../../src/version.js'
import { type OwnSystem, startOwnSystem } from '../support/own-system.js'
import { reach, runCommand } from '../support/reach.js'
import { makeFolder, makeHost, makeKey, type Sshd, startSshd } from '../support/sshd.js'

let system: OwnSystem
let sshd: Sshd
let folder: string
let auditKey: string

beforeAll(async () => {
  system = await startOwnSystem()
  folder = await makeFolder()
  auditKey = await makeKey(join(folder, 'audit-key'))
  // A system with PAM would let a locked account in with a key: without, the page must see to it.
  const settings = ['AuthorizedKeysFile .ssh/authorized_keys', 'StrictModes yes', 'UsePAM no']
  sshd = await startSshd({ settings, within: system.enter })
})
afterAll(async () => {
  await sshd.stop()
  await system.stop()
})

const { signal } = new AbortController()
const login = (user: string, identityFile: string): Host => {
  const identityFiles = [identityFile]
  const knownHostsFiles = [sshd.knownHostsFile]
  return makeHost({ user, port: sshd.port, identityFiles, knownHostsFiles, sudo: 'auto' })
}

/** What a command prints. */
async function print(command: (io: Parameters<typeof runPlan>[1]) => Promise<void>): Promise<string> {
  const stdout = new PassThrough()
  await command({ stdout, stderr: stdout, stdin: Readable.from([]), env: { HOME: folder }, cwd: folder })
  stdout.end()
  return text(stdout)
}

const printPage = (user: string, doas = false) =>
  print((io) => runPlan({ targets: [], overrides: { user }, forcedCommand: true, doas, key: 'audit-key.pub' }, io))

/** The commands of a page that are typed on the host: one ends where nothing more is waited for. */
function commandsOf(page: string): { set: string[]; undo: string[] } {
  const read = (part = '') =>
    [...part.matchAll(/^ {3}(.*)$/gm)]
      .map(([, command = '']) => command)
      .join('\n')
      .split(/(?<!&&)\n/)
      .filter((command) => !/^(?:fleetdx|scp|ssh-keygen) |restorecon/.test(command))
  const [steps, end] = page.split('To undo it')
  return { set: read(steps), undo: read(end) }
}

async function typeAll(commands: string[]): Promise<void> {
  for (const command of commands) {
    const { exitCode, stderr } = await system.run(command, { cwd: folder })
    expect({ command, exitCode, stderr }).toMatchObject({ exitCode: 0 })
  }
}

/** Makes a user whose key may do what `options` say, as authorized_keys has them. */
async function addUser(user: string, { options = '', shell = '/bin/bash' } = {}): Promise<Host> {
  const key = await makeKey(join(folder, user))
  await writeFile(join(folder, `${user}.keys`), `${options} ${await readFile(`${key}.pub`, 'utf8')}`.trimStart())
  await typeAll([
    `useradd --create-home --shell ${shell} ${user}`,
    `echo '${user}:*' | chpasswd -e`,
    `install -d -o ${user} -m 700 /home/${user}/.ssh`,
    `install -o ${user} -m 600 ${user}.keys /home/${user}/.ssh/authorized_keys`,
  ])
  return login(user, key)
}

/** Whoever may use this key has the stand-alone script run, whatever is asked for. */
const runs = (command: string) => `restrict,command="${command.replaceAll('"', '\\"')}"`

const look = (host: Host): Promise<Capture> => reach(host, (session) => collect(session, host, signal))

async function checkOne(host: Host): Promise<HostRecord> {
  const credentials = await loadCredentials([host], { env: {} })
  const { hosts } = await check({
    ...{ hosts: [host], credentials, jobs: 1, runMs: 60_000, interrupt: signal },
    onProgress: () => {},
  })
  const [record] = hosts
  if (!record) throw new Error('no record')
  return record
}

/** What does not change between two looks. */
function steady(facts: Facts) {
  const { hostname, distribution, kernel, cores, memoryTotalBytes, localhost } = knownValue(facts.host) ?? {}
  const { nginx, apache, caddy, haproxy } = facts
  return { host: { hostname, distribution, kernel, cores, memoryTotalBytes, localhost }, nginx, apache, caddy, haproxy }
}

/** The probes whose facts are known. */
const known = (facts: Facts) => Object.entries(facts).flatMap(([name, fact]) => (fact.known ? [name] : []))

describe('a key that is set up as the page says', () => {
  let audit: Host
  beforeAll(async () => {
    await writeFile(join(folder, 'fleetdx-audit.sh'), await print((io) => printScript({}, io)))
    await typeAll(commandsOf(await printPage('audit')).set)
    audit = login('audit', auditKey)
  })

  it('sees what a plain check sees whose user may use sudo by the narrowest line', async () => {
    const ops = await addUser('ops')
    await writeFile(join(folder, 'ops.sudoers'), describeSudoers([ops]))
    await typeAll(['visudo -cf ops.sudoers', 'install -m 440 ops.sudoers /etc/sudoers.d/ops'])
    const plain = await look(ops)
    const own = await look(audit)
    expect(plain).toMatchObject({ trouble: [], right: { user: 'ops', kind: 'sudo' } })
    expect(own).toMatchObject({ trouble: [], right: { user: 'root', kind: 'root' }, standAloneVersion: readVersion() })
    const [plainFacts, ownFacts] = [readFacts(plain), readFacts(own)]
    expect(steady(ownFacts)).toEqual(steady(plainFacts))
    expect(known(ownFacts)).toEqual(expect.arrayContaining(known(plainFacts)))
    expect(own.clock?.receivedMs).toBeGreaterThanOrEqual(own.clock?.askedMs ?? Number.NaN)
  })

  it('is the same over the ssh of the system', async () => {
    const capture = await look({ ...audit, transport: 'openssh' })
    expect(capture).toMatchObject({
      trouble: [],
      right: { user: 'root', kind: 'root' },
      standAloneVersion: readVersion(),
    })
  })

  it('has a record that says who answered, and that checks of your own were not made', async () => {
    const checks = checksSchema.parse([{ name: 'queue', command: 'true' }])
    const record = await checkOne({ ...audit, checks })
    expect(record.standAloneVersion).toBe(readVersion())
    expect(record.trouble).toEqual([
      'checks of your own were not made (queue): the script on the host does not know them',
    ])
    expect(record.clockSkewMs).toBe(0)
  })

  it('does nothing else, whatever is asked for', async () => {
    const said = await reach(audit, (session) => runCommand(session, 'id; cat /etc/shadow'))
    expect(said.output).toMatch(/^\n@fleetdx-[0-9a-f]{32} output 1 /)
    const sudo = (words: string) => system.run(`sudo -n ${words}`, { user: 'audit' })
    expect(await sudo('/bin/sh -c id')).toMatchObject({ exitCode: 1, stdout: '' })
    expect(await sudo('/usr/local/sbin/fleetdx-audit again')).toMatchObject({ exitCode: 1, stdout: '' })
    expect(await system.run('echo more >>/home/audit/.ssh/authorized_keys', { user: 'audit' })).not.toMatchObject({
      exitCode: 0,
    })
    expect(await system.run('mv /home/audit/.ssh /home/audit/old', { user: 'audit' })).not.toMatchObject({
      exitCode: 0,
    })
  })

  it('is refused as soon as the script is another than the digest says', async () => {
    await typeAll(['echo "# changed" >>/usr/local/sbin/fleetdx-audit'])
    const { status, verdict, trouble } = await checkOne(audit)
    expect({ status, verdict, trouble }).toEqual({
      status: 'unknown',
      verdict:
        'no answer: the host runs a command of its own for this login, and that was refused root: sudo: a password is required',
      trouble: [
        'no answer: the host runs a command of its own for this login, and that was refused root: sudo: a password is required',
        "'fleetdx plan --forced-command' prints the line that it needs; another script has another digest (as root on the host, 'sudo -l -U audit' shows what it may run)",
      ],
    })
  })

  it('is not made of a user who is there already', async () => {
    await addUser('ops2')
    const before = 'grep ops2 /etc/shadow; cat /home/ops2/.ssh/authorized_keys; ls -ld /home/ops2; ls /etc/sudoers.d'
    const { stdout } = await system.run(before)
    for (const doas of [false, true]) {
      const page = commandsOf(await printPage('ops2', doas)).set.at(-1) ?? ''
      expect(await system.run(page, { cwd: folder })).not.toMatchObject({ exitCode: 0 })
    }
    expect((await system.run(before)).stdout).toBe(stdout)
    await expect(printPage('root')).rejects.toMatchObject({
      message: "'root' is no new user",
      mend: 'name one that no host has yet, such as --user audit',
    })
  })

  it('is gone when it is undone as the page says', async () => {
    await typeAll(commandsOf(await printPage('audit')).undo)
    const left = 'ls -d /home/audit /usr/local/sbin/fleetdx-audit /etc/sudoers.d/fleetdx-audit; getent passwd audit'
    expect((await system.run(left)).stdout).toBe('')
  })

  it('works with doas as well', async () => {
    await typeAll(['echo "permit nopass root" >/etc/doas.conf', 'chmod 600 /etc/doas.conf'])
    await typeAll(commandsOf(await printPage('watch', true)).set)
    const own = await look(login('watch', auditKey))
    expect(own).toMatchObject({ trouble: [], right: { user: 'root', kind: 'root' } })
    expect(await system.run('doas -n /usr/local/sbin/fleetdx-audit again', { user: 'watch' })).toMatchObject({
      exitCode: 1,
      stdout: '',
    })
  })
})

describe('the script as it is', () => {
  const install = async (name: string, script: string) => {
    await writeFile(join(folder, name), script)
    return `sh ${join(folder, name)}`
  }

  it('of another fleetdx is read as far as it goes', async () => {
    await system.run(`chmod 755 ${folder}`)
    const older = buildStandAlone({ version: '0.0.9', sudo: 'never' }).replace(/( asked .*) limits /, '$1 quantum ')
    const host = await addUser('older', { options: runs(await install('older.sh', older)) })
    const record = await checkOne(host)
    expect(record.standAloneVersion).toBe('0.0.9')
    expect(record.trouble).toEqual([
      `the script of fleetdx 0.0.9 answered, and this was ${readVersion()}: it is read as far as it goes; 'fleetdx plan --forced-command' tells how to renew it`,
    ])
    expect(record.facts?.host.known).toBe(true)
    expect(record.facts?.limits).toEqual({
      known: false,
      because: { what: expect.any(String), reason: 'not-asked' },
    })
    expect(record.right).toMatchObject({ user: 'older', kind: 'not-tried' })
  })

  it('says that sudo was refused it, and is read all the same', async () => {
    const script = buildStandAlone({ version: readVersion(), sudo: 'auto' })
    const capture = await look(await addUser('unable', { options: runs(await install('unable.sh', script)) }))
    expect(capture.trouble).toEqual([])
    expect(capture.right).toMatchObject({ user: 'unable', kind: 'refused', detail: expect.stringMatching(/^sudo: /) })
    expect(readFacts(capture).host.known).toBe(true)
  })

  it('keeps what had come when nobody waits any more', async () => {
    const script = buildStandAlone({ version: readVersion(), sudo: 'never' })
    const slow = script.replace('fx_second_round\n  printf', 'sleep 60\n  printf')
    expect(slow).not.toBe(script)
    const host = await addUser('slow', { options: runs(await install('slow.sh', slow)) })
    const stop = new AbortController()
    let said = ''
    const capture = await reach(host, (session) => {
      const run: Session['run'] = (command, options) => {
        const onOutput = (piece: Buffer) => {
          options.onOutput(piece)
          said += piece.toString()
          if (/^@fleetdx-\w+ done$/m.test(said)) stop.abort()
        }
        return session.run(command, { ...options, onOutput })
      }
      return collect({ ...session, run }, host, stop.signal)
    })
    expect(readFacts(capture).host.known).toBe(true)
    expect(capture.absence).toBe('deadline')
    expect(capture.trouble).toEqual([expect.stringMatching(/^only \d+ sections came: the run was stopped$/)])
  })
})

describe('another command in the place of the script', () => {
  const forced = [
    `a command= before the key in authorized_keys, ForceCommand in sshd_config or the login shell decides what runs: let it be command="exec sh -c \\"$SSH_ORIGINAL_COMMAND\\"" or ForceCommand exec sh -c "$SSH_ORIGINAL_COMMAND", log in with another key or as another user, or have it run what 'fleetdx plan --forced-command' prints`,
    "or a startup file of the shell does, such as ~/.bashrc: as its first line, 'case $- in *i*) ;; *) return ;; esac' keeps it to terminals",
  ]
  const troubleOf = async (user: string, options: Parameters<typeof addUser>[1] = {}) =>
    (await look(await addUser(user, options))).trouble

  it.each<[string, string, string, string[]]>([
    [
      'answers',
      'echo-no',
      'echo no',
      [
        'no answer: the host ran something else in place of the script; it ended with exit code 0, and said: no',
        ...forced,
      ],
    ],
    ['says nothing', 'mute', 'true', ['no answer: the script did not run (exit code 0)', ...forced]],
    [
      'complains',
      'gate',
      'echo rejected >&2; exit 3',
      ['no answer: the script did not run (exit code 3): rejected', ...forced],
    ],
  ])('that %s', async (_, user, command, trouble) => {
    expect(await troubleOf(user, { options: runs(command) })).toEqual(trouble)
  })

  it.each<[string, string, string[]]>([
    [
      'nologin',
      '/usr/sbin/nologin',
      [
        "no answer: the account's login shell runs nothing: This account is currently not available.",
        "as root on the host, 'usermod --shell /bin/sh nologin' gives it one that does; or log in as another user",
      ],
    ],
    ['false', '/bin/false', ['no answer: the script did not run (exit code 1)', ...forced]],
    [
      'rbash',
      '/bin/rbash',
      [
        "no answer: the account's login shell is a restricted one: rbash: line 1: /bin/sh: restricted: cannot specify `/' in command names",
        "as root on the host, 'usermod --shell /bin/sh rbash' gives it another; or log in as another user",
      ],
    ],
    [
      'git-shell',
      '/usr/bin/git-shell',
      [
        expect.stringMatching(
          /^no answer: the account's login shell serves git alone: fatal: unrecognized command '\/bin\/sh -c /,
        ),
        'log in as another user',
      ],
    ],
  ])('because the login shell is %s', async (user, shell, trouble) => {
    expect(await troubleOf(user, { shell })).toEqual(trouble)
  })

  it('because sshd allows sftp alone', async () => {
    expect(await troubleOf('sftp', { options: runs('internal-sftp') })).toEqual([
      'no answer: sshd lets this account use sftp alone: This service allows sftp connections only.',
      'log in as another user; internal-sftp stands in ForceCommand of sshd_config, or in command= before the key',
    ])
  })

  it('that waits for more, such as a menu', async () => {
    const host = await addUser('menu', { options: runs('echo 1 restart; echo 2 quit; cat >/dev/null') })
    const { trouble } = await look({ ...host, timeouts: { ...host.timeouts, commandMs: 3_000 } })
    expect(trouble).toEqual([
      'no answer: the 3 s for one round on the host were over (--timeout-command)',
      'until then the host had said: 1 restart',
      ...forced,
    ])
  })

  it('because doas refuses it', async () => {
    await typeAll(['echo "permit nopass root" >/etc/doas.conf'])
    expect(await troubleOf('doasless', { options: runs('doas -n /usr/local/sbin/fleetdx-audit') })).toEqual([
      'no answer: the host runs a command of its own for this login, and that was refused root: doas: Operation not permitted',
      "'fleetdx plan --forced-command --doas' prints the line that it needs (as root on the host, 'grep -rw doasless /etc/doas.*' shows what it may run)",
    ])
  })

  it('is mended as the mend says, where it is a startup file', async () => {
    const host = await addUser('starts')
    const [, guard = ''] = /'(case .* esac)'/.exec(forced[1] ?? '') ?? []
    await typeAll(["echo 'echo welcome; exit 0' >/home/starts/.bashrc"])
    expect((await look(host)).trouble.slice(1)).toEqual(forced)
    await typeAll([`printf '%s\\n' '${guard}' 'echo welcome; exit 0' >/home/starts/.bashrc`])
    expect(await look(host)).toMatchObject({ trouble: [], right: { user: 'starts' } })
  })

  it('is mended as the mend says, where it is a forced command', async () => {
    const [, options = ''] = /let it be (command="(?:[^"\\\\]|\\\\.)*")/.exec(forced[0] ?? '') ?? []
    expect(await look(await addUser('passes', { options }))).toMatchObject({ trouble: [], right: { user: 'passes' } })
  })

  it('that runs what was asked for changes nothing', async () => {
    const host = await addUser('logged', {
      options: runs('logger -- "$USER" 2>/dev/null; sh -c "$SSH_ORIGINAL_COMMAND"'),
    })
    const capture = await look(host)
    expect(capture).toMatchObject({ trouble: [], right: { user: 'logged' } })
    expect(capture).not.toHaveProperty('standAloneVersion')
    expect(readFacts(capture).host.known).toBe(true)
  })
})
