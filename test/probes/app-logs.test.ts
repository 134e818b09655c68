import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import appLogs from '../../src/probes/app-logs.js'
import { collectHere } from '../support/collect-here.js'
import { readSection, toSection } from '../support/read-section.js'

const log = (stream: string, path: string) =>
  `@fleetdx part log ${JSON.stringify({ app: 'shop', home: null, stream, path })}`

function parseText(body: string, end = '@fleetdx exit 0\n\n@fleetdx end app_logs 1 \n') {
  return appLogs.parse(toSection(appLogs, `@fleetdx begin app_logs 0\n+0100\n${body}\n${end}`)).logs
}

describe('app-logs', () => {
  it.each(['debian-12', 'busybox-1.35', 'debian-12--plain-user'])('reads the ends of logs on %s', (name) => {
    const { logs } = appLogs.parse(readSection(appLogs, name))
    const shop = logs.find(({ path }) => path === '/srv/my shop/logs/pm2-error.log')
    expect(shop).toMatchObject({ app: 'm', home: null, stream: 'error', exists: true, sizeBytes: 7323 })
    expect(shop?.lines).toHaveLength(80)
    expect(shop?.lines[0]).toEqual({
      atMs: Date.UTC(2026, 10, 24, 3, 17, 2),
      text: '2026-11-24 04:17:02 +01:00: line 122',
    })
    expect(shop?.lines.at(-1)).toEqual({ atMs: null, text: 'Error: boom token=***' })
  })

  it('takes a FIFO for no log, and drops the half of a line that reading by bytes begins with', () => {
    const { logs } = appLogs.parse(readSection(appLogs, 'debian-12'))
    expect(logs.find(({ path }) => path === '/srv/my shop/logs/pm2-out.log')).toMatchObject({
      exists: false,
      lines: [],
    })
    const long = logs.find(({ path }) => path === '/srv/long/logs/pm2-error.log')
    expect(new Set(long?.lines.map(({ text }) => text.length))).toEqual(new Set([1000]))
  })

  it('does not call a log absent that a plain user may not see', () => {
    const section = readSection(appLogs, 'debian-12--plain-user')
    expect(section.blind).toEqual([
      { what: 'the log /srv/private/app/logs/pm2-error.log', reason: 'permission' },
      { what: 'the log /srv/private/app/logs/pm2-out.log', reason: 'permission' },
    ])
    expect(appLogs.parse(section).logs.some(({ path }) => path.startsWith('/srv/private'))).toBe(false)
  })

  it('takes times without a zone for local ones', () => {
    const [found] = parseText(
      `${log('out', '/a.log')}\n12 1795509898\n2026-11-24T04:17:01: ready\n{"level":30,"time":1764000000000}\n`,
    )
    expect(found?.modifiedMs).toBe(1_795_509_898_000)
    expect(found?.lines.map(({ atMs }) => atMs)).toEqual([Date.UTC(2026, 10, 24, 3, 17, 1), 1_764_000_000_000])
  })

  it('keeps what had come before it was cut off', () => {
    const found = parseText(`${log('error', '/a.log')}\n12 1795509898\nboom\n${log('out', '/b.log')}\n12 17`, '')
    expect(found.map(({ path, lines }) => [path, lines.length])).toEqual([['/a.log', 1]])
    expect(parseText('', '')).toEqual([])
  })

  it('throws for a log without size and time', () => {
    expect(() => parseText(`${log('error', '/a.log')}\ntail: not found\n`)).toThrow(
      'the log /a.log came without size and time: tail: not found',
    )
  })
})

describe('the script', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'app-logs-'))
  beforeAll(() => {
    mkdirSync(join(cwd, 'logs'))
    writeFileSync(join(cwd, 'logs/pm2-error.log'), `${'line\n'.repeat(500_000)}Error: boom\n`)
    spawnSync('mkfifo', [join(cwd, 'logs/pm2-out.log')])
  })
  afterAll(() => rmSync(cwd, { recursive: true }))

  it.each(['dash', 'bash', 'busybox sh'])('reads the end of a long log and passes over a FIFO in %s', async (shell) => {
    const { facts } = await collectHere(['app-logs'], { shell, apps: [{ name: 'shop', cwd }] })
    const logs = facts['app-logs'].known ? facts['app-logs'].value.logs.filter(({ app }) => app === 'shop') : []
    expect(logs.map(({ stream, exists, sizeBytes }) => [stream, exists, sizeBytes])).toEqual([
      ['error', true, 2_500_012],
      ['out', false, 0],
    ])
    expect(logs[0]?.lines).toHaveLength(80)
    expect(logs[0]?.lines.at(-1)?.text).toBe('Error: boom')
  })
})
