import { type Capture, openCapture } from '../collect/capture.js'
import { listRound, plan } from '../collect/collect.js'
import { buildRound, hashRound, roundCommand } from '../collect/script.js'
import type { Host } from '../inventory/host.js'
import type { AnyProbe } from '../probes/define.js'
import { readFacts } from '../probes/index.js'

/** Stands for the word that begins each frame of a run, and is as long: every run makes its own. */
export const noncePlaceholder = `@fleetdx-${'0'.repeat(24)}`

/** Stands for the key of a run, by which hosts make digests of what does not leave them; as long, too. */
export const keyPlaceholder = '0'.repeat(32)

/** One round as a host gets it. */
export interface PlannedRound {
  round: 1 | 2
  /** The command line, for the login shell. */
  command: string
  /** What comes on its standard input, with the placeholders where the nonce and the key will be. */
  input: string
  /** Of the input without both, in hex. */
  sha256: string
}

/** The first round: the same for every host that sudo is used on in the same way. */
export function planFirst(host: Host): PlannedRound {
  return planRound(1, listRound(false), openCapture(), host)
}

/** The second round, as it follows from what the first one found. `custom` are the probes that are not built in. */
export function planSecond(host: Host, custom: readonly AnyProbe[], found: Capture): PlannedRound {
  return planRound(2, listRound(true, custom), keepFirstRound(found), host)
}

function planRound(round: 1 | 2, probes: readonly AnyProbe[], found: Capture, host: Host): PlannedRound {
  const planned = plan(probes, readFacts(found), host)
  const input = buildRound(planned, { nonce: noncePlaceholder, digestKey: keyPlaceholder, sudo: host.sudo })
  return { round, command: roundCommand, input, sha256: hashRound(input, noncePlaceholder, keyPlaceholder) }
}

/** What was known when the second round was written: nothing that it found itself. */
function keepFirstRound(capture: Capture): Capture {
  const names = listRound(false).map(({ name }) => name)
  const sections = Object.fromEntries(Object.entries(capture.sections).filter(([name]) => names.includes(name)))
  return { ...capture, sections, asked: capture.asked.filter((name) => names.includes(name)) }
}
