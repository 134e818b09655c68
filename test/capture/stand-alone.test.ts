import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCaptures } from '../../src/capture/load.js'
import { prelude } from '../../src/collect/prelude.js'
import { knownValue } from '../../src/fact.js'
import { findAppFolders } from '../../src/probes/app-folders.js'
import { planRequests } from '../../src/probes/http/plan-requests.js'
import { type Facts, probes } from '../../src/probes/index.js'
import { buildStandAlone } from '../../src/stand-alone/build-script.js'
import { foundWords } from '../../src/stand-alone/found.js'
import { installPackage } from '../support/packages.js'
import { readRecording, recordedFaults } from '../support/recordings.js'
import { diagnoseRecording } from '../support/replay.js'
import { makeFolder } from '../support/sshd.js'

const script = buildStandAlone({ version: '0.1.0', sudo: 'never' })
const shells = ['dash', 'bash', 'busybox sh']
installPackage('busybox', '/bin/busybox')

let folder: string
let file: string
beforeAll(async () => {
  folder = await makeFolder()
  file = join(folder, 'look here.sh')
  await writeFile(file, script)
})

/** Runs words of a shell with arguments of ours. */
const run = (shell: string, args: string[], cwd = folder) => {
  const [program = '', ...words] = shell.split(' ')
  return promisify(execFile)(program, [...words, ...args], { cwd, maxBuffer: 64 * 1024 * 1024 })
}

describe.each(shells)('the script in %s', (shell) => {
  it('runs both rounds and gives one capture, from wherever it lies', async () => {
    const { stdout, stderr } = await run(shell, ['look here.sh'])
    expect(stderr).toBe('')
    const [capture, ...rest] = readCaptures(Buffer.from(stdout), 'seen.txt').captures
    expect(rest).toEqual([])
    if (capture?.outcome.kind !== 'collected') throw new Error('nothing was collected')
    const { sections, asked, right, trouble } = capture.outcome.capture
    expect(trouble).toEqual([])
    expect(right?.kind).toBe('root')
    expect(Object.keys(sections).sort()).toEqual([...asked].sort())
    expect(asked).toEqual(
      expect.arrayContaining(['host', 'pm2', 'app-logs', 'http', 'nginx-errors', 'disks', 'builds']),
    )
    expect(sections.host?.text).toContain('hostname ')
  })

  it('runs out of a variable, where there is no file', async () => {
    const [program = '', ...words] = shell.split(' ')
    const { stdout } = spawnSync(program, [...words, '-c', 'fleetdx=$(cat); eval "$fleetdx"'], { input: script })
    expect(readCaptures(stdout, 'seen.txt').captures.length).toBe(1)
  })

  it('does nothing when it is cut off, or cannot find its own text', async () => {
    const half = join(folder, 'half.sh')
    await writeFile(half, script.slice(0, script.lastIndexOf('fx_main')))
    expect(await run(shell, [half])).toEqual({ stdout: '', stderr: '' })
    const [program = '', ...words] = shell.split(' ')
    const { status, stdout, stderr } = spawnSync(program, words, { input: script, cwd: folder })
    expect({ status, stdout: `${stdout}`, stderr: `${stderr}` }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'fleetdx: save this script to a file, and run it with: sh FILE\n',
    })
  })

  it('finds in the first round what the parsers find there', async () => {
    for (const fault of recordedFaults('ops')) {
      const recording = readRecording('ops', fault)
      const { facts } = await diagnoseRecording(recording)
      const found = find(shell, recording)
      expect(found.get('folder') ?? [], fault).toEqual(expect.arrayContaining(foldersOf(facts)))
      expect(found.get('log') ?? [], fault).toEqual(logsOf(facts))
      expect(found.get('errors') ?? [], fault).toEqual(knownValue(facts.nginx)?.errorLogs)
      expect(requestsIn(found), fault).toEqual(expect.arrayContaining(requestsOf(facts)))
    }
  })
})

it("takes no line of a user's for one of its own, as root would read with the rights that it names", () => {
  const recording = readRecording('ops', 'healthy').replace(/^(project .*)$/m, '$1\nuid 0\npid 1')
  expect(find('sh', recording)).toEqual(find('sh', readRecording('ops', 'healthy')))
})

