import { expect, it } from 'vitest'
import { collect } from '../../src/collect/collect.js'
import type { Session } from '../../src/ssh/session.js'
import { readRecording } from '../support/recordings.js'
import { replaySession } from '../support/replay.js'

const timeouts = { connectMs: 1000, commandMs: 1000, hostMs: 1000 }
const host = { sudo: 'auto' as const, apps: [], timeouts }
const { signal } = new AbortController()

const recorded = replaySession(readRecording('ops', 'healthy'))

/** The same as a host sends it: nothing says that it was recorded. */
const live: Session = {
  ...recorded,
  run: (command, options) =>
    recorded.run(command, {
      ...options,
      onOutput: (piece) => options.onOutput(Buffer.from(piece.toString().replace(/^@fleetdx-\w+ recorded\n/m, ''))),
    }),
}

it('notes when the host was asked for its clock, and when it had told it', async () => {
  const before = Date.now()
  const { clock } = await collect(live, host, signal)
  const after = Date.now()
  if (!clock) throw new Error('no clock was noted')
  const times = [before, clock.askedMs, clock.receivedMs, after]
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

it('notes none where the clock did not come, and none of a recording that is played back', async () => {
  const isSilent = await collect(replaySession(''), host, signal)
  const isRecorded = await collect(recorded, host, signal)
  expect([isSilent.clock, isRecorded.clock]).toEqual([undefined, undefined])
})
