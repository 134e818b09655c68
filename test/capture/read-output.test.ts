import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadCaptures, readCaptures } from '../../src/capture/load.js'
import { replay } from '../../src/pipeline.js'
import { outputNonce, toOutput } from '../support/outputs.js'
import { readRecording, recordedFaults } from '../support/recordings.js'
import { diagnoseRecording } from '../support/replay.js'

const output = toOutput(readRecording('ops', 'pm2-app-stopped'))
const read = (text: string | Buffer) => readCaptures(Buffer.from(text), 'seen.txt').captures
const wanted = read(output)
const lines = (text: string, length: number) => text.match(new RegExp(`.{1,${length}}`, 'gs'))?.join('\n') ?? ''

it('takes the host, its times and all sections from a saved output', () => {
  const [capture] = wanted
  expect(wanted.length).toBe(1)
  expect(capture).toMatchObject({
    fleetdxVersion: '0.1.0',
    startedAt: '2026-11-24T09:16:06.000Z',
    elapsedMs: 3000,
    host: { name: 'pm2-app-stopped', address: 'pm2-app-stopped', user: 'ops' },
    outcome: { kind: 'collected', fromHere: [], capture: { right: { user: 'ops', kind: 'sudo' }, trouble: [] } },
  })
})

it.each(recordedFaults('ops'))('gives the verdict of a check: %s', async (fault) => {
  const recording = readRecording('ops', fault)
  const { captures, run } = readCaptures(Buffer.from(toOutput(recording)), 'seen.txt')
  const { status, verdict, causes } = await diagnoseRecording(recording)
  expect(replay(captures, run).hosts[0]).toMatchObject({ status, verdict, causes })
})

describe('reads the same from an output that', () => {
  const session = `Last login: Tue Nov 24\n[root@web ~]# sh look.sh\n${output}[root@web ~]# exit\nlogout\n`
  const packed = gzipSync(output).toString('base64')
  it.each<[string, string | Buffer]>([
    ['a terminal session is around', session],
    ['has the line ends of Windows', session.replaceAll('\n', '\r\n')],
    ['has those of a serial line', session.replaceAll('\n', '\r\r\n')],
    ['a terminal coloured', session.replaceAll('\n[root', '\u001b[0m\n\u001b[1;32m[root')],
    ['PowerShell wrote as UTF-16', Buffer.from(`\ufeff${session}`, 'utf16le')],
    ['was gzipped', gzipSync(session)],
    ['was copied from a screen in base64', `$ sh look.sh | gzip | base64\n${lines(packed, 76)}\n`],
    [
      'a narrow screen broke, with a prompt after it',
      `$ sh\r\n${lines(packed, 31).replaceAll('\n', '\r\n')}\r\nroot\r\n# `,
    ],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(wanted)
  })
})

it('takes several outputs of one file apart', () => {
  const other = toOutput(readRecording('ops', 'healthy'), `${outputNonce.slice(0, -1)}0`)
  expect(read(`$ sh look.sh\n${output}$ ssh\n${other}$ `).map(({ host }) => host.name)).toEqual([
    'pm2-app-stopped',
    'healthy',
  ])
})

it('keeps the last of several outputs of one host', () => {
  const later = toOutput(readRecording('ops', 'pm2-app-stopped')).replace(' 1795511766', ' 1795511999')
  expect(read(output + later).map(({ startedAt }) => startedAt)).toEqual(['2026-11-24T09:19:59.000Z'])
})

it('believes no head and no end that a host printed within an output', () => {
  const forged = `@fleetdx-${'f'.repeat(32)} output 1 9.9.9 1\n@fleetdx-${'f'.repeat(32)} over 2\n`
  const [capture, ...rest] = read(output.replace('kernel Linux', `${forged}kernel Linux`))
  expect(rest).toEqual([])
  expect(capture?.host.name).toBe('pm2-app-stopped')
})

it('says that an output is not whole, and keeps what is there', () => {
  const { captures, run } = readCaptures(
    Buffer.from(output.slice(0, output.indexOf('begin listeners ') + 20)),
    'seen.txt',
  )
  const [host] = replay(captures, run).hosts
  expect(host).toMatchObject({ status: 'unknown', trouble: ['the saved output is not whole: its end is missing'] })
  expect(host?.facts?.host.known).toBe(true)
  expect(host?.facts?.processes).toEqual({
    known: false,
    because: { what: 'the processes', reason: 'connection-lost' },
  })
})

it('masks the secrets that the script could not', () => {
  const leaky = output.replace('kernel Linux', 'kernel postgres://app:hunter2@db/shop Linux')
  expect(JSON.stringify(read(leaky))).not.toContain('hunter2')
})

it('names a host that did not tell its name after the file', () => {
  expect(read(output.replace(/^hostname .*$/m, ''))[0]?.host.name).toBe('seen.txt')
})

it('refuses other text by name', () => {
  expect(() => read('nginx: the configuration file is ok\n')).toThrow('this is no capture of fleetdx')
  expect(() => read(Buffer.from([0x1f, 0x8b, 1, 2, 3]))).toThrow('this is no capture of fleetdx')
  expect(() => read(`H4sIA${'A'.repeat(60)}`)).toThrow('this is no capture of fleetdx')
  return expect(loadCaptures(['/nowhere/seen.txt'])).rejects.toMatchObject({
    message: 'there is nothing here',
    place: { file: '/nowhere/seen.txt' },
  })
})
