import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { plan } from '../../src/collect/collect.js'
import { defineElevation } from '../../src/collect/elevate.js'
import { prelude } from '../../src/collect/prelude.js'
import { buildRound } from '../../src/collect/script.js'
import type { AppHint } from '../../src/inventory/host.js'
import type { AnyProbe } from '../../src/probes/define.js'
import { type Facts, probes, readFacts } from '../../src/probes/index.js'
import { readSection } from '../support/read-section.js'
import { readRecording, recordedFaults } from '../support/recordings.js'
import { diagnoseRecording } from '../support/replay.js'

/** What the list, the files, the fixtures and the tests must agree on, and what no script may do. */
const all: readonly AnyProbe[] = Object.values(probes)
const folder = new URL('../../src/probes/', import.meta.url)
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .filter((file) => /^export default defineProbe/m.test(readFileSync(new URL(file, folder), 'utf8')))

describe('a probe', () => {
  it.each(files)('%s is in the list under its name', async (file) => {
    const name = file.replace(/\.ts$/, '')
    const { default: probe } = await import(new URL(file, folder).href)
    expect(probe.name).toBe(name)
    expect(all.filter((listed) => listed === probe)).toHaveLength(1)
    expect(Object.keys(probes)).toContain(name)
  })

  it('has a file', () => {
    expect(Object.keys(probes).toSorted()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).toSorted())
  })

  it.each(all)('$name has a title, a test, and captures of real hosts', (probe) => {
    const { name, title } = probe
    expect(title).toMatch(/^\S.*\S$/)
    expect(existsSync(new URL(`${name}.test.ts`, import.meta.url))).toBe(true)
    expect(captureNames(probe).length).toBeGreaterThan(0)
  })

  it.each(all)('$name ends by itself before the round does', ({ limits }) => {
    expect(limits.seconds).toBeGreaterThan(0)
    expect(limits.seconds).toBeLessThanOrEqual(20)
    expect(limits.bytes).toBeLessThanOrEqual(2 * 1024 * 1024)
  })
})

/** Apps whose names are made to break out of a script. */
const hostile: AppHint[] = [
  {
    name: `Ann's "app"; touch /tmp/pwned #`,
    cwd: '/srv/$(touch /tmp/pwned)/`id`',
    serverName: "x'y.test",
    healthPath: '/a b?c=$(id)',
    port: 3000,
  },
]

/** The scripts of each probe: for every host of the lab, for hosts put together of all captures, and for hostile names. */
const scripts = new Map<string, Set<string>>(all.map(({ name }) => [name, new Set()]))
const rounds: string[] = []

beforeAll(async () => {
  const hosts = [...capturedHosts()]
  for (const fault of recordedFaults('ops')) hosts.push((await diagnoseRecording(readRecording('ops', fault))).facts)
  for (const facts of hosts) keep(facts, [])
  for (const facts of hosts.slice(-1)) keep(facts, hostile)
})

/** Facts of every stored capture: a host has the first of each probe, the next one the second. */
function capturedHosts(): Facts[] {
  const captures = all.map((probe) => ({ probe, names: captureNames(probe) }))
  const most = Math.max(...captures.map(({ names }) => names.length))
  return Array.from({ length: most }, (_, index) => {
    const sections = captures.map(({ probe, names }) => readSection(probe, names[index % names.length] ?? ''))
    return readFacts({
      sections: Object.fromEntries(sections.map((section) => [section.probe, section])),
      asked: all.map(({ name }) => name),
      absence: 'connection-lost',
    })
  })
}

function captureNames({ name }: AnyProbe): string[] {
  const found = readdirSync(new URL(`../fixtures/${name}/`, import.meta.url))
  return found.filter((file) => file.endsWith('.txt')).map((file) => file.replace(/\.txt$/, ''))
}

function keep(facts: Facts, apps: AppHint[]): void {
  const planned = plan(all, facts, { apps })
  for (const { probe, script } of planned) scripts.get(probe.name)?.add(`${probe.library?.text ?? ''}\n${script.text}`)
  rounds.push(buildRound(planned, { nonce: '@fleetdx', sudo: 'auto' }))
}

describe.each(all)('what $name runs', ({ name }) => {
  const own = () => [...(scripts.get(name) ?? [])]

  it('is something', () => {
    expect(own().length).toBeGreaterThan(0)
  })

  it.each([['dash'], ['bash'], ['busybox', 'sh']])('is read by %s %s', async (...shell) => {
    for (const script of own())
      await checkSyntax(
        shell.filter((word) => word !== undefined),
        script,
      )
  })

  it('writes no file', () => {
    expect(own().flatMap(findWrites)).toEqual([])
  })

  it('changes nothing', () => {
    expect(own().flatMap(findChanges)).toEqual([])
  })
})

