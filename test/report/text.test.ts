import { expect, test } from 'vitest'
import { renderReport } from '../../src/report/text.js'
import { brokenHost, facts, hostRecord, runRecord, unreachableHost } from '../support/record.js'

const options = { width: 100, color: false, unicode: true }
const lastLine = (record: ReturnType<typeof runRecord>) => renderReport(record, options).trimEnd().split('\n').at(-1)

const guest = { user: 'guest', kind: 'refused', detail: 'sudo: a password is required' }
const errorLog = { what: "nginx's error log /var/log/nginx/error.log", reason: 'permission' as const }
const withoutLog = facts({ 'nginx-errors': { known: false, because: errorLog } })
const firewall = { what: 'the firewall rules', reason: 'permission' as const }

test('a healthy fleet is a table and one line', () => {
  const text = renderReport(runRecord([hostRecord(), hostRecord({ name: 'web2' })]), options)
  expect(text).toMatchInlineSnapshot(`
    "HOST  VERDICT    APP         PM2     PORT  BUILD     GATEWAY       DIRECT  HTTP  ERR/H  TIME
    ─────────────────────────────────────────────────────────────────────────────────────────────
    web1  ✔ healthy  classrooom  online  3000  kX2v9QhL  nginx 1.22.1  200     200   0      0.8 s
    web2  ✔ healthy  classrooom  online  3000  kX2v9QhL  nginx 1.22.1  200     200   0      0.8 s

    2 hosts: 2 healthy — in 3.2 s
    "
  `)
})

test('below the table stand the hosts that are not healthy, in the order of the table, then the last line', () => {
  const record = runRecord([hostRecord({ name: 'a' }), unreachableHost({ name: 'b' }), brokenHost({ name: 'c' })])
  const heads = renderReport(record, options)
    .split('\n')
    .filter((line) => /^[✖⊘✔]/.test(line))
  expect(heads.map((head) => head.slice(0, 4))).toEqual(['✖ c:', '⊘ b:'])
})

test('the last line says how the fleet is', () => {
  expect(lastLine(runRecord([]))).toBe('0 hosts — in 3.2 s')
  expect(lastLine(runRecord([hostRecord()]))).toBe('1 host: 1 healthy — in 3.2 s')
  expect(lastLine(runRecord([hostRecord(), brokenHost(), unreachableHost()]))).toBe(
    '3 hosts: 1 broken, 1 unreachable, 1 healthy — in 3.2 s',
  )
  expect(lastLine(runRecord([brokenHost()], { interrupted: true }))).toBe('1 host: 1 broken — interrupted after 3.2 s')
})

test('what a user may not see is told once for all hosts, with the right that is missing', () => {
  const record = runRecord([
    hostRecord({ name: 'web1', right: guest, blind: [errorLog, firewall], facts: withoutLog }),
    hostRecord({ name: 'web2', right: guest, blind: [errorLog, firewall], facts: withoutLog }),
    hostRecord({ name: 'web3', right: guest, blind: [firewall] }),
  ])
  expect(notSeen(record)).toMatchInlineSnapshot(`
    "Not seen
      as guest; sudo was refused (sudo: a password is required)
        web[1-2]: nginx's error log /var/log/nginx/error.log, the firewall rules
        web3: the firewall rules
        sudo wants a password: give it with --ask-sudo-pass, or let sudo ask for none: this line, by
          visudo -f /etc/sudoers.d/fleetdx as root (it grants all of root, because one script reads
          everything):
          guest ALL=(root) NOPASSWD: /bin/sh
        for the error logs alone: the group adm, where the distribution gives them to it:
          sudo usermod -aG adm guest"
  `)
})

test('root is told no right; what no right would show is told apart', () => {
  const record = runRecord([
    hostRecord({ name: 'web1', right: { user: 'root', kind: 'root', detail: null }, blind: [firewall] }),
    hostRecord({ name: 'web2', blind: [{ what: 'the listening sockets', reason: 'tool-missing', detail: 'no ss' }] }),
    hostRecord({ name: 'web3', blind: [{ what: "the apps' builds", reason: 'not-asked' }] }),
  ])
  expect(notSeen(record)).toMatchInlineSnapshot(`
    "Not seen
      even as root
        web1: the firewall rules
      on web2: the listening sockets (tool-missing: no ss)"
  `)
})

test('sudo that was not tried is said to be so', () => {
  const right = { user: 'guest', kind: 'not-tried', detail: null }
  expect(notSeen(runRecord([hostRecord({ right, blind: [firewall] })]))).toMatchInlineSnapshot(`
    "Not seen
      as guest; sudo was not tried
        web1: the firewall rules
        sudo would show it: leave out --sudo never, or 'sudo: never' in the inventory"
  `)
})

test('many hosts with the same blind spot are counted', () => {
  const hosts = Array.from({ length: 30 }, (_, index) =>
    hostRecord({ name: `w${index}`, right: guest, blind: [firewall] }),
  )
  expect(notSeen(runRecord(hosts))).toContain('w[0-29]: the firewall rules')
})

test('hosts of which there is the same to say share a block, and a line of what was not seen', () => {
  const blind = ['nginx', 'the processes'].map((what) => ({ what, reason: 'deadline' as const }))
  const slow = { status: 'unknown' as const, verdict: 'no answer: it took too long', paths: [], facts: null, blind }
  const trouble = [slow.verdict]
  const hosts = ['w1', 'w2'].map((name) => hostRecord({ ...slow, name, trouble }))
  const report = renderReport(runRecord(hosts), options)
  expect(report.split('\n\n').slice(1, -1).join('\n\n')).toMatchInlineSnapshot(`
    "? 2 hosts w[1-2]: no answer: it took too long

    Not seen
      on w[1-2]: nginx, the processes (deadline)"
  `)
})

function notSeen(record: ReturnType<typeof runRecord>): string {
  return renderReport(record, options).split('\n\n').at(-2) ?? ''
}
