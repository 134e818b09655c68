import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoFleet, startDemoFleet } from '../src/demo/fleet.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

let fleet: DemoFleet
beforeAll(async () => {
  fleet = await startDemoFleet()
})
afterAll(() => fleet.stop())

// As a user of the package writes it; a package may import itself by its name.
const program = (hosts: unknown) => `
  import { check, exitCodeOf, loadCredentials, renderReport, runRecordSchema } from 'fleetdx'
  import schema from 'fleetdx/record.schema.json' with { type: 'json' }
  const hosts = ${JSON.stringify(hosts)}
  const record = await check({
    hosts,
    credentials: await loadCredentials(hosts, { env: {} }),
    jobs: 8,
    runMs: 60_000,
    interrupt: new AbortController().signal,
    onProgress: () => {},
  })
  const report = renderReport(record, { width: 80, color: false, unicode: false })
  const { hosts: [host] } = runRecordSchema.parse(record)
  console.log(JSON.stringify([schema.title, exitCodeOf(record), host.causes[0].id, report.slice(0, 4)]))
`

it('is used as a library, from the built package', async () => {
  const hosts = fleet.hosts.filter(({ name }) => name === 'web02')
  const words = ['--no-warnings', '--input-type=module', '-e', program(hosts)]
  const { stdout } = await run(process.execPath, words, { cwd: root })
  expect(JSON.parse(stdout)).toEqual(['fleetdx run record', 1, 'pm2-app-stopped', 'HOST'])
})

it('is packed with all that it needs, and nothing else', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root })
  const [{ files }] = JSON.parse(stdout)
  const paths: string[] = files.map(({ path }: { path: string }) => path)
  expect(paths.filter((path) => !path.startsWith('dist/')).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'bin/ask-for-ssh',
    'bin/ask-for-ssh.mjs',
    'bin/fleetdx.js',
    'inventory.example.yaml',
    'package.json',
  ])
  expect(paths).toEqual(
    expect.arrayContaining([
      'dist/cli.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/record.schema.json',
      'dist/record-line.schema.json',
      'dist/demo/captures/healthy.txt',
      'dist/commands/completions/fleetdx.zsh',
      'dist/fleetdx.1',
      'dist/report/html/browser/main.js',
      'dist/report/html/style/base.css',
    ]),
  )
})
