import { randomBytes } from 'node:crypto'
import type { BlindReason } from '../fact.js'
import type { Host } from '../inventory/host.js'
import { type AnyProbe, isSecondRound, type Section } from '../probes/define.js'
import { type Facts, probes, readFacts } from '../probes/index.js'
import type { CommandEnd, Session } from '../ssh/session.js'
import { arrivalOf, type Piece } from './arrival.js'
import { type Capture, openCapture } from './capture.js'
import { type Round, readFrames } from './frames.js'
import { buildRound, functionName, type PlannedProbe, roundCommand } from './script.js'

/** What collection needs to know of a host. */
export type CollectHost = Pick<Host, 'apps' | 'samples' | 'sudo' | 'timeouts'>

const frameOverheadBytes = 256 * 1024

/**
 * Runs the probes on a host: those of the first round in one script, those that build on its facts in a second, at
 * whose end those run that are not built in.
 * Never throws for what the host does: what did not come is missing from the sections, and `absence` says why.
 */
export async function collect(
  session: Session,
  host: CollectHost,
  signal: AbortSignal,
  custom: readonly AnyProbe[] = [],
): Promise<Capture> {
  const capture = openCapture()
  const all: AnyProbe[] = Object.values(probes)
  for (const isSecond of [false, true]) {
    const facts = readFacts(capture)
    const round = [...all.filter((probe) => isSecondRound(probe) === isSecond), ...(isSecond ? custom : [])]
    const isWhole = await runRound(session, host, plan(round, facts, host), capture, signal)
    if (!isWhole) break
  }
  return capture
}

/** The probes of a round that have something to ask on this host. */
export function plan(
  round: readonly AnyProbe[],
  facts: Facts,
  host: Pick<CollectHost, 'apps' | 'samples'>,
): PlannedProbe[] {
  return round.flatMap((probe) => {
    const script = probe.script(facts, host.apps, host.samples)
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
  const pieces: Piece[] = []
  const askedMs = Date.now()
  const end = await session.run(roundCommand, {
    input: buildRound(planned, { nonce, sudo: host.sudo }),
    onOutput: (bytes) => pieces.push({ bytes, atMs: Date.now() }),
    maxBytes: planned.reduce((sum, { probe }) => sum + probe.limits.bytes, frameOverheadBytes),
    timeoutMs: host.timeouts.commandMs,
    signal,
  })
  const round = readFrames(Buffer.concat(pieces.map(({ bytes }) => bytes)), nonce)
  keep(capture, planned, round, end.cut && cuts[end.cut])
  const receivedMs = round.isRecorded ? undefined : arrivalOf(`\n${nonce} end ${probes.host.name} `, pieces)
  if (receivedMs !== undefined) capture.clock = { askedMs, receivedMs }
  if (round.isComplete) return true
  capture.absence = end.cut === undefined ? 'unparsable' : absences[end.cut]
  capture.trouble.push(describeEnd(end, round))
  return false
}

function keep(capture: Capture, planned: readonly PlannedProbe[], round: Round, cut: Section['cut']): void {
  for (const { probe } of planned) {
    capture.asked.push(probe.name)
    const section = round.sections.get(functionName(probe.name))
    if (!section) continue
    // That its end did not arrive is all that the output says; why it did not, the end of the round does.
    const isOpen = section.cut === 'connection-lost'
    capture.sections[probe.name] = { ...section, probe: probe.name, ...(isOpen && cut && { cut }) }
  }
  capture.right ??= round.right ?? null
}

const absences: Record<NonNullable<CommandEnd['cut']>, BlindReason> = {
  aborted: 'deadline',
  'connection-lost': 'connection-lost',
  deadline: 'deadline',
  refused: 'unparsable',
  'too-much-output': 'size-limit',
}

const cuts: Partial<Record<NonNullable<CommandEnd['cut']>, NonNullable<Section['cut']>>> = {
  aborted: 'deadline',
  deadline: 'deadline',
  'too-much-output': 'size-limit',
}

const cutWords: Record<NonNullable<CommandEnd['cut']>, string> = {
  aborted: 'the time for the host or for the run was over',
  'connection-lost': 'the connection was lost',
  deadline: 'it took too long',
  refused: 'the host did not run the script',
  'too-much-output': 'it was far too long',
}

/** `only 3 sections came: it took too long` */
function describeEnd({ cut, exitCode, stderr }: CommandEnd, { sections }: Round): string {
  const { size } = sections
  const seen = size === 0 ? 'no answer' : `only ${size} ${size === 1 ? 'section' : 'sections'} came`
  const ended = size === 0 ? 'the script did not run' : 'the script ended early'
  const why = cut === undefined ? `${ended} (${describeExit(exitCode)})` : cutWords[cut]
  const said = stderr.trim().split('\n')[0] ?? ''
  return `${seen}: ${why}${said === '' ? '' : `: ${said}`}`
}

function describeExit(exitCode: number | null): string {
  return exitCode === null ? 'no exit code' : `exit code ${exitCode}`
}
