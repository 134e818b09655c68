import { afterEach, expect, it } from 'vitest'
import { setLanguage } from '../../src/language/language.js'
import { renderPlain } from '../../src/report/plain.js'
import { brokenHost, hostRecord, runRecord, unreachableHost } from '../support/record.js'

afterEach(() => setLanguage('en'))

const look = { width: 40, color: true, unicode: true }

it('says everything in statements, one a line, the summary first and last', () => {
  const note = { id: 'x', title: 'X', summary: 'worth knowing', evidence: [], remedy: [] }
  const record = runRecord([
    hostRecord({ name: 'web01', notes: [note] }),
    brokenHost({ name: 'web03' }),
    unreachableHost({ name: 'db1' }),
  ])
  expect(renderPlain(record, look)).toMatchInlineSnapshot(`
    "3 hosts: 1 broken, 1 unreachable, 1 healthy, in 3.2 s
    Host web03: broken. Cause: classrooom has no production build in /home/deploy/classrooom/.next, so next start ends at once (next-build-missing)
    Evidence: ls /home/deploy/classrooom/.next: no such folder
    Evidence: /home/deploy/.pm2/logs/classrooom-error.log: Error: Could not find a production build in the '.next' directory. Try building your app with 'next build' before starting the production server.
    Evidence: pm2 (deploy): classrooom: errored, 16 restarts
    Consequences: the app is errored, nothing listens on 3000, visitors get HTTP 502
    Remedy 1: Build it.; risk: takes minutes
    Command 1: sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'
    Remedy 2: Start the app on the new build.; risk: requests fail for seconds
    Command 2: sudo -u deploy pm2 restart classrooom --update-env
    More: fleetdx explain next-build-missing
    Path: nginx :80: proven; classrooom.test/: proven; 127.0.0.1:3000 nothing listens: broken; node 4001 none: broken; pm2 classrooom errored: broken; build no .next folder: broken; answer refused: broken
    In the table: APP classrooom, PM2 errored restarts 16, PORT 3000, BUILD none, GATEWAY nginx 1.22.1, DIRECT refused, HTTP 502, errors in the last hour 132 connect-refused
    Host db1: unreachable. Verdict: no SSH session: the login was refused
    Reason: deploy@10.0.0.9:22 refused every key that was offered (2 of the agent)
    Where: deploy@10.0.0.9:22, step auth, reason auth
    Mend: ssh-copy-id deploy@10.0.0.9
    Host web01: healthy.
    Note: worth knowing (x)
    In the table: APP classrooom, PM2 online, PORT 3000, BUILD kX2v9QhL, GATEWAY nginx 1.22.1, DIRECT 200, HTTP 200, errors in the last hour 0
    3 hosts: 1 broken, 1 unreachable, 1 healthy, in 3.2 s
    "
  `)
})

it('has no symbol of its own, no colour, and no space for looks', () => {
  const text = renderPlain(runRecord([brokenHost(), hostRecord({ name: 'web2' })]), look)
  expect(text).not.toMatch(/[✔✖⊘▲→≠×↻─·\u001b]| {2}|^ /m)
})

it('says the same of several hosts once, and names many healthy ones together', () => {
  const hosts = Array.from({ length: 40 }, (_, index) => ({ name: `web${index + 10}` }))
  const record = runRecord(hosts.map((host, index) => (index < 3 ? brokenHost(host) : hostRecord(host))))
  const lines = renderPlain(record, look).split('\n')
  expect(lines.filter((line) => / hosts?, /.test(line))).toEqual([
    '3 hosts, web[10-12]: broken. Cause: classrooom has no production build in /home/deploy/classrooom/.next, so next start ends at once (next-build-missing)',
    '37 hosts, web[13-49]: healthy.',
  ])
  expect(renderPlain(record, { ...look, all: true })).toContain('\nIn the table: APP classrooom, PM2 online, PORT 3000')
})

it('says only the columns that were asked for', () => {
  expect(renderPlain(runRecord([hostRecord()]), { ...look, columns: ['http', 'direct'] }).split('\n')[2]).toBe(
    'In the table: HTTP 200, DIRECT 200',
  )
})

it('joins statements in Chinese by the marks of Chinese', async () => {
  await setLanguage('zh')
  const record = runRecord([hostRecord({ name: 'web01' }), brokenHost({ name: 'web03' })])
  const lines = renderPlain(record, look).split('\n')
  expect(lines[0]).toBe('2 台主机：1 故障、1 健康，用时 3.2 s')
  expect(lines[1]).toMatch(/^主机 web03：故障。原因：classrooom .*（next-build-missing）$/)
  expect(lines).toContain('主机 web01：健康。')
  expect(lines.filter((line) => /[。，；：] /.test(line))).toEqual([])
})
