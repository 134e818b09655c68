import { expect, test } from 'vitest'
import { drawHostBlock } from '../../src/report/host-block.js'
import { createStyle } from '../../src/report/style.js'
import { brokenHost, causeRecord, deadPath, hostRecord, pathRecord, unreachableHost } from '../support/record.js'

const draw = (host: Parameters<typeof drawHostBlock>[0], { width = 80, unicode = true, color = false } = {}) =>
  drawHostBlock(host, createStyle({ width, unicode, color })).join('\n')

const nearlyFull = causeRecord({
  id: 'disk-nearly-full',
  title: 'a disk is nearly full',
  effect: 'risk',
  summary: '/ is 93 % full: 1.2 GB are left',
  evidence: [
    { source: 'df /', text: '93 % of 20 GB' },
    { source: 'df -i /', text: '12 %' },
  ],
  remedy: [{ command: 'sudo du -xh / | sort -h | tail -20', note: 'See what takes the room.', risk: '' }],
})

test('a broken host: verdict, path, why, what follows, what to type', () => {
  expect(draw(brokenHost({ name: 'web03' }))).toMatchInlineSnapshot(`
    "✖ web03: classrooom has no production build in /home/deploy/classrooom/.next,
      so next start ends at once (next-build-missing)
      path  ✔ nginx :80 → ✔ classrooom.test/ → ✖ 127.0.0.1:3000 nothing listens →
              ✖ node 4001 none → ✖ pm2 classrooom errored →
              ✖ build no .next folder → ✖ answer refused
      why   ls /home/deploy/classrooom/.next: no such folder
            /home/deploy/.pm2/logs/classrooom-error.log: Error: Could not find a pr…
            pm2 (deploy): classrooom: errored, 16 restarts
      so    the app is errored, nothing listens on 3000, visitors get HTTP 502
      mend  1. Build it. (risk: takes minutes)
               sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'
            2. Start the app on the new build. (risk: requests fail for seconds)
               sudo -u deploy pm2 restart classrooom --update-env
      more  fleetdx explain next-build-missing"
  `)
})

test('on a wide terminal the path and the evidence take the width', () => {
  expect(draw(brokenHost({ name: 'web03' }), { width: 200 })).toMatchInlineSnapshot(`
    "✖ web03: classrooom has no production build in /home/deploy/classrooom/.next, so next start ends at once (next-build-missing)
      path  ✔ nginx :80 → ✔ classrooom.test/ → ✖ 127.0.0.1:3000 nothing listens → ✖ node 4001 none → ✖ pm2 classrooom errored → ✖ build no .next folder → ✖ answer refused
      why   ls /home/deploy/classrooom/.next: no such folder
            /home/deploy/.pm2/logs/classrooom-error.log: Error: Could not find a production build in the '.next' directory. Try building your app with 'next build' before starting the production server.
            pm2 (deploy): classrooom: errored, 16 restarts
      so    the app is errored, nothing listens on 3000, visitors get HTTP 502
      mend  1. Build it. (risk: takes minutes)
               sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'
            2. Start the app on the new build. (risk: requests fail for seconds)
               sudo -u deploy pm2 restart classrooom --update-env
      more  fleetdx explain next-build-missing"
  `)
})

test('in ASCII', () => {
  expect(draw(brokenHost({ name: 'web03' }), { width: 120, unicode: false })).toMatchInlineSnapshot(`
    "[X] web03: classrooom has no production build in /home/deploy/classrooom/.next, so next start ends at once
      (next-build-missing)
      path  [ok] nginx :80 -> [ok] classrooom.test/ -> [X] 127.0.0.1:3000 nothing listens -> [X] node 4001 none ->
              [X] pm2 classrooom errored -> [X] build no .next folder -> [X] answer refused
      why   ls /home/deploy/classrooom/.next: no such folder
            /home/deploy/.pm2/logs/classrooom-error.log: Error: Could not find a production build in the '.next' directory.~
            pm2 (deploy): classrooom: errored, 16 restarts
      so    the app is errored, nothing listens on 3000, visitors get HTTP 502
      mend  1. Build it. (risk: takes minutes)
               sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'
            2. Start the app on the new build. (risk: requests fail for seconds)
               sudo -u deploy pm2 restart classrooom --update-env
      more  fleetdx explain next-build-missing"
  `)
})

