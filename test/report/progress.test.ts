import { expect, test } from 'vitest'
import type { ProgressEvent } from '../../src/progress.js'
import { count, openTally, renderProgress, renderProgressLine } from '../../src/report/progress.js'
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
  [950, { host: 'web4', phase: 'done', status: 'broken' }],
])

test('before the first host nothing is done and nobody is slow', () => {
  expect(renderProgress(openTally(40), 0, style)).toBe('0/40 done')
})

test('shows how many are done, how they are, and who takes longest, counted from its first step', () => {
  expect(renderProgress(underWay, 4_300, style)).toBe(
    '2/40 done  ✖ 1 broken  ✔ 1 healthy\nweb2 collecting 4.2 s · web3 connecting 4.1 s · web5 connecting 3.9 s',
  )
})

test('names three at most, and fits a narrow terminal', () => {
  const many = count(underWay, { host: 'web6', phase: 'connecting' }, 1_000)
  expect(renderProgress(many, 4_300, createStyle({ ...style, width: 30, unicode: false }))).toBe(
    '2/40 done  [X] 1 broken\nweb2 collecting 4.2 s | web3~',
  )
})

test('a log gets the same in one line', () => {
  expect(renderProgressLine(underWay, 4_300)).toBe(
    '2/40 done, web2 collecting 4.2 s, web3 connecting 4.1 s, web5 connecting 3.9 s',
  )
})
