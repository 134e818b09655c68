import { collect } from '../../src/collect/collect.js'
import { playRound } from '../../src/demo/recording.js'
import { diagnose } from '../../src/diagnose/diagnose.js'
import type { AppHint } from '../../src/inventory/host.js'
import { readFacts } from '../../src/probes/index.js'
import type { Session } from '../../src/ssh/session.js'

/** A session that plays a recording of a real host back. */
export function replaySession(recording: string): Session {
  let round = 0
  return {
    close: () => {},
    async run(_, { input, onOutput }) {
      onOutput(Buffer.from(playRound(recording, round, input)))
      round += 1
      return { exitCode: 0, stderr: '' }
    },
  }
}

/** Diagnoses a recording as today's code sees it. */
export async function diagnoseRecording(recording: string, apps: AppHint[] = []) {
  const host = { sudo: 'auto' as const, apps, timeouts: { connectMs: 1000, commandMs: 1000, hostMs: 1000 } }
  const capture = await collect(replaySession(recording), host, new AbortController().signal)
  const facts = readFacts(capture)
  return { facts, ...diagnose({ facts, apps, login: capture.right?.user ?? '', fromHere: [] }) }
}
