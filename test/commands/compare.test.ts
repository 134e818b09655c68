import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program.js'
import { UserError } from '../../src/errors.js'
import { appHost, appHosts } from '../support/app-host.js'
import { toOutput } from '../support/outputs.js'
import { runRecord, unreachableHost } from '../support/record.js'
import { readRecording } from '../support/recordings.js'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fleetdx-'))
  const secret = { env: { DATABASE_URL: 'aaaaaaaaaaaa', API_KEY: 'bbbbbbbbbbbb' } }
  const hosts = [
    ...appHosts(10, secret),
    appHost('web11', { ...secret, nodeVersion: '18.20.4', buildId: null }),
    appHost('web12', { env: { API_KEY: 'cccccccccccc', DEBUG: 'dddddddddddd' } }, { groups: ['eu'] }),
    unreachableHost({ name: 'web13', groups: ['web'] }),
  ]
  writeFileSync(join(cwd, 'run.json'), JSON.stringify(runRecord(hosts)))
  writeFileSync(join(cwd, 'newer.json'), JSON.stringify({ ...runRecord(hosts), schemaVersion: 2 }))
  writeFileSync(join(cwd, 'damaged.json'), JSON.stringify({ ...runRecord([]), elapsedMs: 'long' }))
  writeFileSync(join(cwd, 'broken.txt'), toOutput(readRecording('ops', 'next-build-missing')))
})
afterAll(() => rmSync(cwd, { recursive: true }))

/** Runs `fleetdx compare` with these words, as the command line reads them. */
async function compare(words: string[], columns = 80) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const io = { stdout: Object.assign(stdout, { columns }), stderr, stdin: Readable.from([]), cwd }
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', NO_COLOR: '1', COLUMNS: `${columns}` }
  const program = buildProgram({ ...io, env }).configureOutput({ writeErr: () => {} })
  try {
    await program.parseAsync(['compare', ...words], { from: 'user' })
    stdout.end()
    stderr.end()
    return { exitCode: process.exitCode, stdout: await text(stdout), stderr: await text(stderr) }
  } finally {
    process.exitCode = undefined
  }
}