it('is the same text every time, which a serial console takes line by line', () => {
  expect(buildStandAlone({ version: '0.1.0', sudo: 'never' })).toBe(script)
  // A terminal that edits lines itself takes 4095 characters.
  expect(script.split('\n').filter((line) => line.length > 2000)).toEqual([])
  expect(script.startsWith('#!/bin/sh\n# fleetdx 0.1.0: gathers ')).toBe(true)
  expect(script.endsWith('\nfx_main\n')).toBe(true)
})

// bash is the one that would: its here-documents are files.
it('writes no file', async () => {
  const calls = join(folder, 'calls')
  installPackage('strace', '/usr/bin/strace')
  await run(`strace -f --seccomp-bpf -qq -e trace=openat,open,creat,mkdir,rename,unlink -o ${calls} bash`, [file])
  const seen = readFileSync(calls, 'utf8')
  expect(seen).toContain('"/proc/uptime"')
  const writing = seen
    .split('\n')
    .filter((line) => /O_WRONLY|O_RDWR|O_CREAT|creat\(|mkdir\(|rename\(|unlink\(/.test(line) && !/= -1 E/.test(line))
    .filter((line) => !/"\/dev\/(?:null|tty)"/.test(line))
  expect(writing).toEqual([])
})

it('tries sudo only when it may', () => {
  expect(script).not.toMatch(/sudo -n/)
  expect(buildStandAlone({ version: '0.1.0', sudo: 'auto' })).toMatch(/sudo -n/)
})

it('asks, after an earlier output, for exactly what is there', async () => {
  const { captures } = readCaptures(Buffer.from((await run('sh', [file])).stdout), 'seen.txt')
  const [first] = captures
  if (first?.outcome.kind !== 'collected') throw new Error('nothing was collected')
  const closer = buildStandAlone({ version: '0.1.0', sudo: 'never', after: first.outcome.capture })
  expect(closer).toContain('disks_read / /var/log')
  expect(closer).not.toContain('with_found place')
  await writeFile(join(folder, 'closer.sh'), closer)
  const { stdout } = await run('sh', ['closer.sh'])
  expect(readCaptures(Buffer.from(stdout), 'seen.txt').captures[0]?.outcome.kind).toBe('collected')
})

/** The lines that the script finds, by kind. */
function find(shell: string, recording: string): Map<string, string[]> {
  const [program = '', ...words] = shell.split(' ')
  // busybox has an awk of its own.
  const awk = shell.startsWith('busybox') ? 'awk() { busybox awk "$@"; }' : ''
  const input = `fx=@fleetdx-recorded\n${prelude}\n${foundWords.text}\n${awk}\nfx_first=$(cat "$1"); fx_find\n`
  const round = join(folder, 'round.txt')
  execFileSync('tee', [round], {
    input: recording.split('\n@fleetdx-recorded done\n')[0],
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const text = execFileSync(program, [...words, '-c', input, 'sh', round], { encoding: 'utf8' })
  const found = new Map<string, string[]>()
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const [kind = ''] = line.split('\t', 1)
    found.set(kind, [...(found.get(kind) ?? []), line.slice(kind.length + 1)])
  }
  return found
}

function foldersOf({ pm2, processes, services }: Facts): string[] {
  return findAppFolders({ pm2, processes, services }, []).map(({ uid, cwd, folder }) => [uid, cwd, folder].join('\t'))
}

function logsOf({ pm2 }: Facts): string[] {
  const script = probes['app-logs'].script({ pm2 }, [])?.text ?? ''
  // sample: in_folder 1000 /srv/app/logs app_logs_read '{"app":"shop",…}' /srv/app/logs/err.log
  const reads = script.matchAll(/^in_folder (\d+) \S+ app_logs_read '(.*)' (\S+)$/gm)
  return [...reads].map(([, uid, label, path]) => [uid, label, path].join('\t'))
}

function requestsIn(found: Map<string, string[]>): unknown[] {
  return (found.get('request') ?? []).map((line) => JSON.parse(line.split('\t')[0] ?? ''))
}

/** What nginx dials, and what a visitor asks of it: the rest is no more than a second look. */
function requestsOf(facts: Facts): unknown[] {
  const known = { host: knownValue(facts.host), nginx: knownValue(facts.nginx), apps: [] }
  return planRequests(known).map((request) => expect.objectContaining(request))
}
