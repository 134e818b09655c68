import { randomBytes } from 'node:crypto'
import type { BlindReason } from '../fact.js'
import type { Host } from '../inventory/host.js'
import { type AnyProbe, isSecondRound, type Section } from '../probes/define.js'
import { type Facts, probes, readFacts } from '../probes/index.js'
import type { CommandEnd, Session } from '../ssh/session.js'
import { type Right, type Round, readFrames } from './frames.js'
import { buildRound, functionName, type PlannedProbe, roundCommand } from './script.js'

/** All that was collected from one host: the sections as they came, with what makes them readable again. */
export interface Capture {
  sections: Record<string, Section>
  /** Probes whose script was sent, in the order sent. */
  asked: string[]
  /** Why a section that was asked for is missing. */
  absence: BlindReason
  right: Right | undefined
  /** What went wrong with the collection as a whole, in words. */
  trouble: string[]
}

/** What collection needs to know of a host. */
export type CollectHost = Pick<Host, 'apps' | 'sudo' | 'timeouts'>

const frameOverheadBytes = 256 * 1024

/**
 * Runs the probes on a host: those of the first round in one script, those that build on its facts in a second.
 * Never throws for what the host does: what did not come is missing from the sections, and `absence` says why.
 */
export async function collect(session: Session, host: CollectHost, signal: AbortSignal): Promise<Capture> {
  const capture: Capture = { sections: {}, asked: [], absence: 'connection-lost', right: undefined, trouble: [] }
  const all: AnyProbe[] = Object.values(probes)
  for (const isSecond of [false, true]) {
    const facts = readFacts(capture)
    const round = all.filter((probe) => isSecondRound(probe) === isSecond)
    const isWhole = await runRound(session, host, plan(round, facts, host), capture, signal)
    if (!isWhole) break
  }
  return capture
}

/** The probes of a round that have something to ask on this host. */
export function plan(round: readonly AnyProbe[], facts: Facts, host: Pick<CollectHost, 'apps'>): PlannedProbe[] {
  return round.flatMap((probe) => {
    const script = probe.script(facts, host.apps)
    return script === undefined ? [] : [{ probe, script }]
  })
}

async function runRound(
  session: Session,
  host: CollectHost,
  planned: readonly PlannedProbe[],
  capture: Capture,
  signal: AbortSignal,
): Promise<boolean> {
  const nonce = `@fleetdx-${randomBytes(12).toString('hex')}`
  const pieces: Buffer[] = []
  const end = await session.run(roundCommand, {
    input: buildRound(planned, { nonce, sudo: host.sudo }),
    onOutput: (piece) => pieces.push(piece),
    maxBytes: planned.reduce((sum, { probe }) => sum + probe.limits.bytes, frameOverheadBytes),
    timeoutMs: host.timeouts.commandMs,
    signal,
  })
  const round = readFrames(Buffer.concat(pieces), nonce)
  keep(capture, planned, round)
  if (round.isComplete) return true
  capture.absence = end.cut === 'deadline' || end.cut === 'aborted' ? 'deadline' : 'connection-lost'
  capture.trouble.push(describeEnd(end, round))
  return false
}

function keep(capture: Capture, planned: readonly PlannedProbe[], round: Round): void {
  for (const { probe } of planned) {
    capture.asked.push(probe.name)
    const section = round.sections.get(functionName(probe.name))
    if (section) capture.sections[probe.name] = { ...section, probe: probe.name }
  }
  capture.right ??= round.right
}

function describeEnd(end: CommandEnd, round: Round): string {
  const seen = `${round.sections.size} sections had arrived`
  if (end.cut !== undefined) return `collection was cut off (${end.cut}); ${seen}`
  const said = end.stderr.trim().split('\n')[0] ?? ''
  const code = end.exitCode === null ? 'no exit code' : `exit code ${end.exitCode}`
  return `the script did not run to its end (${code}${said === '' ? '' : `: ${said}`}); ${seen}`
}
