import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/collect/collect.js'
import { readFrames } from '../../src/collect/frames.js'
import { prelude } from '../../src/collect/prelude.js'
import { knownValue } from '../../src/fact.js'
import { identifyDigests, makeDigestKey } from '../../src/probes/env-digests.js'
import services from '../../src/probes/services.js'
import { createLocalSession } from '../../src/ssh/local.js'
import type { Session } from '../../src/ssh/session.js'
import { collectHere, type HereOptions } from '../support/collect-here.js'
import { fixtureNonce } from '../support/read-section.js'

const shells = ['dash', 'bash', 'busybox sh']
const key = '0123456789abcdef0123456789abcdef'
const digestOf = (value: string, by = key) => createHash('sha256').update(`${by}\n${value}`).digest('hex').slice(0, 12)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-digests-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The digests of a .env file, as this machine's shell makes them. */
async function digestFile(text: string | Buffer, options: HereOptions) {
  writeFileSync(join(folder, '.env'), text)
  const { facts, output } = await collectHere(['app-files'], { ...options, apps: [{ name: 'shop', cwd: folder }] })
  const app = knownValue(facts['app-files'])?.apps.find(({ cwd }) => cwd === folder)
  return { output, keys: app?.envFiles[0]?.keys, digests: app?.envFiles[0]?.digests }
}

describe.each(shells)('a .env file in %s', (shell) => {
  it('has digests of its values as written, without quotes, comments and line ends', async () => {
    const lines = [
      ...[
        'PLAIN=canary1',
        'DOUBLE="canary1"',
        "export SINGLE = 'canary1' # why",
        'BACK=`canary1`\r',
        'NOTE=canary1 # x',
      ],
      ...['HASH=a#b', 'SPACES= two words ', 'EMPTY=', 'EQUALS=a=b=c', 'SIGNS="$(id) \\n `x` %s %d \\\\ \'"'],
      'TWICE=canary2\nTWICE=canary1',
    ]
    const { digests, output } = await digestFile(lines.join('\n'), { shell, digestKey: key })
    const same = digestOf('canary1')
    expect(digests).toEqual({
      ...{ PLAIN: same, DOUBLE: same, SINGLE: same, BACK: same, NOTE: same, TWICE: same },
      ...{ HASH: digestOf('a#b'), SPACES: digestOf('two words'), EMPTY: digestOf(''), EQUALS: digestOf('a=b=c') },
      SIGNS: digestOf("$(id) \\n `x` %s %d \\\\ '"),
    })
    expect(output).not.toContain('canary')
    expect(output).not.toContain(key)
  })

  it('has none of what is read in more ways than one, rather than a wrong one', async () => {
    const lines = [
      'OVER="one\ntwo"',
      'QUOTE="a \\" b"',
      'TAIL="a"b',
      'PEM=-----BEGIN PRIVATE KEY-----\nx=\n-----END PRIVATE KEY-----',
      'CHANGED=a\nCHANGED="b\nc"',
      'LAST=x',
    ]
    const { keys, digests } = await digestFile(lines.join('\n'), { shell, digestKey: key })
    expect(new Set(keys)).toEqual(new Set(['OVER', 'QUOTE', 'TAIL', 'PEM', 'CHANGED', 'LAST']))
    expect(digests).toEqual({ LAST: digestOf('x') })
  })

  it('may hold bytes that are no text', async () => {
    const bytes = Buffer.from([0xff, 0x81, 0x88, 0xfe])
    const { digests } = await digestFile(Buffer.concat([Buffer.from('RAW='), bytes]), { shell, digestKey: key })
    const hash = createHash('sha256').update(`${key}\n`).update(bytes)
    expect(digests).toEqual({ RAW: hash.digest('hex').slice(0, 12) })
  })

  it('has digests of the first two hundred names', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `V${at}=${at}`)
    const { keys, digests } = await digestFile(lines.join('\n'), { shell, digestKey: key })
    expect(keys).toHaveLength(200)
    for (const [name, digest] of Object.entries(digests ?? {})) expect(digest).toBe(digestOf(name.slice(1)))
  })

  it('has names alone where there is no key', async () => {
    const { keys, digests } = await digestFile('A=1\n', { shell })
    expect(keys).toEqual(['A'])
    expect(digests).toBeUndefined()
  })

  it('has other digests under another key', async () => {
    const other = makeDigestKey()
    const { digests } = await digestFile('A=1\n', { shell, digestKey: other })
    expect(digests).toEqual({ A: digestOf('1', other) })
    expect(digestOf('1', other)).not.toBe(digestOf('1'))
  })
})

/** What systemd would say of a unit, and its environment file, through the probe's own words. */
async function digestUnit(shell: string, environment: string, file: string) {
  writeFileSync(join(folder, 'unit.env'), file)
  const script = `fx=${fixtureNonce}
fx_key=${key}
${prelude}
${services.library?.text}
systemctl() { printf '%s\\n' 'Id=web.service' 'LoadState=loaded' ${quoteAll([`Environment=${environment}`, `EnvironmentFiles=${folder}/unit.env (ignore_errors=no)`])}; }
printf '\\n%s begin services 0\\nmanager systemd\\n' "$fx"
services_show web.service 2>/dev/null
printf '\\n%s exit 0\\n\\n%s end services 1\\n' "$fx" "$fx"
`
  const [command = '', ...words] = shell.split(' ')
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(script)
  const pieces: Buffer[] = []
  for await (const piece of child.stdout) pieces.push(piece)
  const output = Buffer.concat(pieces)
  const section = readFrames(output, fixtureNonce).sections.get('services')
  if (!section) throw new Error('no section of services')
  return { output: output.toString(), unit: services.parse(section).units?.[0] }
}

