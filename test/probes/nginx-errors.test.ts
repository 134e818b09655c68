import { describe, expect, it } from 'vitest'
import { knownValue } from '../../src/fact.js'
import { readLine } from '../../src/probes/nginx-errors/read-line.js'
import nginxErrors from '../../src/probes/nginx-errors.js'
import { collectHere } from '../support/collect-here.js'
import { findNginx, shellBesideNginx, writeConfig } from '../support/nginx.js'
import { readSection, toSection } from '../support/read-section.js'

/** What the gateway of the captures was asked, and what became of it. */
const seen = [
  ['connect-refused', 111, 'while connecting to upstream', 'http://127.0.0.1:3000', 2],
  ['connect-refused', 111, 'while connecting to upstream', 'http://[::1]:3000', 1],
  ['closed-early', null, 'while reading response header from upstream', 'http://127.0.0.1:4001', 1],
  ['invalid-response', null, 'while reading response header from upstream', 'http://127.0.0.1:4002', 1],
  ['header-too-big', null, 'while reading response header from upstream', 'http://127.0.0.1:4003', 1],
  ['response-timeout', 110, 'while reading response header from upstream', 'http://127.0.0.1:4004', 1],
  ['reset', 104, 'while reading response header from upstream', 'http://127.0.0.1:4005', 1],
  ['invalid-response', null, 'while reading response header from upstream', 'http://127.0.0.1:4006', 1],
  ['closed-early', null, 'while reading upstream', 'http://127.0.0.1:4007', 1],
  ['connect-no-socket', 2, 'while connecting to upstream', 'http://unix:/run/no-such-app.sock', 1],
  ['connect-denied', 13, 'while connecting to upstream', 'http://unix:/srv/denied.sock', 1],
  ['connect-refused', 111, 'while connecting to upstream', 'http://127.0.0.1:4009', 1],
  ['connect-refused', 111, 'while connecting to upstream', 'http://127.0.0.1:4010', 1],
  ['no-live-upstreams', null, 'while connecting to upstream', 'http://pool', 1],
  ['no-resolver', null, null, null, 1],
  ['tls', null, 'while SSL handshaking to upstream', 'https://127.0.0.1:4002', 1],
  ['connect-unreachable', 101, 'while connecting to upstream', 'http://10.255.255.1:3000', 1],
  ['other', 2, null, null, 1],
] as const

