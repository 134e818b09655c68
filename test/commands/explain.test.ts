import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { causes } from '../../src/causes/index.js'
import { showCauses } from '../../src/commands/causes.js'
import type { CommandIo } from '../../src/commands/command-io.js'
import { explainCause } from '../../src/commands/explain.js'
import { UserError } from '../../src/errors.js'

/** What a command prints, on a terminal of so many columns. */
async function print(run: (io: CommandIo) => void, columns?: number): Promise<string> {
  const stdout: CommandIo['stdout'] = new PassThrough()
  if (columns !== undefined) stdout.columns = columns
  const stdin = Readable.from([])
  run({ stdout, stderr: stdout, stdin, env: { LANG: 'C.UTF-8', NO_COLOR: '1' }, cwd: '/' })
  stdout.end()
  return text(stdout as PassThrough)
}

const explain = (id: string, columns = 80) => print((io) => explainCause(id, 'table', io), columns)

describe('fleetdx causes', () => {
  it('lists every cause under its layer, in 80 columns', async () => {
    const lines = (await print((io) => showCauses('table', io), 80)).split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines.filter((line) => /^\S+$/.test(line))).toEqual([...new Set(causes.map(({ layer }) => layer))])
    const ids = lines.flatMap((line) => /^ {2}(\S+) /.exec(line)?.[1] ?? [])
    expect(ids).toEqual(causes.map(({ id }) => id))
    expect(lines.slice(-2)).toEqual([`${causes.length} causes; fleetdx explain ID tells all about one`, ''])
  })

  it('gives each one line where it goes to a pipe', async () => {
    const lines = (await print((io) => showCauses('table', io))).split('\n')
    for (const { id, title } of causes)
      expect(lines.filter((line) => line.startsWith(`  ${id} `) && line.endsWith(title))).toHaveLength(1)
  })

  it('lists them as JSON', async () => {
    expect(JSON.parse(await print((io) => showCauses('json', io)))).toEqual(
      causes.map(({ id, layer, title }) => ({ id, layer, title })),
    )
  })
})

describe('fleetdx explain', () => {
  it.each(causes)('tells $id in 80 columns, but for what must not be broken', async ({ id }) => {
    const page = await explain(id, 200)
    // A command and an address stand whole, whatever their length.
    const wide = page.split('\n').filter((line) => line.length > 80)
    expect(wide.filter((line) => line.trim().includes(' ') && !line.includes('`'))).toEqual([])
    expect(page).not.toMatch(/undefined|\[object/)
  })

  it('tells it as JSON', async () => {
    expect(JSON.parse(await print((io) => explainCause('pm2-app-stopped', 'json', io)))).toMatchObject({
      id: 'pm2-app-stopped',
      title: 'the app is stopped in pm2',
      layer: 'pm2',
      breaks: 'target',
      symptom: expect.any(String),
      signs: expect.any(Array),
      against: expect.any(Array),
      explains: expect.arrayContaining([
        { id: 'no-listener', title: 'nothing listens where the gateway sends requests' },
      ]),
      needs: [{ fact: 'pm2', what: 'pm2 and its apps', permission: 'root' }],
      remedy: expect.arrayContaining([{ step: 'start it: `pm2 start <app>`', risk: 'none' }]),
      source: expect.any(String),
    })
  })

  it.each([
    ['no-listner', 'did you mean no-listener'],
    ['stopped', 'did you mean pm2-app-stopped'],
    ['NGINX-DOWN', 'did you mean gateway-down'],
    ['frobnicate', "'fleetdx causes' lists all"],
  ])('%s: names the nearest', async (id, mend) => {
    const refusal = await explain(id).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(UserError)
    expect(refusal).toMatchObject({ message: `no cause has the id '${id}'`, mend: expect.stringContaining(mend) })
  })
})
