import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../src/inventory/host.js'
import { reach, runCommand } from '../support/reach.js'
import { endpointOf, makeHost, type Sshd, startSshd } from '../support/sshd.js'

let sshd: Sshd
beforeAll(async () => {
  sshd = await startSshd()
})
afterAll(() => sshd.stop())

const transports: [string, () => Host][] = [
  ['ssh2', () => makeHost(endpointOf(sshd))],
  ['local', () => makeHost({ transport: 'local' })],
]

describe.each(transports)('a session over %s', (_name, host) => {
  test('runs a command and tells its output, its errors and its exit code', async () => {
    const end = await reach(host(), (session) => runCommand(session, 'echo out; echo err >&2; exit 3'))
    expect(end).toEqual({ exitCode: 3, output: 'out\n', stderr: 'err\n' })
  })

  test('writes the input and closes it', async () => {
    const input = 'é'.repeat(300_000)
    const end = await reach(host(), (session) => runCommand(session, 'cat; echo end', { input }))
    expect(end.exitCode).toBe(0)
    expect(end.output).toBe(`${input}end\n`)
  })

  test('does not mind a command that leaves its input unread', async () => {
    const end = await reach(host(), (session) => runCommand(session, 'exit 0', { input: 'x'.repeat(3_000_000) }))
    expect(end).toEqual({ exitCode: 0, output: '', stderr: '' })
  })

  test('runs several commands, at once and one after the other', async () => {
    const outputs = await reach(host(), async (session) => {
      const pair = await Promise.all([runCommand(session, 'echo 1'), runCommand(session, 'echo 2')])
      return [...pair, await runCommand(session, 'echo 3')].map(({ output }) => output)
    })
    expect(outputs).toEqual(['1\n', '2\n', '3\n'])
  })

  test('has no exit code for a command that a signal ended', async () => {
    const end = await reach(host(), (session) => runCommand(session, 'kill -9 $$'))
    expect(end).toEqual({ exitCode: null, output: '', stderr: '' })
  })

  test('keeps the first 4 KiB of standard error, whole characters only', async () => {
    const end = await reach(host(), (session) => runCommand(session, "yes 'aé' | head -c 1000000 >&2; echo done"))
    expect(end.stderr).toBe('aé\n'.repeat(1024))
    const odd = await reach(host(), (session) => runCommand(session, "printf x >&2; yes 'éé' | head -c 9000 >&2"))
    expect(odd.stderr).toBe(`x${'éé\n'.repeat(819)}`)
    expect(odd.stderr).not.toContain('\ufffd')
  })

  test('keeps 30 MB of output in order', async () => {
    const end = await reach(host(), (session) => runCommand(session, 'seq 1 4000000'))
    expect(end.exitCode).toBe(0)
    expect(end.output.length).toBe(30_888_896)
    expect(end.output.endsWith('3999999\n4000000\n')).toBe(true)
  })

  test('cuts a command at its deadline and keeps what had come', async () => {
    const end = await reach(host(), (session) => runCommand(session, 'echo first; sleep 60', { timeoutMs: 2000 }))
    expect(end).toEqual({ exitCode: null, output: 'first\n', stderr: '', cut: 'deadline' })
  })

  test('cuts a command that writes too much, at the exact byte', async () => {
    const end = await reach(host(), (session) => runCommand(session, 'yes', { maxBytes: 100_001 }))
    expect(end.cut).toBe('too-much-output')
    expect(end.output).toBe(`${'y\n'.repeat(50_000)}y`)
  })

  test('does not cut a command that writes exactly its limit', async () => {
    const end = await reach(host(), (session) => runCommand(session, 'printf 12345', { maxBytes: 5 }))
    expect(end).toEqual({ exitCode: 0, output: '12345', stderr: '' })
  })

  test('gives a command up when the signal aborts', async () => {
    const controller = new AbortController()
    const end = await reach(host(), (session) => {
      const onOutput = () => controller.abort()
      return runCommand(session, 'echo started; sleep 60', { signal: controller.signal, onOutput })
    })
    expect(end).toEqual({ exitCode: null, output: '', stderr: '', cut: 'aborted' })
  })

  test('starts nothing when the signal was aborted before', async () => {
    const end = await reach(host(), (session) => runCommand(session, 'echo never', { signal: AbortSignal.abort() }))
    expect(end).toEqual({ exitCode: null, output: '', stderr: '', cut: 'aborted' })
  })

  test('goes on after a command that was cut', async () => {
    const end = await reach(host(), async (session) => {
      await runCommand(session, 'sleep 60', { timeoutMs: 50 })
      return runCommand(session, 'echo still here')
    })
    expect(end.output).toBe('still here\n')
  })

  test('ends its running command as connection-lost when it is closed, twice without harm', async () => {
    const end = await reach(host(), (session) => {
      const close = () => {
        session.close()
        session.close()
      }
      return runCommand(session, 'echo started; sleep 60', { onOutput: close })
    })
    expect(end).toEqual({ exitCode: null, output: '', stderr: '', cut: 'connection-lost' })
  })

  test('runs nothing after it is closed', async () => {
    const end = await reach(host(), (session) => {
      session.close()
      return runCommand(session, 'echo never')
    })
    expect(end).toEqual({ exitCode: null, output: '', stderr: '', cut: 'connection-lost' })
  })
})

test('a local command that is cut leaves no process behind', async () => {
  const end = await reach(makeHost({ transport: 'local' }), async (session) => {
    const cut = await runCommand(session, 'sleep 60 & echo $!; wait', { timeoutMs: 2000 })
    // A zombie has ended; when it is collected is up to init.
    const status = `/proc/${cut.output.trim()}/status`
    return runCommand(session, `while grep -qs 'State:[[:space:]]*[^Z]' ${status}; do sleep 0.05; done; echo gone`)
  })
  expect(end.output).toBe('gone\n')
})