test('a command is never wrapped nor respelt, and stands alone on its lines', () => {
  const command = `printf '→ %s…' ${'x'.repeat(100)} \\\n  | sh`
  const host = brokenHost({ causes: [causeRecord({ remedy: [{ command, note: '', risk: '' }] })] })
  const lines = draw(host, { unicode: false }).split('\n')
  expect(lines).toContain(`           printf '→ %s…' ${'x'.repeat(100)} \\`)
  expect(lines).toContain('             | sh')
})

test('a step for a person has no command', () => {
  const host = brokenHost({
    causes: [causeRecord({ remedy: [{ command: null, note: 'Ask who owns the port.', risk: '' }] })],
  })
  expect(draw(host)).toContain('  mend  1. Ask who owns the port.')
})

test('other causes, risks, broken paths, rivals and trouble follow in short', () => {
  const host = brokenHost({
    name: 'web03',
    causes: [causeRecord({ confidence: 'medium', against: [{ source: 'pm2', text: 'up for 3 days' }] }), nearlyFull],
    paths: [
      deadPath(),
      pathRecord({ id: 'docs.test/ → 127.0.0.1:3001' }),
      deadPath({ id: 'api.test/ → 127.0.0.1:3002', edges: deadPath().edges.slice(0, 3) }),
    ],
    undecided: [
      {
        id: 'oom-killed-app',
        title: 'memory ran out',
        because: 'the kernel log may not be read',
        decide: null,
        paths: [],
      },
    ],
    trouble: ['collection was cut off (deadline); 9 sections had arrived'],
  })
  expect(draw(host, { width: 120 })).toMatchInlineSnapshot(`
    "✖ web03: classrooom has no production build in /home/deploy/classrooom/.next, so next start ends at once
      (next-build-missing, likely)
      path  ✔ nginx :80 → ✔ classrooom.test/ → ✖ 127.0.0.1:3000 nothing listens → ✖ node 4001 none →
              ✖ pm2 classrooom errored → ✖ build no .next folder → ✖ answer refused
      why   ls /home/deploy/classrooom/.next: no such folder
            /home/deploy/.pm2/logs/classrooom-error.log: Error: Could not find a production build in the '.next' directory.…
            pm2 (deploy): classrooom: errored, 16 restarts
      but   pm2: up for 3 days
      so    visitors get HTTP 502
      mend  1. Build it. (risk: takes minutes)
               sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'
            2. Start the app on the new build. (risk: requests fail for seconds)
               sudo -u deploy pm2 restart classrooom --update-env
      more  fleetdx explain next-build-missing
      also  ▲ / is 93 % full: 1.2 GB are left (disk-nearly-full)
              df /: 93 % of 20 GB
              sudo du -xh / | sort -h | tail -20
      path  also broken: api.test/ → 127.0.0.1:3002
            ✔ nginx :80 → ✔ classrooom.test/ → ✖ 127.0.0.1:3000 nothing listens
      or    could also be: memory ran out (oom-killed-app) — undecided, because the kernel log may not be read
      note  collection was cut off (deadline); 9 sections had arrived"
  `)
})

test('evidence beyond six lines is counted', () => {
  const evidence = Array.from({ length: 9 }, (_, index) => ({ source: 'log', text: `line ${index}` }))
  const text = draw(brokenHost({ causes: [causeRecord({ evidence })] }))
  expect(text).toContain('        log: line 5\n        and 3 more: see --format json\n')
  expect(text).not.toContain('line 6')
})

test('evidence is one line each, cut to the width, CJK text too', () => {
  const evidence = [{ source: 'log', text: `错误：找不到\n生产构建${'。'.repeat(60)}` }]
  const text = draw(brokenHost({ causes: [causeRecord({ evidence })] }))
  expect(text).toContain(`  why   log: 错误：找不到 生产构建${'。'.repeat(22)}…\n`)
})

