import { userInfo } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/exit-code.js'
import { type RunRecord, runRecordSchema } from '../../src/record.js'
import { fleetdx } from '../support/fleetdx.js'
import { writeInventory } from '../support/inventory.js'
import { closeInTheMiddle, drip, type OddHost, sendGarbage, sendGigabyte, startOddHost } from '../support/odd-hosts.js'
import { startTcpServer } from '../support/odd-servers.js'
import { type Sshd, startSshd } from '../support/sshd.js'

let honest: Sshd
let odd: Record<'garbage' | 'gigabyte' | 'drip' | 'middle', OddHost>
let inventory: string
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  honest = await startSshd()
  odd = {
    garbage: await startOddHost(sendGarbage),
    gigabyte: await startOddHost(sendGigabyte),
    drip: await startOddHost(drip),
    middle: await startOddHost(closeInTheMiddle),
  }
  const web = await startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  stops.push(honest.stop, web.stop, ...Object.values(odd).map(({ stop }) => stop))
  const { garbage, gigabyte, middle } = odd
  inventory = await writeInventory({
    garbage: pick(garbage),
    gigabyte: pick(gigabyte),
    'drip-command': { ...pick(odd.drip), timeouts: { command: '2s' } },
    'drip-host': { ...pick(odd.drip), timeouts: { host: '2s' } },
    middle: pick(middle),
    web: { port: web.port, knownHosts: '' },
    honest: {
      port: honest.port,
      knownHosts: `[127.0.0.1]:${honest.port} ${await honest.hostKey('ed25519')}`,
      user: userInfo().username,
      identityFile: honest.identityFile,
    },
  })
})
afterAll(() => Promise.all(stops.map((stop) => stop())))

const pick = ({ port, knownHosts }: OddHost) => ({ port, knownHosts })

/** A module for node's --import that runs inside of fleetdx. */
const module = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`
// Nothing that a deadline hangs on may be collected.
const collectGarbage = module('setInterval(gc,200).unref()')
const sayMemory = module('process.on("exit",()=>process.stderr.write("kilobytes "+process.resourceUsage().maxRSS))')

function verdicts({ hosts }: RunRecord): Record<string, string> {
  return Object.fromEntries(hosts.map(({ name, status, verdict }) => [name, `${status}: ${verdict}`]))
}

describe('a fleet of hosts that misbehave', () => {
  it('becomes one row each, and the others are as they are', async () => {
    const env = { NODE_OPTIONS: `--expose-gc --import=${collectGarbage} --import=${sayMemory}` }
    const { exitCode, stdout, stderr } = await fleetdx(['check', '-i', inventory, '--format', 'json'], { env })
    const record = runRecordSchema.parse(JSON.parse(stdout))
    const { honest: honestVerdict, web, ...others } = verdicts(record)
    expect(others).toEqual({
      garbage: 'unknown: no answer: the script did not run (exit code 0)',
      gigabyte: 'unknown: no answer: it was far too long',
      'drip-command': 'unknown: no answer: the 2 s for one round on the host were over (--timeout-command)',
      'drip-host': 'unknown: no answer: the 2 s for one host were over (--timeout-host)',
      middle: 'unknown: only 1 section came: the connection was lost',
    })
    expect(web).toMatch(/^unreachable: ops@127\.0\.0\.1:\d+ answers, but not with SSH: "HTTP\/1\.1 400 Bad Request"$/)
    // What this machine serves is not known here; that it was looked at is.
    expect(honestVerdict).not.toMatch(/unreachable|no answer|came/)
    expect(record.hosts.at(-1)).toMatchObject({
      right: { user: userInfo().username },
      facts: { host: { known: true } },
    })
    expect(exitCode).toBe(exitCodeOf(record))
    // sample: kilobytes 102400
    const kilobytes = Number(/kilobytes (\d+)$/.exec(stderr)?.[1])
    expect(kilobytes).toBeLessThan(400 * 1024)
  })

  it('says so in the narrow table too, once for hosts that it is the same of', async () => {
    const words = ['check', '-i', inventory, 'garbage', 'gigabyte', 'drip-command', 'drip-host', 'middle']
    const { exitCode, stdout, stderr } = await fleetdx([...words, '--timeout-command', '2s'], {
      env: { COLUMNS: '80', LC_ALL: 'C.UTF-8' },
    })
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' })
    expect(stdout).toContain('\ngarbage       ')
    const rows = stdout.split('\n').filter((line) => /^(garbage|gigabyte|drip|middle)/.test(line))
    expect(rows.map((row) => row.replace(/( +\?)+$/, '').replace(/ +/, ' '))).toEqual([
      'garbage ? no answer',
      'gigabyte ? no answer',
      'drip-command ? no answer',
      'drip-host ? no answer',
      'middle ? only 1 section came',
    ])
    expect(stdout).toContain('\n? gigabyte: no answer: it was far too long\n')
    expect(stdout).toMatch(/\n5 hosts: 5 unknown — in \d+\.\d s\n$/)
  })

  it('does not hold the run beyond its deadline', async () => {
    const words = ['check', '-i', inventory, 'garbage', 'drip-command', '--timeout-command', '60s', '--format', 'json']
    const { exitCode, stdout } = await fleetdx([...words, '--timeout-run', '3s'])
    const record = runRecordSchema.parse(JSON.parse(stdout))
    expect(exitCode).toBe(3)
    expect(verdicts(record)).toEqual({
      garbage: 'unknown: no answer: the script did not run (exit code 0)',
      'drip-command': 'unknown: not checked: the run ended before',
    })
  })
})