const quoteAll = (words: string[]) => words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')

describe.each(shells)('a unit in %s', (shell) => {
  it('has digests of its own variables and of its files, which win', async () => {
    const { unit, output } = await digestUnit(
      shell,
      'PORT=3000 API_SECRET=canary1 "WORDS=two words" "Q=a\\"b\\\\c" "ODD=a\\nb" MODE=canary2',
      '# c\nMODE=canary1\nTOKEN="canary1"\nPORT=4000\nODD2=a\\\n  b\n',
    )
    const same = digestOf('canary1')
    expect(unit).toMatchObject({
      environment: { PORT: '4000' },
      envKeys: ['API_SECRET', 'WORDS', 'Q', 'ODD', 'MODE', 'TOKEN', 'ODD2'],
    })
    expect(unit?.envDigests).toEqual({
      ...{ PORT: digestOf('4000'), API_SECRET: same, MODE: same, TOKEN: same },
      ...{ WORDS: digestOf('two words'), Q: digestOf('a"b\\c') },
    })
    expect(output).not.toContain('canary')
  })
})

describe('an app of pm2', () => {
  let daemon: ChildProcess | undefined
  afterEach(() => daemon?.kill('SIGKILL'))

  it.each(shells)('has the same digests, in %s', async (shell) => {
    const home = join(mkdtempSync(join(folder, 'user-')), '.pm2')
    mkdirSync(home)
    const env = {
      PORT: '3000',
      API_SECRET: 'canary1',
      AUTHORIZATION: 'canary1',
      GREETING: 'grüß dich\n',
      nested: { a: 1 },
    }
    const answer = { args: [[{ pid: 812, name: 'web', pm_id: 0, pm2_env: { status: 'online', env } }]] }
    writeFileSync(join(folder, 'answer.json'), JSON.stringify(answer))
    daemon = await startDaemon(home)
    const { facts, output } = await collectHere(['pm2'], { shell, digestKey: key })
    const app = knownValue(facts.pm2)?.daemons.find((each) => each.home === home)?.apps?.[0]
    expect(app?.envDigests).toEqual({
      ...{ PORT: digestOf('3000'), API_SECRET: digestOf('canary1'), AUTHORIZATION: digestOf('canary1') },
      GREETING: digestOf('grüß dich\n'),
    })
    expect(output).not.toContain('canary')
    const bare = await collectHere(['pm2'], { shell })
    const without = knownValue(bare.facts.pm2)?.daemons.find((each) => each.home === home)?.apps?.[0]
    expect(without).toMatchObject({ envKeys: Object.keys(env) })
    expect(without?.envDigests).toBeUndefined()
  })

  function startDaemon(home: string): Promise<ChildProcess> {
    const script = fileURLToPath(new URL('../support/fake-daemon.mjs', import.meta.url))
    const child = spawn(process.execPath, [script, '-'.repeat(200)], {
      env: { ...process.env, PM2_HOME: home, ANSWER: join(folder, 'answer.json') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return new Promise((resolve) => child.stdout?.once('data', () => resolve(child)))
  }
})

describe('the key', () => {
  it('is in no process list, no environment, and nothing that is kept', async () => {
    const timeouts = { connectMs: 9_000, handshakeMs: 9_000, commandMs: 60_000, hostMs: 60_000 }
    const own = makeDigestKey()
    const session = createLocalSession()
    const seen = new Set<string>()
    const watch = spawn('/bin/sh', [
      '-c',
      `while :; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -aE '[0-9a-f]{32}'; done`,
    ])
    watch.stdout.on('data', (piece: Buffer) => seen.add(piece.toString()))
    const capture = await collect(
      session,
      { sudo: 'never', apps: [{ name: 'shop', cwd: folder }], timeouts },
      new AbortController().signal,
      [],
      { digestKey: own },
    )
    watch.kill('SIGKILL')
    expect(Object.keys(capture.sections)).toContain('app-files')
    expect(JSON.stringify(capture)).not.toContain(own)
    expect([...seen].join('')).not.toContain(own)
    expect(capture.digestId).toBe(identifyDigests(own))
  })

  it('is not kept where a host repeats its script', async () => {
    const own = makeDigestKey()
    const timeouts = { connectMs: 9_000, handshakeMs: 9_000, commandMs: 60_000, hostMs: 60_000 }
    const echo: Session = {
      transport: { kind: 'local' },
      close: () => {},
      async run(_, { input, onOutput }) {
        const nonce = /@fleetdx-[0-9a-f]{24}/.exec(input)?.[0] ?? ''
        onOutput(Buffer.from(`${input}\n${nonce} begin host 0\n${input.replaceAll(nonce, '')}\n`))
        return { exitCode: 1, stderr: input }
      },
    }
    const host = { sudo: 'never' as const, apps: [], timeouts }
    const capture = await collect(echo, host, new AbortController().signal, [], { digestKey: own })
    expect(capture.sections.host?.text).toContain('fx_key=***')
    expect(JSON.stringify(capture)).not.toContain(own)
  })
})
