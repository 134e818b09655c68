import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type RunRecord, runRecordSchema } from '../../src/record.js'
import { fleetdx } from '../support/fleetdx.js'
import { toOutput } from '../support/outputs.js'
import { readRecording } from '../support/recordings.js'
import { makeFolder } from '../support/sshd.js'

let cwd: string
beforeAll(async () => {
  cwd = await makeFolder()
  await writeFile(join(cwd, 'stopped.txt'), `$ sh look.sh\r\n${toOutput(readRecording('ops', 'pm2-app-stopped'))}$ `)
  await writeFile(join(cwd, 'healthy.log'), toOutput(readRecording('ops', 'healthy')))
  await writeFile(join(cwd, 'notes.txt'), 'look at web01 tomorrow\n')
})

const run = (words: string[], input?: string) =>
  fleetdx(words, { cwd, env: { HOME: cwd, FLEETDX_INVENTORY: '' }, ...(input !== undefined && { input }) })
const record = (stdout: string): RunRecord => runRecordSchema.parse(JSON.parse(stdout))
const refused = (complaint: string) => ({ exitCode: 2, stdout: '', stderr: `fleetdx: ${complaint}\n` })
const notOurs = "name what 'fleetdx check --save' wrote, or the saved output of the script that 'fleetdx script' prints"

describe('fleetdx check --save, then replay', () => {
  it('prints the same report with the same exit code', async () => {
    const checked = await run(['check', '--local', '--save', 'kept', '--format', 'json'])
    const replayed = await run(['replay', 'kept', '--format', 'json'])
    expect(checked.stderr).not.toContain('fleetdx:')
    expect(record(replayed.stdout)).toEqual(record(checked.stdout))
    expect(replayed.exitCode).toBe(checked.exitCode)
    expect(replayed.stderr).toMatch(/^1 capture, taken \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n$/)
    expect((await run(['replay', 'kept'])).stdout).toContain(record(checked.stdout).hosts[0]?.name)
  })

  it('refuses a folder that is in use before anything is connected', async () => {
    await mkdir(join(cwd, 'full/old'), { recursive: true })
    expect(await run(['check', 'ops@192.0.2.1', '--save', 'full'])).toEqual(
      refused(
        `${cwd}/full: captures cannot be saved here: this folder already holds old\n  name a new folder, or an empty one: --save runs/2026-01-31`,
      ),
    )
  })
})

describe('fleetdx replay', () => {
  it('takes saved outputs under any name, with the exit codes of a check', async () => {
    const broken = await run(['replay', 'stopped.txt', 'healthy.log', '--format', 'json'])
    expect(broken.exitCode).toBe(1)
    expect(record(broken.stdout).hosts.map(({ name, status, causes }) => [name, status, causes[0]?.id])).toEqual([
      ['pm2-app-stopped', 'broken', 'pm2-app-stopped'],
      ['healthy', 'healthy', undefined],
    ])
    expect((await run(['replay', 'healthy.log'])).exitCode).toBe(0)
  })

  it('selects by targets after the files', async () => {
    const { exitCode, stdout } = await run(['replay', 'stopped.txt', 'healthy.log', '!pm2*', '--format', 'json'])
    expect({ exitCode, names: record(stdout).hosts.map(({ name }) => name) }).toEqual({
      exitCode: 0,
      names: ['healthy'],
    })
    expect(await run(['replay', 'stopped.txt', 'web01'])).toEqual(
      refused("there is no host or group 'web01' among the captures\n  captures are there of pm2-app-stopped"),
    )
  })

  it('reads standard input', async () => {
    const { exitCode, stdout } = await run(['replay', '-'], await readFile(join(cwd, 'stopped.txt'), 'utf8'))
    expect(exitCode).toBe(1)
    expect(stdout).toContain('sudo -iu deploy pm2 start classrooom')
    expect(await run(['replay', '-'], '')).toEqual(
      refused(`standard input: this is no capture of fleetdx\n  ${notOurs}`),
    )
    expect(await run(['replay', '-', 'healthy.log'], '')).toEqual(
      refused("'-' stands alone: what standard input brings is not joined with files"),
    )
  })

  it('names every file that it cannot use', async () => {
    expect(await run(['replay', 'missing'])).toEqual(refused(`${cwd}/missing: there is nothing here`))
    await mkdir(join(cwd, 'empty'), { recursive: true })
    expect(await run(['replay', 'notes.txt', 'healthy.log', 'empty'])).toEqual(
      refused(
        `${cwd}/notes.txt: this is no capture of fleetdx\n  ${notOurs}\n${cwd}/empty: there is no capture in this folder`,
      ),
    )
    expect(await run(['replay'])).toEqual(refused("missing required argument 'captures'"))
  })
})

describe('fleetdx script', () => {
  it('prints a script that a host runs by itself, and that says how', async () => {
    const { exitCode, stdout, stderr } = await run(['script'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('#   sudo sh FILE >seen.txt ')
    expect(stdout).toContain('sudo -n')
    expect((await run(['script', '--sudo-free'])).stdout).not.toContain('sudo -n')
  })

  it('asks closer after an output of one host', async () => {
    const { stdout } = await run(['script', '--after', 'stopped.txt'])
    expect(stdout).toContain('app_logs_read \'{"app":"classrooom"')
    await writeFile(
      join(cwd, 'both.txt'),
      `${await readFile(join(cwd, 'stopped.txt'), 'utf8')}\n${toOutput(readRecording('ops', 'healthy'), `@fleetdx-${'a'.repeat(32)}`)}`,
    )
    expect(await run(['script', '--after', 'both.txt'])).toEqual(
      refused(`${cwd}/both.txt: --after is about one host, and 2 are here\n  name the file of one host that answered`),
    )
    expect(await run(['script', '--after', 'notes.txt'])).toEqual(
      refused(`${cwd}/notes.txt: this is no capture of fleetdx\n  ${notOurs}`),
    )
  })
})