describe('fleetdx compare', () => {
  it('lays hosts side by side, those alike together, and marks who differs', async () => {
    const { exitCode, stdout, stderr } = await compare(['--from', 'run.json', '--only-differences'], 100)
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'fleetdx: left out, because nothing could be seen there: web13\n',
    })
    expect(stdout).toMatchInlineSnapshot(`
      "classrooom   MOST                    web[1-10]  web11      web12
      ─────────────────────────────────────────────────────────────────────────────────
      BUILD_ID     b1 (11 of 12)           =          ≠ none     =
      Node.js      20.20.2 (11 of 12)      =          ≠ 18.20.4  =
      environment  2 variables (11 of 12)  =          =          ≠ -DATABASE_URL +DEBUG
      API_KEY      #bbbbbb (11 of 12)      =          =          ≠ #cccccc
      "
    `)
  })

  it('sets what has no room beside the first hosts below them', async () => {
    const { stdout } = await compare(['--from', 'run.json', '--columns', 'node,build,env:API_KEY'], 60)
    expect(stdout).toMatchInlineSnapshot(`
      "classrooom  MOST                web[1-10]  web11
      ────────────────────────────────────────────────────
      Node.js     20.20.2 (11 of 12)  =          ≠ 18.20.4
      BUILD_ID    b1 (11 of 12)       =          ≠ none
      API_KEY     #bbbbbb (11 of 12)  =          =

      classrooom  MOST                web12
      ─────────────────────────────────────────
      API_KEY     #bbbbbb (11 of 12)  ≠ #cccccc
      "
    `)
  })

  it('gives each host a row with --transpose, and names what has no room', async () => {
    const words = ['--from', 'run.json', '--transpose', '--columns', 'gateway,apps,build,node,next,env,folder']
    expect((await compare(words, 70)).stdout).toMatchInlineSnapshot(`
      "HOSTS      gateway       apps
      ───────────────────────────────────
      MOST       nginx 1.22.1  classrooom
      web[1-12]  =             =

      classrooom  BUILD_ID       Node.js             environment
      ─────────────────────────────────────────────────────────────────────
      MOST        b1 (11 of 12)  20.20.2 (11 of 12)  2 variables (11 of 12)
      web[1-10]   =              =                   =
      web11       ≠ none         ≠ 18.20.4           =
      web12       =              =                   ≠ -DATABASE_URL +DEBUG
      no room for next, folder (--columns chooses)
      "
    `)
    expect((await compare([...words, '--wide'], 70)).stdout.split('\n').slice(4)).toMatchInlineSnapshot(`
      [
        "",
        "classrooom  BUILD_ID       Node.js             Next.js  environment             folder",
        "───────────────────────────────────────────────────────────────────────────────────────────────────────",
        "MOST        b1 (11 of 12)  20.20.2 (11 of 12)  15.5.9   2 variables (11 of 12)  /home/deploy/classrooom",
        "web[1-10]   =              =                   =        =                       =",
        "web11       ≠ none         ≠ 18.20.4           =        =                       =",
        "web12       =              =                   =        ≠ -DATABASE_URL +DEBUG  =",
        "",
      ]
    `)
  })

  it('compares those that targets select', async () => {
    const { stdout, stderr } = await compare(['--from', 'run.json', 'web[10-11]', '--columns', 'node', '--json'])
    expect(JSON.parse(stdout)).toEqual({
      comparisons: [
        {
          app: 'classrooom',
          columns: [{ id: 'node', heading: 'Node.js', seen: 2, values: 2, majority: null, shared: null }],
          hosts: { web10: { node: '20.20.2' }, web11: { node: '18.20.4' } },
        },
      ],
      leftOut: [],
    })
    expect(stderr).toBe('')
  })

  it('is CSV for a spreadsheet and Markdown for a chat', async () => {
    const words = ['--from', 'run.json', 'web[10-12]', '--columns', 'gateway,build,env', '--format']
    expect((await compare([...words, 'csv'])).stdout).toBe(
      [
        'app,fact,most,web10,web11,web12',
        ',gateway,nginx 1.22.1,nginx 1.22.1,nginx 1.22.1,nginx 1.22.1',
        "classrooom,build,b1 (2 of 3),b1,'-,b1",
        'classrooom,env,2 variables (2 of 3),2 #955f70,2 #955f70,2 #777dd5',
        '',
      ].join('\r\n'),
    )
    expect((await compare([...words, 'markdown', '--transpose'])).stdout).toMatchInlineSnapshot(`
      "### Hosts

      | \`host\` | \`gateway\` |
      | --- | --- |
      | \`most\` | \`nginx 1.22.1\` |
      | \`web10\` | \`nginx 1.22.1\` |
      | \`web11\` | \`nginx 1.22.1\` |
      | \`web12\` | \`nginx 1.22.1\` |

      ### \`classrooom\`

      | \`classrooom\` | \`BUILD_ID\` | \`environment\` |
      | --- | --- | --- |
      | \`most\` | \`b1 (2 of 3)\` | \`2 variables (2 of 3)\` |
      | \`web10\` | \`b1\` | \`2 #955f70\` |
      | \`web11\` | \`-\` | \`2 #955f70\` |
      | \`web12\` | \`b1\` | \`2 #777dd5\` |
      "
    `)
  })

  it('says so where nothing differs, or nothing was seen', async () => {
    expect(await compare(['--from', 'run.json', 'web1', 'web2', '--only-differences'])).toEqual({
      ...{ exitCode: 0, stdout: '', stderr: 'fleetdx: there is no difference in what was asked for\n' },
    })
    expect((await compare(['--from', 'run.json', 'web13'])).stderr).toBe(
      'fleetdx: left out, because nothing could be seen there: web13\nfleetdx: no host could be looked at\n',
    )
  })

  it('reads what a host has answered, by the rules of today', async () => {
    const { stdout } = await compare(['--from', 'broken.txt', '--columns', 'build,node'])
    expect(stdout).toMatchInlineSnapshot(`
      "classrooom  MOST     next-build-missing
      ───────────────────────────────────────
      BUILD_ID    none     =
      Node.js     20.20.2  =
      "
    `)
  })

  it('looks at hosts itself', async () => {
    const { exitCode, stdout } = await compare(['--local', '--columns', 'cores', '--json'])
    const { comparisons } = JSON.parse(stdout)
    expect(exitCode).toBe(0)
    expect(comparisons[0].columns[0]).toMatchObject({ id: 'cores', seen: 1, values: 1 })
  })

  it('refuses what it does not know, before it looks at anything', async () => {
    const refusal = async (words: string[]) => {
      const error: unknown = await compare(words).catch((error: unknown) => error)
      return error instanceof UserError ? [error.place?.file?.replace(cwd, ''), error.message, error.mend] : error
    }
    expect(await refusal(['--columns', 'nod'])).toEqual([
      undefined,
      "there is no column 'nod'",
      "did you mean 'node'? (the columns are gateway, gateway-config, apps, pm2, os, init, timezone, cores, memory, kernel, build, node, next, node-env, env, port, manager, exec-mode, instances, user, folder, command, package-manager, output, max-memory, autorestart, watch, env:NAME, env:*)",
    ])
    expect(await refusal(['--from', 'newer.json'])).toEqual([
      ...['/newer.json', 'this run was recorded by a newer fleetdx', 'read it with that version or a later one'],
    ])
    expect(await refusal(['--from', 'damaged.json'])).toEqual([
      '/damaged.json',
      'this run is damaged at elapsedMs: Invalid input: expected number, received string',
      undefined,
    ])
    expect(await refusal(['--from', 'none'])).toEqual(['/none', 'there is nothing here', undefined])
    expect(await refusal(['--from', 'run.json', 'db1'])).toEqual([
      undefined,
      expect.stringContaining("there is no host or group 'db1'"),
      expect.stringContaining('web1'),
    ])
  })
})
