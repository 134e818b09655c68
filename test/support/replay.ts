import { collect } from '../../src/collect/collect.js'
import { playRound } from '../../src/demo/recording.js'
import { diagnose, type Findings } from '../../src/diagnose/diagnose.js'
import type { AppHint } from '../../src/inventory/host.js'
import { type Facts, readFacts } from '../../src/probes/index.js'
import type { Session } from '../../src/ssh/session.js'

/** A session that plays a recording of a real host back. */
export function replaySession(recording: string): Session {
  let round = 0
  return {
    transport: { kind: 'local' },
    close: () => {},
    async run(_, { input, onOutput }) {
      onOutput(Buffer.from(playRound(recording, round, input)))
      round += 1
      return { exitCode: 0, stderr: '' }
    },
  }
}

/** The facts of a recording as today's parsers read them. */
export async function factsOf(recording: string): Promise<Facts> {
  return readFacts(await capture(recording))
}

/** Diagnoses a recording as today's code sees it. */
export async function diagnoseRecording(recording: string, apps: AppHint[] = [], fleet?: Findings['fleet']) {
  const captured = await capture(recording, apps)
  const facts = readFacts(captured)
  return {
    facts,
    ...diagnose({ facts, apps, login: captured.right?.user ?? '', fromHere: [], ...(fleet && { fleet }) }),
  }
}

/** The same where the host's gateway dials another host, of which there is a recording, too. */
export async function diagnoseWithPeer(recording: string, name: string, peer: string) {
  // Labs differ in their subnet: each recording is of whichever it was made in.
  const [, address = ''] = /proxy_pass http:\/\/([\d.]+):3000/.exec(recording) ?? []
  const peers = [{ name, address, ...(await diagnoseRecording(peer)) }]
  return diagnoseRecording(recording, [], { self: 'gateway', peers })
}

function capture(recording: string, apps: AppHint[] = []) {
  const timeouts = { connectMs: 1000, commandMs: 1000, hostMs: 1000 }
  const host = { sudo: 'auto' as const, apps, timeouts }
  return collect(replaySession(recording), host, new AbortController().signal)
}
