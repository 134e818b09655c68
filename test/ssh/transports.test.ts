import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect as connectTcp, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Endpoint, Host } from '../../src/inventory/host.js'
import { ConnectFailure, type Session } from '../../src/ssh/session.js'
import { startTcpServer } from '../support/odd-servers.js'
import { reach, runCommand } from '../support/reach.js'
import {
  endpointOf,
  findFreePort,
  makeFolder,
  makeHost,
  makeKey,
  readFingerprint,
  type Sshd,
  startSshd,
} from '../support/sshd.js'
import { ways } from '../support/transports.js'

let sshd: Sshd
let bastion: Sshd
let outer: Sshd
let hop: string
let tmp: string
beforeAll(async () => {
  tmp = await mkdtemp('/tmp/fleetdx-t')
  vi.stubEnv('TMPDIR', tmp)
  ;[sshd, bastion, outer] = await Promise.all([startSshd(), startSshd(), startSshd()])
  hop = `${endpointOf(sshd).user}@127.0.0.1:${sshd.port}`
})
afterAll(async () => {
  await Promise.all([sshd.stop(), bastion.stop(), outer.stop()])
  await rm(tmp, { recursive: true })
})

type Use = <T>(use: (session: Session) => Promise<T>) => Promise<T>
const sessions: [string, Use][] = [
  ...ways.map((way): [string, Use] => [way.name, (use) => way.reach(endpointOf(sshd), use)]),
  ['local', (use) => reach(makeHost({ transport: 'local' }), use)],
]

describe.each(sessions)('a session over %s', (_name, open) => {
  test('tells output, errors and exit code', async () => {
    const end = await open((session) => runCommand(session, 'echo out; echo err >&2; exit 3'))
    expect(end).toEqual({ exitCode: 3, output: 'out\n', stderr: 'err\n' })
  })

  test('tells an exit code of 255 from a signal', async () => {
    const ends = await open(async (session) => [
      await runCommand(session, 'exit 255'),
      await runCommand(session, 'kill -9 $$'),
    ])
    expect(ends).toEqual([
      { exitCode: 255, output: '', stderr: '' },
      { exitCode: null, output: '', stderr: '' },
    ])
  })

  test('takes 200 KB of input, every byte of it, and closes it', async () => {
    const input = Array.from({ length: 100_000 }, (_, index) => String.fromCharCode(1 + (index % 0xff))).join('')
    const end = await open((session) => runCommand(session, 'cat; echo end', { input }))
    expect(end.exitCode).toBe(0)
    expect(end.output).toBe(`${input}end\n`)
  })

  test('gives every byte as it was', async () => {
    const pieces: Buffer[] = []
    const command = 'i=0; while [ $i -lt 256 ]; do printf "\\\\$(printf %03o $i)"; i=$((i + 1)); done'
    await open((session) => runCommand(session, command, { onOutput: (piece) => pieces.push(piece) }))
    expect(Buffer.concat(pieces)).toEqual(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)))
  })

  test('keeps 10 MB in order, and cuts what is more than may be at the exact byte', async () => {
    const [whole, cut] = await open(async (session) => [
      await runCommand(session, 'seq 1 1400000'),
      await runCommand(session, 'seq 1 1400000', { maxBytes: 100_001 }),
    ])
    expect(whole.exitCode).toBe(0)
    expect(whole.output.length).toBe(10_088_896)
    expect(whole.output.endsWith('1399999\n1400000\n')).toBe(true)
    expect(cut).toEqual({
      exitCode: null,
      output: whole.output.slice(0, 100_001),
      stderr: '',
      cut: 'too-much-output',
    })
  })

  test('keeps the first 4 KiB of standard error', async () => {
    const end = await open((session) => runCommand(session, "yes 'aé' | head -c 100000 >&2; echo done"))
    expect(end).toEqual({ exitCode: 0, output: 'done\n', stderr: 'aé\n'.repeat(1024) })
  })

  test('runs several commands at once', async () => {
    const outputs = await open((session) =>
      Promise.all([1, 2, 3, 4].map(async (n) => (await runCommand(session, `sleep 0.1; echo ${n}`)).output)),
    )
    expect(outputs).toEqual(['1\n', '2\n', '3\n', '4\n'])
  })

  test('passes a command on as it is', async () => {
    const end = await open((session) => runCommand(session, `printf '%s|' 'a  b' "c'd" -- -x '$HOME' '\\'`))
    expect(end.output).toBe("a  b|c'd|--|-x|$HOME|\\|")
  })

  test('gives a command up at its deadline, and goes on', async () => {
    const [cut, next] = await open(async (session) => [
      await runCommand(session, 'echo first; sleep 60', { timeoutMs: 2000 }),
      await runCommand(session, 'echo still here'),
    ])
    expect(cut).toEqual({ exitCode: null, output: 'first\n', stderr: '', cut: 'deadline' })
    expect(next.output).toBe('still here\n')
  })

  test('gives a command up when the signal aborts', async () => {
    const controller = new AbortController()
    const end = await open((session) => {
      const onOutput = () => controller.abort()
      return runCommand(session, 'echo started; sleep 60', { signal: controller.signal, onOutput })
    })
    expect(end).toEqual({ exitCode: null, output: '', stderr: '', cut: 'aborted' })
  })

  test('ends what runs when it is closed, and runs nothing after', async () => {
    const [end, never] = await open(async (session) => [
      await runCommand(session, 'echo started; sleep 60', { onOutput: () => session.close() }),
      await runCommand(session, 'echo never'),
    ])
    const lost = { exitCode: null, output: '', stderr: '', cut: 'connection-lost' }
    expect([end, never]).toEqual([lost, lost])
  })
})

