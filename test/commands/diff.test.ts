import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { captureVersion, type HostCapture } from '../../src/capture/host-capture.js'
import { openCaptureFolder } from '../../src/capture/save.js'
import { type DiffOptions, runDiff } from '../../src/commands/diff.js'
import { replay } from '../../src/pipeline.js'
import { identifyDigests, makeDigestKey } from '../../src/probes/env-digests.js'
import { type CollectedHere, collectHere } from '../support/collect-here.js'
import { findNginx, shellBesideNginx, writeConfig } from '../support/nginx.js'
import { endpointOf, type Sshd, startSshd } from '../support/sshd.js'

const nginxConf = `events {}
http {
  server_tokens off;
  include /etc/nginx/sites-enabled/*;
}
`
const site = (port: number, secret: string) => `server {
  listen 8080;
  server_name shop.test;
  location / {
    proxy_set_header Host $host;
    proxy_set_header X-Api-Key "${secret}";
    proxy_pass http://127.0.0.1:${port};
  }
}
`
const secretOnly = (secret: string) => `map $uri $upstream_token { default ""; }
server {
  listen 8081;
  location / { proxy_set_header Authorization "Bearer ${secret}"; return 204; }
}
`

const first = {
  'nginx.conf': nginxConf,
  'sites-enabled/shop': site(3000, 'canary-one'),
  'sites-enabled/vault': secretOnly('canary-one'),
  'sites-enabled/old': 'server { listen 8082; return 204; }\n',
}
const second = {
  'nginx.conf': nginxConf,
  'sites-enabled/shop': site(3001, 'canary-two'),
  'sites-enabled/vault': secretOnly('canary-two'),
  'sites-available/old': 'server { listen 8082; return 204; }\n',
  'sites-enabled/new': 'server { listen 8083; return 204; }\n',
}

let folder: string
let saved: string
let resaved: string
let recorded: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleetdx-diff-'))
  const key = makeDigestKey()
  const web1 = await gather('web1', first, key)
  const web2 = await gather('web2', second, key)
  const twin = { ...web1, host: { ...web1.host, name: 'web3' } }
  saved = await save('saved', [web1, web2, twin])
  resaved = await save('two-runs', [web1, await gather('web2', { ...first }, makeDigestKey())])
  const record = replay([web1, web2], { startedAt: web1.startedAt, elapsedMs: 1, interrupted: false })
  recorded = join(folder, 'run.json')
  await writeFile(recorded, JSON.stringify(record))
}, 120_000)
afterAll(() => rm(folder, { recursive: true }))

/** What the real nginx beside such files tells, in namespaces of its own. */
async function gather(name: string, files: Record<string, string>, key: string): Promise<HostCapture> {
  const config = writeConfig(files)
  try {
    const shell = shellBesideNginx(findNginx(), config.folder, 'dash')
    return toCapture(name, await collectHere(['nginx', 'host'], { shell, digestKey: key }), key)
  } finally {
    config.remove()
  }
}

function toCapture(name: string, { sections }: CollectedHere, key: string): HostCapture {
  const capture = {
    ...{ sections, asked: Object.keys(sections), absence: 'not-asked' as const, right: null, trouble: [] },
    digestId: identifyDigests(key),
  }
  return {
    ...{ captureVersion, fleetdxVersion: '0.0.0', startedAt: '2026-11-24T10:00:00.000Z', elapsedMs: 1 },
    host: { name, address: name, port: 22, user: 'ops', labels: {}, groups: ['web'], apps: [] },
    outcome: { kind: 'collected', capture, fromHere: [] },
  }
}

async function save(name: string, captures: HostCapture[]): Promise<string> {
  const path = join(folder, name)
  const kept = await openCaptureFolder(path)
  for (const capture of captures) await kept.keep(capture)
  await kept.finish(replay(captures, { startedAt: '2026-11-24T10:00:00.000Z', elapsedMs: 1, interrupted: false }))
  return path
}

async function run(
  targets: string[],
  options: Partial<DiffOptions> = {},
  env: NodeJS.ProcessEnv = {},
  source: Pick<DiffOptions, 'from'> = { from: saved },
) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const io = {
    ...{ stdout, stderr, stdin: Readable.from([]), cwd: folder },
    env: { HOME: folder, LANG: 'C.UTF-8', COLUMNS: '120', ...env },
  }
  const all = { targets, overrides: {}, breaker: true, format: 'table' as const, pager: false, ...source, ...options }
  const said = Promise.all([text(stdout), text(stderr)])
  const exitCode = await runDiff(all, io).finally(() => {
    stdout.end()
    stderr.end()
  })
  const [printed, told] = await said
  return { exitCode, stdout: printed, stderr: told }
}