describe('nginx-errors', () => {
  it.each(['debian-12', 'source-1.28'])('puts the lines of %s into kinds', (capture) => {
    const { kinds } = nginxErrors.parse(readSection(nginxErrors, capture))
    const upstreamKinds = kinds.filter(({ level }) => level === 'error' || level === 'crit')
    const found = upstreamKinds.map((entry) => [entry.kind, entry.errno, entry.phase, entry.upstream, entry.count])
    expect(found).toHaveLength(seen.length)
    expect(found).toEqual(expect.arrayContaining(seen.map((entry) => [...entry])))
    expect(new Set(kinds.map(({ server }) => server))).toEqual(new Set(['shop.example']))
    expect(kinds.every(({ count, countLastHour }) => count === countLastHour)).toBe(true)
    expect(kinds.map(({ lastMs }) => lastMs)).toEqual(kinds.map(({ lastMs }) => lastMs).sort())
  })

  it('keeps the newest line of a kind as it was written, without the secrets in its request', () => {
    const { kinds } = nginxErrors.parse(readSection(nginxErrors, 'debian-12'))
    expect(kinds[0]?.sample).toContain(
      'connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: shop.example, request: "GET /refused?token=*** HTTP/1.1"',
    )
  })

  it('gives [emerg] lines with the place that they name', () => {
    const { emergencies, kinds } = nginxErrors.parse(readSection(nginxErrors, 'source-1.28--refused-reload'))
    expect(kinds).toEqual([])
    expect(emergencies).toMatchObject([
      {
        text: 'invalid number of arguments in "proxy_http_version" directive',
        file: '/usr/local/nginx/conf/vhosts/shop.conf',
        line: 8,
      },
    ])
  })

  const begin = '@fleetdx begin nginx_errors 0\n'

  it('counts the hour by the clock and the zone of the host', () => {
    const line = (time: string) =>
      `2026/11/24 ${time} [crit] 7#7: *1 pwritev() "/var/lib/nginx/body/1" failed (28: No space left on device), client: ::1, server: a.example, request: "POST / HTTP/1.1"`
    // 1795500000 is 2026-11-24T06:00:00Z, so 11:30 in India
    const text = `${begin}now 1795500000 +0530\n\n@fleetdx part log 1795500000 900 /var/log/nginx/error.log\n${line('10:29:00')}\n${line('11:29:00')}\n2026/11/24 11:29`
    const { kinds, files } = nginxErrors.parse(toSection(nginxErrors, text))
    expect(files).toEqual([
      { path: '/var/log/nginx/error.log', exists: true, sizeBytes: 900, modifiedMs: 1_795_500_000_000 },
    ])
    expect(kinds).toMatchObject([
      { kind: 'disk', errno: 28, count: 2, countLastHour: 1, lastMs: Date.UTC(2026, 10, 24, 5, 59) },
    ])
  })

  it('reads an empty log, and one that is not there', () => {
    const text = `${begin}now 1795500000 +0000\n\n@fleetdx part absent /var/log/nginx/app.log\n\n@fleetdx part log 1795500000 0 /var/log/nginx/error.log\n`
    expect(nginxErrors.parse(toSection(nginxErrors, text))).toEqual({
      files: [
        { path: '/var/log/nginx/app.log', exists: false, sizeBytes: 0, modifiedMs: null },
        { path: '/var/log/nginx/error.log', exists: true, sizeBytes: 0, modifiedMs: 1_795_500_000_000 },
      ],
      kinds: [],
      emergencies: [],
    })
  })

  it('refuses a section without the clock', () => {
    expect(() => nginxErrors.parse(toSection(nginxErrors, `${begin}date: not found\n`))).toThrow(
      'the clock of the host is missing: date: not found',
    )
  })

  it('tells kinds by the number, whatever the C library calls it', () => {
    const musl =
      '2026/11/24 08:14:02 [error] 8#8: *41 connect() failed (113: Host is unreachable) while connecting to upstream, client: 10.0.0.9, server: , request: "GET / HTTP/1.1", upstream: "http://10.0.0.5:3000/", host: "a"'
    expect(readLine(musl, 0)).toMatchObject({ kind: 'connect-unreachable', server: null })
    expect(readLine('2026/11/24 08:14:02 [alert] 8#8: 768 worker_connections are not enough', 0)?.kind).toBe(
      'worker-connections',
    )
    expect(
      readLine('2026/11/24 08:14:02 [crit] 8#8: accept4() failed (24: No file descriptors available)', 0)?.kind,
    ).toBe('open-files')
  })

  describe('on a host', () => {
    const nginx = findNginx()
    const line =
      '2026/11/24 08:14:02 [error] 8#8: *1 no live upstreams while connecting to upstream, client: ::1, server: a'
    const log = '/etc/nginx/logs/error.log'
    const config = `error_log ${log};\nerror_log /etc/nginx/gone/app.log;\nevents {}\n`

    it.each(['dash', 'bash', 'busybox sh'])('reads the former log while the new one is empty, in %s', async (shell) => {
      const former = `a line that is not nginx's own\n${line}\n`
      const written = writeConfig({ 'nginx.conf': config, 'logs/error.log.1': former })
      const { facts } = await collectHere(['nginx-errors'], { shell: shellBesideNginx(nginx, written.folder, shell) })
      written.remove()
      const errors = knownValue(facts['nginx-errors'])
      expect(errors?.files.map(({ path, exists }) => [path, exists])).toEqual([
        [log, true],
        [`${log}.1`, true],
        ['/etc/nginx/gone/app.log', false],
      ])
      expect(errors?.kinds).toMatchObject([{ kind: 'no-live-upstreams', sample: line }])
    })
  })
})
