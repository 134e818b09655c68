import { execFile, spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Connection } from 'ssh2'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type OddServer, startSshServer } from '../support/odd-servers.js'
import { installPackage } from '../support/packages.js'
import { failToReach, reach, runCommand } from '../support/reach.js'
import { endpointOf, findFreePort, makeFolder, makeHost, makeKey, startSshd } from '../support/sshd.js'

const run = promisify(execFile)
const started: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
})

describe('an OpenSSH server', () => {
  async function serve(settings: string[]) {
    const sshd = await startSshd({ settings })
    started.push(sshd)
    return makeHost(endpointOf(sshd))
  }

  test('of one session at a time runs one command after the other', async () => {
    const host = await serve(['MaxSessions 1'])
    const outputs = await reach(host, async (session) => {
      const all: string[] = []
      for (let index = 0; index < 20; index++) all.push((await runCommand(session, `echo ${index}`)).output)
      return all
    })
    expect(outputs).toEqual(Array.from({ length: 20 }, (_, index) => `${index}\n`))
  })

  test('of no session at all says so in place of running a command', async () => {
    const host = await serve(['MaxSessions 0'])
    const end = await reach(host, (session) => runCommand(session, 'echo no'))
    expect(end).toMatchObject({ cut: 'refused', output: '' })
    expect(end.stderr).toBe('the server did not run the command: (SSH) Channel open failure: open failed')
  })

  test('with a long banner is logged in to, and nothing of it is shown', async () => {
    const banner = join(await makeFolder(), 'banner')
    await writeFile(banner, 'Authorized use only.\n'.repeat(500))
    const host = await serve([`Banner ${banner}`])
    expect((await reach(host, (session) => runCommand(session, 'echo in'))).output).toBe('in\n')
  })

  test('that lets only others in is told as a refusal', async () => {
    const host = await serve(['AllowUsers nobody-here'])
    const failure = await failToReach(host)
    expect(failure).toMatchObject({ reason: 'auth', phase: 'auth' })
    expect(failure.message).toMatch(
      / refused every key: ssh-ed25519 SHA256:\S+ from \S+; it allows: publickey, password, keyboard-interactive$/,
    )
  })
})

describe('dropbear', () => {
  /** Its keys for hosts are made by itself, and it reads only ~/.ssh/authorized_keys. */
  async function startDropbear() {
    installPackage('dropbear-bin', '/usr/sbin/dropbear')
    const folder = await makeFolder()
    const port = await findFreePort()
    const hostKey = join(folder, 'host')
    await run('dropbearkey', ['-t', 'ed25519', '-f', hostKey])
    const identityFile = await makeKey(join(folder, 'identity'))
    await mkdir(join(folder, 'home'))
    const { stdout } = await run('dropbearkey', ['-y', '-f', hostKey])
    // sample: ssh-ed25519 AAAAC3… root@web1
    const [, publicKey = ''] = /^(ssh-ed25519 \S+)/m.exec(stdout) ?? []
    const knownHosts = join(folder, 'known_hosts')
    await writeFile(knownHosts, `[127.0.0.1]:${port} ${publicKey}\n`)
    return { folder, port, hostKey, identityFile, knownHosts }
  }

  test('is logged in to and runs commands, twice over one connection', async () => {
    const { folder, port, hostKey, identityFile, knownHosts } = await startDropbear()
    const user = `fxdb${process.pid}`
    const home = join(folder, 'home')
    await run('useradd', ['-M', '-d', home, '-s', '/bin/sh', user])
    try {
      await mkdir(join(home, '.ssh'), { mode: 0o700 })
      await writeFile(join(home, '.ssh', 'authorized_keys'), await readFile(`${identityFile}.pub`), { mode: 0o600 })
      await run('chmod', ['755', folder])
      await run('chown', ['-R', user, home])
      const server = spawn('dropbear', [
        '-F',
        '-E',
        '-s',
        '-r',
        hostKey,
        '-p',
        `127.0.0.1:${port}`,
        '-P',
        join(folder, 'pid'),
      ])
      const ended = new Promise((resolve) => server.once('exit', resolve))
      const stop = async () => {
        server.kill()
        await ended
      }
      started.push({ stop })
      const log: string[] = []
      server.stderr.on('data', (piece) => log.push(String(piece)))
      await vi.waitFor(() => expect(log.join('')).toContain('Not backgrounding'))
      const host = makeHost({ user, port, identityFiles: [identityFile], knownHostsFiles: [knownHosts] })
      const ends = await reach(host, async (session) => [
        await runCommand(session, 'cat; exit 3', { input: 'x'.repeat(200_000) }),
        await runCommand(session, 'id -un'),
      ])
      expect(ends[0]).toMatchObject({ exitCode: 3, output: 'x'.repeat(200_000) })
      expect(ends[1]).toMatchObject({ exitCode: 0, output: `${user}\n` })
    } finally {
      await run('userdel', [user])
    }
  })
})

describe('a server that misbehaves', () => {
  async function serve(behave: (client: Connection) => void) {
    const server: OddServer & { hostKey: Buffer } = await startSshServer({}, (client) => {
      client.on('authentication', (context) => context.accept())
      behave(client)
    })
    started.push(server)
    const folder = await makeFolder()
    const knownHosts = join(folder, 'known_hosts')
    await writeFile(knownHosts, `[127.0.0.1]:${server.port} ecdsa-sha2-nistp256 ${server.hostKey.toString('base64')}\n`)
    const identityFiles = [await makeKey(join(folder, 'key'))]
    return makeHost({ user: userInfo().username, port: server.port, identityFiles, knownHostsFiles: [knownHosts] })
  }

  test('by refusing the second channel is told what the second command met', async () => {
    let channels = 0
    const host = await serve((client) =>
      client.on('session', (accept, reject) => {
        channels += 1
        if (channels > 1) return reject()
        accept().on('exec', (acceptExec) => {
          const channel = acceptExec()
          channel.write('one\n')
          channel.exit(0)
          channel.end()
        })
      }),
    )
    const ends = await reach(host, async (session) => [
      await runCommand(session, 'first'),
      await runCommand(session, 'second'),
    ])
    expect(ends[0]).toMatchObject({ exitCode: 0, output: 'one\n' })
    expect(ends[1]).toMatchObject({ exitCode: null, cut: 'refused' })
  })

  test('by never answering the request for a channel meets the deadline of the command', async () => {
    const host = await serve((client) => client.on('session', () => {}))
    const end = await reach(host, (session) => runCommand(session, 'echo', { timeoutMs: 300 }))
    expect(end).toMatchObject({ exitCode: null, cut: 'deadline' })
  })

  test('by hanging up in the middle of the output keeps what had come', async () => {
    const host = await serve((client) =>
      client.on('session', (accept) => {
        accept().on('exec', (acceptExec) => {
          acceptExec().write('half of a li', () => client.end())
        })
      }),
    )
    const end = await reach(host, (session) => runCommand(session, 'anything'))
    expect(end).toMatchObject({ exitCode: null, cut: 'connection-lost', output: 'half of a li' })
  })
})