describe.each(ways)('reaching a host over $name', (way) => {
  const fail = async (changes: Partial<Host>, signal?: AbortSignal): Promise<ConnectFailure> => {
    const failure = await way.reach(changes, async () => undefined, signal).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ConnectFailure)
    if (failure instanceof ConnectFailure) return failure
    throw failure
  }
  const timeouts = { connectMs: 1500, commandMs: 30_000, hostMs: 60_000 }

  test('a host key that is not known is refused, with the way to accept it', async () => {
    const file = join(await makeFolder(), 'known')
    const failure = await fail({ ...endpointOf(sshd), knownHostsFiles: [file] })
    const print = await readFingerprint(join(sshd.folder, 'host_ed25519.pub'))
    expect(failure).toMatchObject({ reason: 'host-key-unknown', phase: 'host-key', hop })
    expect(failure.message).toBe(`${hop} shows the ssh-ed25519 key ${print}, which is not known yet`)
    expect(failure.mend).toBe(
      `compare the fingerprint, then: ssh-keyscan -p ${sshd.port} -t ed25519 127.0.0.1 >> ${file}`,
    )
  })

  test.each(['strict', 'accept-new', 'off'] as const)(
    'a key that changed is refused with hostKeys: %s',
    async (hostKeys) => {
      const file = join(await makeFolder(), 'known')
      await writeFile(file, `# old\n[127.0.0.1]:${sshd.port} ${await bastion.hostKey('ed25519')}`)
      const failure = await fail({ ...endpointOf(sshd), knownHostsFiles: [file], hostKeys })
      const print = await readFingerprint(join(sshd.folder, 'host_ed25519.pub'))
      expect(failure).toMatchObject({ reason: 'host-key-changed', phase: 'host-key', hop })
      expect(failure.message).toBe(
        `${hop} shows the ssh-ed25519 key ${print}, but another key of that type is known in ${file}:2`,
      )
      expect(failure.mend).toBe(
        `only if the server was set up anew: ssh-keygen -R '[127.0.0.1]:${sshd.port}' -f ${file}`,
      )
      expect(await readFile(file, 'utf8')).toMatch(/^# old\n\S+ ssh-ed25519 \S+ test\n$/)
    },
  )

  test('a key that is revoked is refused', async () => {
    const file = join(await makeFolder(), 'known')
    await writeFile(file, `@revoked * ${await sshd.hostKey('ed25519')}`)
    const failure = await fail({ ...endpointOf(sshd), knownHostsFiles: [file], hostKeys: 'accept-new' })
    const print = await readFingerprint(join(sshd.folder, 'host_ed25519.pub'))
    expect(failure).toMatchObject({ reason: 'host-key-changed', phase: 'host-key' })
    expect(failure.message).toBe(`${hop} shows the ssh-ed25519 key ${print}, which is revoked in ${file}:1`)
  })

  test('a new key is stored with accept-new, unless another type is known', async () => {
    const file = join(await makeFolder(), 'known')
    const host: Endpoint = { ...endpointOf(sshd), knownHostsFiles: [file], hostKeys: 'accept-new' }
    await way.reach(host, async () => undefined)
    const key = (await sshd.hostKey('ed25519')).split(' ').slice(0, 2).join(' ')
    expect(await readFile(file, 'utf8')).toBe(`[127.0.0.1]:${sshd.port} ${key}\n`)
    const rsa = `[127.0.0.1]:${sshd.port} ${await bastion.hostKey('rsa')}`
    await writeFile(file, rsa)
    expect(await fail(host)).toMatchObject({ phase: 'host-key' })
    expect(await readFile(file, 'utf8')).toBe(rsa)
  })

  test('with off, nothing is stored', async () => {
    const file = join(await makeFolder(), 'known')
    await way.reach({ ...endpointOf(sshd), knownHostsFiles: [file], hostKeys: 'off' }, async () => undefined)
    await expect(readFile(file)).rejects.toThrow('ENOENT')
  })

  test('a key that is known is the one that is asked for, and its name may be without the port', async () => {
    const file = join(await makeFolder(), 'known')
    await writeFile(file, `127.0.0.1 ${await sshd.hostKey('rsa')}`)
    await way.reach({ ...endpointOf(sshd), knownHostsFiles: [file] }, async () => undefined)
  })

  test('a refused login says what was offered, and what the server allows', async () => {
    const strict = await startSshd({ settings: ['PasswordAuthentication no', 'KbdInteractiveAuthentication no'] })
    const key = await makeKey(join(await makeFolder(), 'stranger'))
    const failure = await fail({ ...endpointOf(strict), identityFiles: [key] }).finally(strict.stop)
    const { user } = endpointOf(strict)
    const print = await readFingerprint(`${key}.pub`)
    expect(failure).toMatchObject({ reason: 'auth', phase: 'auth', hop: `${user}@127.0.0.1:${strict.port}` })
    expect(failure.message).toBe(
      `${user}@127.0.0.1:${strict.port} refused every key: ssh-ed25519 ${print} from ${key}; it allows: publickey`,
    )
    expect(failure.mend).toBe(
      `see that the user is right, then ssh-copy-id -F none -p ${strict.port} ${user}@127.0.0.1`,
    )
  })

  test('too many keys are named', async () => {
    const strict = await startSshd({ settings: ['MaxAuthTries 2'] })
    const folder = await makeFolder()
    const files = await Promise.all([1, 2, 3].map((n) => makeKey(join(folder, `key${n}`))))
    const failure = await fail({ ...endpointOf(strict), identityFiles: files }).finally(strict.stop)
    expect(failure).toMatchObject({ reason: 'auth', phase: 'auth' })
    expect(failure.message).toContain(' hung up after too many tries (MaxAuthTries); offered: ssh-ed25519 SHA256:')
    expect(failure.mend).toBe('name the right key with identityFile, and it is offered first')
  })

  test('a port where nothing listens is refused', async () => {
    const port = await findFreePort()
    const failure = await fail({ user: 'ops', port })
    expect(failure).toMatchObject({ reason: 'refused', phase: 'connect' })
    expect(failure.message).toBe(
      `ops@127.0.0.1:${port} refused the connection: nothing listens there, or a firewall rejects it`,
    )
  })

  test('a name that is not known has no address', async () => {
    const failure = await fail({ user: 'ops', address: 'no..such..host' })
    expect(failure).toMatchObject({ reason: 'dns', phase: 'resolve', hop: 'ops@no..such..host:22' })
    expect(failure.message).toBe('ops@no..such..host:22 has no address: its name is not known')
  })

  test('a silent port meets the deadline of connecting', async () => {
    const silent = await startTcpServer(() => {})
    const failure = await fail({ user: 'ops', port: silent.port, timeouts }).finally(silent.stop)
    expect(failure).toMatchObject({ reason: 'no-banner', phase: 'banner', limit: 'connect' })
    expect(failure.message).toBe(
      `ops@127.0.0.1:${silent.port} accepted the connection and sent no SSH banner in 1.5 s (--timeout-connect)`,
    )
  })

  test('a server that goes silent after its banner meets the deadline of the handshake', async () => {
    const silent = await startTcpServer((socket) => socket.write('SSH-2.0-silent\r\n'))
    const slow = { ...timeouts, connectMs: 20_000, handshakeMs: 1000 }
    const failure = await fail({ user: 'ops', port: silent.port, timeouts: slow }).finally(silent.stop)
    expect(failure).toMatchObject({ reason: 'timeout', phase: 'handshake', limit: 'handshake' })
    expect(failure.message).toBe(
      `ops@127.0.0.1:${silent.port} took over 1 s (--timeout-handshake): given up while keys were exchanged`,
    )
  })

  test('something else than SSH is quoted', async () => {
    const web = await startTcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    )
    const failure = await fail({ user: 'ops', port: web.port }).finally(web.stop)
    expect(failure).toMatchObject({ reason: 'protocol', phase: 'banner', mend: 'see which service has that port' })
    expect(failure.message).toBe(`ops@127.0.0.1:${web.port} answers, but not with SSH: "HTTP/1.1 400 Bad Request"`)
  })

  test('a server that is full may be tried again', async () => {
    const full = await startTcpServer((socket) => socket.end('Exceeded MaxStartups\r\n'))
    const failure = await fail({ user: 'ops', port: full.port }).finally(full.stop)
    expect(failure).toMatchObject({ reason: 'closed', phase: 'banner', transient: 'busy' })
    expect(failure.message.replace(/ \(tried \d times\)$/, '')).toBe(
      `ops@127.0.0.1:${full.port} closed the connection while its SSH banner was awaited: "Exceeded MaxStartups"`,
    )
  })

  test('an abort ends the attempt', async () => {
    const silent = await startTcpServer(() => {})
    const controller = new AbortController()
    const failing = fail({ user: 'ops', port: silent.port }, controller.signal)
    setTimeout(() => controller.abort(), 300)
    const failure = await failing.finally(silent.stop)
    expect(failure).toMatchObject({ reason: 'timeout' })
    expect(failure.message).toMatch(/^ops@127\.0\.0\.1:\d+ was given up while /)
  })

  test('a connection that is cut ends the command, and the session', async () => {
    const sockets: Socket[] = []
    const relay = await startTcpServer((socket) => {
      sockets.push(socket)
      const far = connectTcp(sshd.port, '127.0.0.1').on('error', () => {})
      socket.pipe(far).pipe(socket)
    })
    const file = join(await makeFolder(), 'known')
    await writeFile(file, `[127.0.0.1]:${relay.port} ${await sshd.hostKey('ed25519')}`)
    const host = { ...endpointOf(sshd), port: relay.port, knownHostsFiles: [file] }
    const ends = await way
      .reach(host, async (session) => {
        let output = ''
        const cut = (piece: Buffer) => {
          output += piece
          if (output.includes('up\n')) sockets[0]?.destroy()
        }
        const end = await runCommand(session, 'echo up; sleep 60', { onOutput: cut })
        return [end, await runCommand(session, 'echo again')]
      })
      .finally(relay.stop)
    const lost = { exitCode: null, output: '', stderr: '', cut: 'connection-lost' }
    expect(ends).toEqual([lost, lost])
  })

  test('a server without a place for another session says so', async () => {
    const strict = await startSshd({ settings: ['MaxSessions 1'] })
    const end = await way
      .reach(endpointOf(strict), async (session) => {
        const second = { end: undefined as Awaited<ReturnType<typeof runCommand>> | undefined }
        const stop = new AbortController()
        await runCommand(session, 'echo started; sleep 60', {
          signal: stop.signal,
          onOutput: () => {
            void runCommand(session, 'echo never').then((result) => {
              second.end = result
              stop.abort()
            })
          },
        })
        return second.end
      })
      .finally(strict.stop)
    expect(end).toMatchObject({ exitCode: null, output: '', cut: 'refused' })
    expect(end?.stderr).toMatch(/^the server did not run the command: .*(open failed|Session open refused by peer)$/)
  })

  test('a host is reached through a jump host, and through two', async () => {
    const through = { ...endpointOf(bastion), sshConfigFile: 'none' }
    const far = { ...through, jump: { ...endpointOf(outer), sshConfigFile: 'none' } }
    for (const jump of [through, far]) {
      const end = await way.reach({ ...endpointOf(sshd), jump }, (session) =>
        runCommand(session, 'echo $SSH_CONNECTION; exit 4'),
      )
      expect(end.exitCode).toBe(4)
      expect(end.output).toContain(` 127.0.0.1 ${sshd.port}\n`)
    }
    expect(outer.log.filter((line) => line.includes('Accepted publickey')).length).toBeGreaterThan(0)
  })

  test('what the jump host cannot reach is the failure of the host behind it', async () => {
    const port = await findFreePort()
    const jump = { ...endpointOf(bastion), sshConfigFile: 'none' }
    const failure = await fail({ ...endpointOf(sshd), port, jump })
    const { user } = jump
    expect(failure).toMatchObject({ reason: 'refused', phase: 'connect', hop: `${user}@127.0.0.1:${port}` })
    expect(failure.message).toBe(
      `${user}@127.0.0.1:${port} cannot be reached from jump host ${user}@127.0.0.1:${bastion.port}: Connection refused`,
    )
  })

  test('a jump host that may not forward says what to allow', async () => {
    const strict = await startSshd({ settings: ['AllowTcpForwarding no'] })
    const jump = { ...endpointOf(strict), sshConfigFile: 'none' }
    const failure = await fail({ ...endpointOf(sshd), jump }).finally(strict.stop)
    const at = `${jump.user}@127.0.0.1:${strict.port}`
    expect(failure).toMatchObject({ reason: 'jump', phase: 'channel', hop: at })
    expect(failure.message).toBe(`jump host ${at} does not forward to 127.0.0.1:${sshd.port}: open failed`)
    expect(failure.mend).toBe('allow it in the sshd_config of the jump host: AllowTcpForwarding yes, and PermitOpen')
  })

  test('a silent server behind a jump host meets the deadline', async () => {
    const silent = await startTcpServer(() => {})
    const jump = { ...endpointOf(bastion), sshConfigFile: 'none' }
    const failure = await fail({ user: 'ops', port: silent.port, jump, timeouts }).finally(silent.stop)
    expect(failure).toMatchObject({ reason: 'no-banner', phase: 'banner', hop: `ops@127.0.0.1:${silent.port}` })
  })

  test('nothing is left once all is closed, failures included', async () => {
    const silent = await startTcpServer(() => {})
    await way.reach(endpointOf(sshd), (session) => runCommand(session, 'echo; sleep 60', { timeoutMs: 300 }))
    await way.reach({ ...endpointOf(sshd), jump: { ...endpointOf(bastion), sshConfigFile: 'none' } }, (session) =>
      runCommand(session, 'true'),
    )
    await fail({ user: 'ops', port: silent.port, timeouts: { ...timeouts, connectMs: 300 } }).finally(silent.stop)
    await fail({ ...endpointOf(sshd), identityFiles: [], knownHostsFiles: [] })
    await vi.waitFor(async () => expect(await countLeftovers()).toEqual({ processes: 0, folders: 0 }), {
      timeout: 10_000,
      interval: 50,
    })
  })
})

/** The children of this process and of nobody, and the folders for sockets. */
async function countLeftovers(): Promise<{ processes: number; folders: number }> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')))
  const ports = [sshd.port, bastion.port].map(String)
  const processes = commands.filter(
    (words) => /^(ssh|\/bin\/sh)\0/.test(words) && ports.some((port) => words.includes(port)),
  )
  const folders = (await readdir(tmp)).filter((name) => name.startsWith('fleetdx-link-'))
  return { processes: processes.length, folders: folders.length }
}
