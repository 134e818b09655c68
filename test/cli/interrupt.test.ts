import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeInventory } from '../support/inventory.js'
import { type OddHost, sendGarbage, startOddHost, staySilent } from '../support/odd-hosts.js'
import { openTerminal } from '../support/terminal.js'

let done: OddHost
let silent: OddHost
let inventory: string
beforeAll(async () => {
  done = await startOddHost(sendGarbage)
  silent = await startOddHost(staySilent)
  const pick = ({ port, knownHosts }: OddHost) => ({ port, knownHosts })
  inventory = await writeInventory({ done: pick(done), slow1: pick(silent), slow2: pick(silent) })
})
afterAll(() => Promise.all([done.stop(), silent.stop()]))

const arrived = /done +\S+ no answer.*\nslow1 +\S+ not checked.*\nslow2 +\S+ not checked/

it('prints at Ctrl-C what had arrived, the rest as not checked, and gives the cursor back', async () => {
  const terminal = openTerminal(['check', '-i', inventory])
  await terminal.shows('1/3 done')
  terminal.type('\x03')
  const { exitCode, output } = await terminal.ended
  const text = output.replaceAll('\r\n', '\n')
  expect(exitCode).toBe(130)
  expect(text).toContain('stopping: printing what has arrived (Ctrl-C again to stop at once)\n')
  expect(text.replaceAll(/\u001b\[[\d;?]*[a-zA-Z]/g, '')).toMatch(arrived)
  expect(text).toMatch(/3 hosts: \S*3 unknown\S* — interrupted after \d+\.\d s\n/)
  // The cursor is hidden while the picture is drawn.
  expect(text.lastIndexOf('\u001b[?25h')).toBeGreaterThan(text.lastIndexOf('\u001b[?25l'))
})

it.each(['SIGINT', 'SIGTERM'] as const)('does the same at %s without a terminal', async (signal) => {
  const program = new URL('../../bin/fleetdx.js', import.meta.url).pathname
  const child = spawn(process.execPath, [program, 'check', '-i', inventory])
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (piece: Buffer) => {
    stdout += piece.toString()
  })
  child.stderr.on('data', (piece: Buffer) => {
    stderr += piece.toString()
    if (/^1\/3 done, /m.test(stderr) && !stderr.includes('stopping')) child.kill(signal)
  })
  const exitCode = await new Promise((resolve) => child.once('close', resolve))
  expect(exitCode).toBe(130)
  expect(stdout).toMatch(arrived)
  expect(stdout).toMatch(/^HOST[\s\S]+\n3 hosts: 3 unknown \S interrupted after \d+\.\d s\n$/)
  expect(stderr).toMatch(
    /^1\/3 done, 1 unknown; slow1 collecting \d\.\d s; slow2 collecting \d\.\d s\nstopping: [^\n]+\n$/,
  )
})

it('ends at once at the second signal', async () => {
  const module = new URL('../../dist/commands/interrupt.js', import.meta.url).href
  const script = `const { onInterrupt } = await import('${module}')
    onInterrupt(() => console.log('stopping'))
    setInterval(() => {}, 1000)
    console.log('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  let said = ''
  child.stdout.on('data', (piece: Buffer) => {
    said += piece.toString()
    child.kill('SIGINT')
  })
  const signal = await new Promise((resolve) => child.once('close', (_code, name) => resolve(name)))
  expect({ said, signal }).toEqual({ said: 'ready\nstopping\n', signal: 'SIGINT' })
})
