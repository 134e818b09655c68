import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fleetdx } from '../support/fleetdx.js'
import { makeFolder } from '../support/sshd.js'

let cwd: string
beforeAll(async () => {
  cwd = await makeFolder()
})

const run = (...words: string[]) => fleetdx(words, { cwd, env: { HOME: cwd, FLEETDX_INVENTORY: '' } })

describe('a word that means nothing', () => {
  it.each([
    [['chekc'], "unknown command 'chekc'\n  did you mean check?"],
    [['frobnicate'], "unknown command 'frobnicate'\n  fleetdx --help lists the commands"],
    [['check', '--formt', 'json'], "unknown option '--formt'\n  did you mean --format?"],
    [['check', '--frobnicate'], "unknown option '--frobnicate'\n  fleetdx COMMAND --help lists the options"],
    [
      ['check', '--format', 'xml'],
      "option '--format <format>' argument 'xml' is invalid. Allowed choices are table, plain, json, ndjson, csv, markdown, html, junit, prometheus, nagios, github.",
    ],
    [
      ['check', '--jobs', '0'],
      "option '-j, --jobs <number>' argument '0' is invalid. It must be a whole number from 1 to 1024.",
    ],
    [['check', '--jobs'], "option '-j, --jobs <number>' argument missing"],
    [
      ['check', '--timeout-run', '5x'],
      "option '--timeout-run <duration>' argument '5x' is invalid. It must be a duration from 1ms to 24h; write 10s, 500ms or 2m, or a plain number of seconds.",
    ],
    [['plan', '--forced-command', '--hash'], "option '--forced-command' cannot be used with option '--hash'"],
    [['demo', 'web01'], "too many arguments for 'demo'. Expected 0 arguments but got 1."],
  ])('%j is refused', async (words, complaint) => {
    expect(await run(...words)).toEqual({ exitCode: 2, stdout: '', stderr: `fleetdx: ${complaint}\n` })
  })
})

it('tells its version', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await run('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' })
  expect(await run('-V')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' })
})

const firstSteps = `First steps:
  fleetdx demo                 see it work: needs no server
  fleetdx check user@host      look at one host
  fleetdx check                look at every host of ./inventory.yaml
  fleetdx ping                 see whether they can be reached at all
  fleetdx check --help         all options, and the exit codes
`

it('explains itself, and how to begin', async () => {
  const { exitCode, stdout, stderr } = await run('--help')
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain('Usage: fleetdx [options] [command]\n')
  expect(stdout.endsWith(firstSteps)).toBe(true)
  expect(await run('help')).toEqual({ exitCode: 0, stdout, stderr: '' })
})

it('explains itself on standard error when nothing is asked for', async () => {
  const { exitCode, stdout, stderr } = await run()
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr.endsWith(firstSteps)).toBe(true)
})

it('lists the exit codes of a check, in no more than 80 columns', async () => {
  const { exitCode, stdout } = await run('check', '--help')
  expect(exitCode).toBe(0)
  expect(stdout).toContain(`Exit codes:
  0    all hosts are healthy, or what is wrong is waived
  1    a host is degraded or broken
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    nothing broken was seen, but a host is unreachable or unknown
  130  interrupted (Ctrl-C)
`)
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
})

it('quotes a file of somebody else without what would move the cursor', async () => {
  const file = join(cwd, 'hostile.yaml')
  await writeFile(file, 'hosts:\n  "web\\e[31m\\u202e1": {}\n')
  const { stderr, exitCode } = await run('hosts', '-i', file)
  expect(stderr).toContain("'web1' cannot be a name")
  expect(exitCode).toBe(2)
})
