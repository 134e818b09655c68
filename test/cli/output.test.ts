import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoFleet, startDemoFleet } from '../../src/demo/fleet.js'
import { fleetdx } from '../support/fleetdx.js'
import { writeInventory } from '../support/inventory.js'

const program = new URL('../../bin/fleetdx.js', import.meta.url).pathname
const schema = JSON.parse(readFileSync(new URL('../../dist/record.schema.json', import.meta.url), 'utf8'))

let fleet: DemoFleet
let inventory: string
beforeAll(async () => {
  fleet = await startDemoFleet()
  const hosts = fleet.hosts.map(({ name, port, user, identityFiles, knownHostsFiles }) => {
    const [identityFile = ''] = identityFiles
    return [name, { port, user, identityFile, knownHosts: readFileSync(knownHostsFiles[0] ?? '', 'utf8') }]
  })
  inventory = await writeInventory(Object.fromEntries(hosts))
})
afterAll(() => fleet.stop())

const env = { LC_ALL: 'C.UTF-8', COLUMNS: '' }
const check = (words: string[], more: NodeJS.ProcessEnv = {}) =>
  fleetdx(['check', '-i', inventory, ...words], { env: { ...env, ...more } })

/** A busy machine makes a run long enough for lines that say how far it is. */
function withoutProgress(stderr: string): string {
  // sample: 0/1 done, vm collecting 5.0 s
  return stderr.replace(/^\d+\/\d+ done.*\n/gm, '')
}

describe('the exit code', () => {
  it.each([
    [['web01', 'web03'], 0],
    [['web01', 'web02'], 1],
    [['web01', 'web08'], 3],
    [['web02', 'web08'], 1],
    [['web99'], 2],
  ])('of %j is %i', async (targets, exitCode) => {
    expect((await check(targets)).exitCode).toBe(exitCode)
  })
})

describe('standard output', () => {
  it('has the report and nothing else', async () => {
    const { stdout, stderr } = await check(['web01', 'web03'])
    expect(withoutProgress(stderr)).toBe('')
    expect(
      stdout
        .replace(/\d+\.\d s\n$/, 'N s\n')
        .split('\n')
        .slice(0, 1)[0],
    ).toMatch(/^HOST +VERDICT .+ TIME$/)
    expect(stdout).toMatch(/\n2 hosts: 2 healthy — in \d+\.\d s\n$/)
  })

  it.each([80, 200])('fits %i columns, commands to copy apart', async (columns) => {
    const { stdout } = await check([], { COLUMNS: `${columns}` })
    const tooLong = stdout.split('\n').filter((line) => line.length > columns)
    expect(tooLong.filter((line) => !/^ {8,}sudo /.test(line))).toEqual([])
    expect(stdout.split('\n', 1)[0]).toMatch(columns === 80 ? /^HOST +VERDICT +PM2 / : /^HOST +VERDICT .*APP .*TIME$/)
  })

  it('is coloured only where that is wanted', async () => {
    const plain = (await check(['web02'])).stdout
    expect(plain).not.toContain('\u001b')
    expect((await check(['web02'], { FORCE_COLOR: '1' })).stdout).toContain('\u001b[31m')
    expect((await check(['web02'], { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain('\u001b')
  })

  it('as JSON is what the published schema says', async () => {
    const { exitCode, stdout, stderr } = await check(['--format', 'json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
    const validate = new Ajv2020().compile(schema)
    validate(JSON.parse(stdout))
    expect(validate.errors).toBeNull()
    const { hosts } = JSON.parse(stdout)
    expect(hosts.map(({ name }: { name: string }) => name)).toEqual(fleet.hosts.map(({ name }) => name))
  })

  it('may be closed early', async () => {
    const pipe = `'${process.execPath}' '${program}' check -i '${inventory}' web01 web02 | head -1; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', pipe], { env: { ...process.env, ...env } })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^HOST +VERDICT .*\n1\n$/)
  })

  it('that cannot be written is told, with exit code 2', async () => {
    const full = `'${process.execPath}' '${program}' check -i '${inventory}' web01 > /dev/full; echo $?`
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', full], { env: { ...process.env, ...env } })
    expect(stderr).toBe('fleetdx: the result could not be written: ENOSPC: no space left on device, write\n')
    expect(stdout).toBe('2\n')
  })
})

it('checks this machine without SSH', async () => {
  const { stdout, stderr } = await fleetdx(['check', '--local', '--sudo', 'never', '--format', 'json'], { env })
  expect(withoutProgress(stderr)).toBe('')
  expect(JSON.parse(stdout).hosts).toMatchObject([{ reason: null, facts: { host: { known: true } } }])
})

it('takes a target as a user types it, in both forms', async () => {
  const [, host] = fleet.hosts
  const words = ['--identity', host?.identityFiles[0] ?? '', '--known-hosts', host?.knownHostsFiles[0] ?? '']
  for (const target of [`ops@127.0.0.1:${host?.port}`, `ssh://ops@127.0.0.1:${host?.port}`]) {
    const { exitCode, stdout } = await fleetdx(['check', target, ...words, '--format', 'json'], { env })
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout).hosts).toMatchObject([{ name: target, causes: [{ id: 'pm2-app-stopped' }] }])
  }
})

it('shows the demo, and says on standard error what it is', async () => {
  const { exitCode, stdout, stderr } = await fleetdx(['demo'], { env })
  expect(exitCode).toBe(1)
  expect(stderr).toBe(
    'Demo: real hosts with real faults, recorded, and played back by SSH servers on this machine.\nFor a host of your own: fleetdx check user@host\n\n',
  )
  expect(stdout).toMatch(/^HOST[\s\S]+\n8 hosts: 5 broken, 1 unreachable, 2 healthy — in \d+\.\d s\n$/)
})
