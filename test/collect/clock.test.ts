import { expect, it } from 'vitest'
import { collect } from '../../src/collect/collect.js'
import { readRecording } from '../support/recordings.js'
import { replaySession } from '../support/replay.js'

const timeouts = { connectMs: 1000, commandMs: 1000, hostMs: 1000 }
const host = { sudo: 'auto' as const, apps: [], timeouts }
const { signal } = new AbortController()

it('notes when the host was asked for its clock, and when it had told it', async () => {
  const before = Date.now()
  const { clock } = await collect(replaySession(readRecording('ops', 'healthy')), host, signal)
  const after = Date.now()
  if (!clock) throw new Error('no clock was noted')
  const times = [before, clock.askedMs, clock.receivedMs, after]
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

it('notes none where the clock did not come, and none of a recording that is played back', async () => {
  const isSilent = await collect(replaySession(''), host, signal)
  const isRecorded = await collect(
    replaySession(readRecording('ops', 'healthy')),
    { ...host, isRecorded: true },
    signal,
  )
  expect([isSilent.clock, isRecorded.clock]).toEqual([undefined, undefined])
})