describe('a whole round', () => {
  it.each([['dash'], ['bash'], ['busybox', 'sh']])('is read by %s %s', async (...shell) => {
    for (const round of [rounds[0], rounds.at(-1)])
      await checkSyntax(
        shell.filter((word) => word !== undefined),
        round ?? '',
      )
  })

  it('has a frame that writes no file either, and ends only what it started', () => {
    const frame = `${prelude}\n${defineElevation('auto')}`
    expect(findWrites(frame)).toEqual([])
    const changes = findChanges(frame)
    expect(
      changes.filter(
        (line) =>
          !/\bkill (?:-0 \$fx_job|-(?:9|STOP) "\$1"|-9 "\$fx_(?:above|keeper|holder)"|\$fx_sleep|-TERM \$fx_dog|-ALRM "\$fx_shell")/.test(
            line,
          ),
      ),
    ).toEqual([])
  })
})

describe('these checks', () => {
  it.each([
    'echo x >/etc/motd',
    'echo x >> "$log"',
    'cat /a 2>err',
    'x=$(ls > /tmp/x)',
    'echo "$(date >/tmp/x)"',
    'cat <<EOF\nx\nEOF',
    ': >|/tmp/x',
    'exec 3<>/dev/tcp/10.0.0.1/80',
  ])('see that this writes: %s', (script) => {
    expect(findWrites(script)).not.toEqual([])
  })

  it.each(['ls 2>/dev/null >&2', "awk '$1 > 3 { print }' /a", 'echo "a > b"', '# a > b', 'has x >/dev/null 2>&1 && y'])(
    'see that this does not: %s',
    (script) => {
      expect(findWrites(script)).toEqual([])
    },
  )

  it.each([
    'pm2 jlist',
    'x=$(pm2 list)',
    'has nginx && nginx -t',
    'systemctl restart nginx',
    'cd /a; rm -r b',
    'if a; then touch b; fi',
    'ls | tee x',
    'sed -i s/a/b/ x',
    '(kill 1)',
    'as_user 0 0 mv a b',
    'PATH=/x mkdir a',
  ])('see that this changes something: %s', (script) => {
    expect(findChanges(script)).not.toEqual([])
  })

  it.each(['systemctl show nginx', 'has pm2 || echo no', 'cannot permission "the pm2 folder $1"', "echo 'then rm it'"])(
    'see that this does not: %s',
    (script) => {
      expect(findChanges(script)).toEqual([])
    },
  )
})

const run = promisify(execFile)

async function checkSyntax([shell = 'sh', ...words]: string[], script: string): Promise<void> {
  const child = run(shell, [...words, '-n'])
  child.child.stdin?.end(script)
  expect(await child).toEqual({ stdout: '', stderr: '' })
}

/** A script without comments and without strings in which nothing is run. */
function bare(script: string): string {
  // sample: '$1 > 3 { print }', "the folder $1", \', # why
  const quoted = /'[^']*'|"(?:\\.|[^"\\])*"|\\.|(?<=^|\s)#[^\n]*/gms
  return script.replaceAll(quoted, (word) => {
    if (word.startsWith('#')) return ''
    // sample: "$(pm2 list)", "$1"
    return /^"(?:.*\$\(.*|\$\w+)"$/s.test(word) ? word : '_'
  })
}

/** Redirections into anything but /dev/null, and heredocs, for which some shells make a file. */
function findWrites(script: string): string[] {
  // sample: >/dev/null, 2>&1, 3>&-
  const harmless = /\d?>{1,2} ?\/dev\/null|\d?>&[\d-]/g
  return bare(script)
    .split('\n')
    .filter((line) => /[<>]>|>|<</.test(line.replaceAll(harmless, '')))
}

/** Commands that change a host, in the place of a command. */
function findChanges(script: string): string[] {
  const start = /(?:^|[;&|(){!`]|\b(?:then|do|else|exec|sudo|command|xargs)\b|\bas_user \S+ \S+|\b\w+=\S*)\s*/
  const command =
    /(?:pm2|rm|rmdir|mv|cp|ln|dd|touch|mkdir|mktemp|tee|truncate|chmod|chown|kill|pkill|killall|sysctl -w|sed -[a-zA-Z]*i|nginx -[tTs]|systemctl (?:start|stop|restart|reload|enable|disable|daemon-reload))(?=\s|$)/
  const change = new RegExp(`${start.source}${command.source}`)
  return bare(script)
    .split('\n')
    .filter((line) => change.test(line))
}