describe('the configuration of nginx on two hosts', () => {
  it('is a unified diff, file by file, without a secret', async () => {
    const { exitCode, stdout } = await run(['web1', 'web2'])
    expect(exitCode).toBe(1)
    expect(stdout.slice(stdout.indexOf('files of'))).toBe(`files of the gateway configuration: 4 different, 1 the same
  + /etc/nginx/sites-enabled/new is on web2 alone
  - /etc/nginx/sites-enabled/old is on web1 alone; on web2 /etc/nginx/sites-available/old is not enabled
  ≠ /etc/nginx/sites-enabled/vault differs only in what is not shown, such as a secret
  *** stands for a secret: two that stand side by side may differ

--- web1:/etc/nginx/sites-enabled/shop
+++ web2:/etc/nginx/sites-enabled/shop
@@ -4,6 +4,6 @@
   location / {
     proxy_set_header Host $host;
     proxy_set_header X-Api-Key ***;
-    proxy_pass http://127.0.0.1:3000;
+    proxy_pass http://127.0.0.1:3001;
   }
 }
`)
    expect(stdout).not.toContain('canary')
  })

  it('is the same in JSON', async () => {
    const { exitCode, stdout } = await run(['web1', 'web2'], { format: 'json' })
    expect(exitCode).toBe(1)
    const { isSame, hosts, config } = JSON.parse(stdout)
    expect({ isSame, names: hosts.map(({ name }: { name: string }) => name) }).toEqual({
      isSame: false,
      names: ['web1', 'web2'],
    })
    expect(config.files.map(({ path, state }: Record<string, string>) => [path, state])).toEqual([
      ['/etc/nginx/sites-enabled/new', 'only-second'],
      ['/etc/nginx/sites-enabled/old', 'only-first'],
      ['/etc/nginx/sites-enabled/shop', 'shown'],
      ['/etc/nginx/sites-enabled/vault', 'hidden'],
    ])
    expect(config.same).toEqual(['/etc/nginx/nginx.conf'])
    expect(stdout).not.toContain('canary')
  })

  it('tells no difference where there is none', async () => {
    const { exitCode, stdout } = await run(['web1', 'web3'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^facts: 0 different, \d+ the same$/m)
    expect(stdout).toMatch(/^files of the gateway configuration: 0 different, 4 the same$/m)
  })

  it('does not compare what digests of two runs say', async () => {
    const { exitCode, stdout } = await run(['web1', 'web2'], { from: resaved })
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      'alike but for secrets, which could not be compared: /etc/nginx/sites-enabled/shop, /etc/nginx/sites-enabled/vault',
    )
  })

  it('is not in a record, which is said', async () => {
    const { exitCode, stdout } = await run(['web1', 'web2'], { from: recorded })
    expect(exitCode).toBe(1)
    expect(stdout).toContain("The gateway configuration was not kept: only 'fleetdx check --save' keeps it.")
    expect(stdout).toMatch(/gateway configuration +[0-9a-f]{8} +[0-9a-f]{8}\n/)
  })

  it('is told without colour and beyond ASCII by signs alone', async () => {
    const { stdout } = await run(['web1', 'web2'], {}, { LANG: 'C', NO_COLOR: '1' })
    expect(stdout).toContain('  != /etc/nginx/sites-enabled/vault differs only in')
    expect(stdout).not.toMatch(/[^\x20-\x7e\n]/)
  })
})

describe('two hosts that are asked now', () => {
  let sshd: Sshd
  beforeAll(async () => {
    sshd = await startSshd()
    const { port, identityFile, knownHostsFile } = sshd
    const web9 = { address: '127.0.0.1', port, identityFile, knownHostsFile, user: endpointOf(sshd).user }
    await writeFile(join(folder, 'inventory.yaml'), JSON.stringify({ hosts: { web9 } }))
  })
  afterAll(() => sshd.stop())

  it('are both looked at, this machine as well', async () => {
    const { exitCode, stdout } = await run(['web9'], { local: true, format: 'json' }, {}, {})
    const { hosts, facts, config } = JSON.parse(stdout)
    expect(hosts[1].name).toBe('web9')
    // It is one machine, so what a host has is the same, whoever asks.
    expect(facts.filter(({ app }: { app: string | null }) => app === null)).toEqual([])
    expect(config.unsure).toEqual([])
    expect([0, 1]).toContain(exitCode)
  })
})

describe('what is refused', () => {
  it.each([
    [['web1'], 'two hosts are compared, and 1 are named'],
    [['web1', 'web2', 'web3'], 'two hosts are compared, and 3 are named'],
    [['web', 'web2'], "'web' selects 3 hosts: web[1-3]"],
    [['web2', 'web2'], 'both are the same host, web2'],
  ])('%j', async (targets, message) => {
    await expect(run(targets)).rejects.toThrow(message)
  })
})
