import { expect, test } from 'vitest'
import type { ProgressEvent } from '../../src/progress.js'
import { count, isLineDue, openTally, renderProgress, renderProgressLine } from '../../src/report/progress.js'
import { createStyle } from '../../src/report/style.js'

const style = createStyle({ width: 80, color: false, unicode: true })

function after(events: [number, ProgressEvent][]) {
  return events.reduce((tally, [atMs, event]) => count(tally, event, atMs), openTally(40))
}

const underWay = after([
  [0, { host: 'web1', phase: 'connecting' }],
  [100, { host: 'web2', phase: 'connecting' }],
  [200, { host: 'web3', phase: 'connecting' }],
  [300, { host: 'web4', phase: 'connecting' }],
  [400, { host: 'web5', phase: 'connecting' }],
  [500, { host: 'web2', phase: 'collecting' }],
  [900, { host: 'web1', phase: 'done', status: 'healthy' }],
  [950, { host: 'web4', phase: 'done', status: 'broken', verdict: 'the build is missing' }],
])

test('before the first host nothing is done and nobody is slow', () => {
  expect(renderProgress(openTally(40), 0, style)).toBe('────────────────  0/40 done')
  expect(renderProgress(openTally(3), 0, style)).toBe('0/3 done')
})

test('shows how many are done, how they are, who takes longest, and the first that is broken', () => {
  expect(renderProgress(underWay, 4_300, style)).toBe(
    [
      '────────────────  2/40 done  ✖ 1 broken  ✔ 1 healthy',
      'web2 collecting 4.2 s · web3 connecting 4.1 s · web5 connecting 3.9 s',
      '✖ web4: the build is missing',
    ].join('\n'),
  )
})

test('names three at most, and fits a narrow terminal', () => {
  const many = count(underWay, { host: 'web6', phase: 'connecting' }, 1_000)
  expect(renderProgress(many, 4_300, createStyle({ ...style, width: 30, unicode: false }))).toBe(
    '2/40 done  [X] 1 broken\nweb2 collecting 4.2 s | web3~\n[X] web4: the build is missi~',
  )
})

test('says how long it may take while hosts wait for their turn, and no more when only the last are left', () => {
  const half = (total: number) =>
    Array.from({ length: 20 }, (_, index) => `web${index}`).reduce(
      (tally, host, index) =>
        count(count(tally, { host, phase: 'connecting' }, 0), { host, phase: 'done', status: 'healthy' }, index * 100),
      openTally(total),
    )
  expect(renderProgress(half(200), 2_000, style)).toBe('━───────────────  20/200 done  ✔ 20 healthy  about 20 s left')
  expect(renderProgress(half(2_000), 2_000, style)).toContain('about 4 min left')
  const last = count(half(21), { host: 'slow', phase: 'connecting' }, 2_000)
  expect(renderProgress(last, 9_000, style)).toBe('━━━━━━━━━━━━━━━─  20/21 done  ✔ 20 healthy\nslow connecting 7.0 s')
})

test('a log gets the same in one line, and the first that is broken once', () => {
  const slow = 'web2 collecting 4.2 s; web3 connecting 4.1 s; web5 connecting 3.9 s'
  expect(renderProgressLine(underWay, 4_300, openTally(40))).toBe(
    `2/40 done, 1 broken, 1 healthy; first broken: web4: the build is missing; ${slow}`,
  )
  expect(renderProgressLine(underWay, 4_300, underWay)).toBe(`2/40 done, 1 broken, 1 healthy; ${slow}`)
})

test('a log gets lines less and less often, and without news once a minute', () => {
  const after = (count: number) => ({ tally: openTally(40), count, atMs: 0 })
  const dueAt = (last: ReturnType<typeof after>) =>
    [5, 10, 20, 40, 60].find((seconds) => isLineDue(underWay, last, seconds * 1000))
  expect([0, 1, 2, 3, 4].map((count) => dueAt(after(count)))).toEqual([5, 10, 20, 40, 60])
  expect(dueAt({ ...after(1), tally: underWay })).toBe(60)
})
