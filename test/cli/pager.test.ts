import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, expect, it } from 'vitest'
import { fleetdx } from '../support/fleetdx.js'
import { hostRecord, runRecord } from '../support/record.js'
import { openTerminal } from '../support/terminal.js'

/** A run whose report is higher than the terminal of the tests, which has 50 rows. */
let run: string
beforeAll(() => {
  run = join(mkdtempSync(join(tmpdir(), 'fleetdx-')), 'run.json')
  const hosts = Array.from({ length: 100 }, (_, index) => hostRecord({ name: `web${index}` }))
  writeFileSync(run, JSON.stringify(runRecord(hosts)))
})

const report = (words: string[], env: NodeJS.ProcessEnv) =>
  openTerminal(['report', run, '--all', ...words], { env: { PAGER: undefined, LESS: undefined, ...env } }).ended

it('shows what is higher than the terminal through the pager', async () => {
  const { exitCode, output } = await report([], {
    FLEETDX_PAGER: 'sed -n "s/^web99 /paged &/p;s/.*hosts: .*/$LESS/p"',
    PAGER: 'x',
  })
  expect(exitCode).toBe(0)
  expect(stripVTControlCharacters(output)).toMatch(/^paged web99 .*\r\nFRX\r\n$/)
})

it('has less take it for UTF-8, whatever the locale', async () => {
  const FLEETDX_PAGER = 'sed -n "s/.*hosts: .*/$LESSCHARSET/p"'
  const { output } = await report([], { FLEETDX_PAGER, LANG: 'en_XX.UTF-8' })
  expect(stripVTControlCharacters(output)).toBe('utf-8\r\n')
  const own = await report([], { FLEETDX_PAGER, LESSCHARSET: 'ascii' })
  expect(stripVTControlCharacters(own.output)).toBe('ascii\r\n')
})

it('shows what fits, or goes elsewhere, without', async () => {
  const pager = { FLEETDX_PAGER: 'echo paged' }
  expect((await openTerminal(['report', run], { env: pager }).ended).output).not.toContain('paged')
  expect((await fleetdx(['report', run, '--all'], { env: pager })).stdout).not.toContain('paged')
})

it.each([
  ['--no-pager', ['--no-pager'], { FLEETDX_PAGER: 'echo paged' }],
  ['cat', [], { PAGER: 'cat' }],
  ['an empty one', [], { FLEETDX_PAGER: '', PAGER: 'echo paged' }],
  ['one that is not there', [], { PAGER: 'no-such-pager' }],
  ['a dumb terminal', [], { PAGER: 'echo paged', TERM: 'dumb' }],
])('does without a pager: %s', async (_, words, env) => {
  const { exitCode, output } = await report(words, env)
  expect(exitCode).toBe(0)
  expect(output).toContain('100 hosts: ')
  expect(output).not.toContain('paged')
})

it('takes no offence at a pager that ends early', async () => {
  const { exitCode, output } = await report([], { PAGER: 'head -1' })
  expect(exitCode).toBe(0)
  expect(stripVTControlCharacters(output)).toMatch(/^HOST .*\r\n$/)
})

it('leaves Ctrl-C to the pager, and ends as ever after it', async () => {
  const FLEETDX_PAGER = 'sleep 60 & trap "kill $!; echo heard" INT; echo ready; wait'
  const terminal = openTerminal(['report', run, '--all'], { env: { FLEETDX_PAGER } })
  await terminal.shows('ready')
  terminal.type('\x03')
  await terminal.shows('heard')
  expect((await terminal.ended).exitCode).toBe(0)
})