test('an unreachable host: why, where, and the mend', () => {
  expect(draw(unreachableHost({ name: 'db1' }))).toMatchInlineSnapshot(`
    "⊘ db1: no SSH session: the login was refused
      why   deploy@10.0.0.9:22 refused every key that was offered (2 of the agent)
      where deploy@10.0.0.9:22 · step auth · reason auth
      mend  ssh-copy-id deploy@10.0.0.9"
  `)
})

test('a host that is not known names what could be, and what is missing to decide', () => {
  const host = hostRecord({
    name: 'web05',
    status: 'unknown',
    verdict: 'whether it serves could not be seen',
    paths: [pathRecord({ edges: pathRecord().edges.slice(0, 2) })],
    undecided: [
      {
        id: 'pm2-app-stopped',
        title: 'the app is stopped',
        because: 'the pm2 list may not be read',
        decide: null,
        paths: [],
      },
    ],
  })
  expect(draw(host)).toMatchInlineSnapshot(`
    "? web05: whether it serves could not be seen
      path  ✔ nginx :80 → ✔ classrooom.test/
      or    could also be: the app is stopped (pm2-app-stopped) — undecided, because
            the pm2 list may not be read"
  `)
})

test('rivals that the same thing would decide are one sentence, and three sentences are enough', () => {
  const undecided = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => ({
    id,
    title: `cause ${id}`,
    because: `fact ${Math.floor(index / 1.5)} is missing`,
    decide: null,
    paths: [],
  }))
  expect(draw(hostRecord({ status: 'unknown', undecided, paths: [] }))).toMatchInlineSnapshot(`
    "? web1: every path serves
      or    could also be: cause a (a); cause b (b) — undecided, because fact 0 is
            missing
      or    could also be: cause c (c) — undecided, because fact 1 is missing
      or    could also be: cause d (d); cause e (e) — undecided, because fact 2 is
            missing
      or    and 1 more that could not be decided: see --format json"
  `)
})

test('a rival names the one command that would decide it, whole', () => {
  const decide = "sudo journalctl -k --since -1h -g 'Killed process' --no-pager --output short-iso"
  const rival = { id: 'oom-killed-app', title: 'memory ran out', because: 'the kernel log may not be read', decide }
  const host = brokenHost({
    causes: [causeRecord({ confidence: 'medium', paths: ['a'] })],
    undecided: [{ ...rival, paths: ['a'] }],
  })
  expect(draw(host)).toContain(`  or    could also be: memory ran out (oom-killed-app) — undecided, because the
        kernel log may not be read
        to decide: ${decide}`)
})

test('where a cause is certain there is no rival on its paths, but there are on others', () => {
  const rival = { id: 'oom-killed-app', title: 'memory ran out', because: 'it may not be read', decide: null }
  const [root] = brokenHost().causes
  const paths = root?.paths ?? []
  expect(draw(brokenHost({ undecided: [{ ...rival, paths }] }))).not.toContain('could also be')
  expect(draw(brokenHost({ undecided: [{ ...rival, paths: [...paths, 'other'] }] }))).toContain('could also be')
})

test('what is no cause of fleetdx itself has no page', () => {
  expect(draw(brokenHost({ causes: [causeRecord({ id: 'check-backup' })] }))).not.toContain('fleetdx explain')
})

test('an unreachable host whose verdict is its message says it once', () => {
  const { reason } = unreachableHost()
  const text = draw(unreachableHost({ verdict: reason?.message ?? '' }))
  expect(text.match(/refused every key/g)).toHaveLength(1)
})

test('without colour no escape sequence is written, with it marks keep their symbols', () => {
  expect(draw(brokenHost())).not.toContain('\u001b')
  expect(draw(brokenHost(), { color: true })).toContain('\u001b[32m✔\u001b[39m nginx :80')
})
