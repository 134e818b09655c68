import { randomBytes } from 'node:crypto'
import type { BlindReason } from '../fact.js'
import type { Host } from '../inventory/host.js'
import { type AnyProbe, isSecondRound, type Section } from '../probes/define.js'
import { type Facts, probes, readFacts } from '../probes/index.js'
import type { CommandEnd, Session } from '../ssh/session.js'
import { arrivalOf } from './arrival.js'
import { type Asked, askRound } from './ask-round.js'
import { type Capture, openCapture } from './capture.js'
import { explainForeign } from './foreign-answer.js'
import { type Round, readFrames } from './frames.js'
import { buildRound, functionName, type PlannedProbe } from './script.js'
import { takeStandAlone } from './stand-alone-answer.js'
import { noSudoTalk, type SudoTalk } from './sudo-talk.js'

/** What collection needs to know of a host. */
export type CollectHost = Pick<Host, 'apps' | 'samples' | 'sudo' | 'timeouts'> & Partial<Pick<Host, 'user'>>

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
  sudo: SudoTalk = noSudoTalk,
): Promise<Capture> {
  const capture = openCapture()
  for (const isSecond of [false, true]) {
    const planned = plan(listRound(isSecond, custom), readFacts(capture), host)
    const isWhole = await runRound(session, host, planned, capture, { signal, sudo })
    if (!isWhole) break
  }
  capture.trouble.push(...new Set(sudo.trouble))
  return capture
}

/** The probes of the first round, or of the second, at whose end those are that are not built in. */
export function listRound(isSecond: boolean, custom: readonly AnyProbe[] = []): AnyProbe[] {
  const all: AnyProbe[] = Object.values(probes)
  return [...all.filter((probe) => isSecondRound(probe) === isSecond), ...(isSecond ? custom : [])]
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
  { signal, sudo }: { signal: AbortSignal; sudo: SudoTalk },
): Promise<boolean> {
  const nonce = `@fleetdx-${randomBytes(12).toString('hex')}`
  const asked = await askRound(session, {
    input: buildRound(planned, { nonce, sudo: host.sudo }),
    ...{ nonce, maxBytes: mostBytes(capture, planned), commandMs: host.timeouts.commandMs, signal, sudo },
  })
  const { pieces, askedMs, end } = asked
  const output = Buffer.from(sudo.mask(Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('utf8')))
  const round = readFrames(output, nonce)
  const isForeign = round.sections.size === 0 && !round.right && capture.asked.length === 0
  const cut = end.cut && cuts[end.cut]
  const standAlone = isForeign ? takeStandAlone(capture, { pieces, askedMs, cut }) : undefined
  if (standAlone?.isWhole) return false
  if (!standAlone) keep(capture, planned, round, cut)
  const receivedMs = round.isRecorded ? undefined : arrivalOf(`\n${nonce} end ${probes.host.name} `, pieces)
  if (receivedMs !== undefined) capture.clock = { askedMs, receivedMs }
  if (round.isComplete) return true
  capture.absence = end.cut === undefined ? 'unparsable' : absences[end.cut]
  if (end.cut === 'aborted') capture.absenceDetail = asked.stopped
  const usual = describeEnd(asked, Object.keys(capture.sections).length)
  const isStrange = isForeign && !standAlone
  const { user = 'ACCOUNT' } = host
  capture.trouble.push(...(isStrange ? explainForeign({ ...end, output, user }, usual) : [usual]))
  return false
}

/** A host that answers with the stand-alone script tells both rounds in one, so the first has room for all. */
function mostBytes({ asked }: Capture, planned: readonly PlannedProbe[]): number {
  const all: AnyProbe[] = asked.length === 0 ? Object.values(probes) : planned.map(({ probe }) => probe)
  return all.reduce((sum, { limits }) => sum + limits.bytes, frameOverheadBytes)
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

const cutWords: Record<Exclude<NonNullable<CommandEnd['cut']>, 'aborted'>, string> = {
  'connection-lost': 'the connection was lost',
  deadline: 'it took too long',
  refused: 'the host did not run the script',
  'too-much-output': 'it was far too long',
}

/** `only 3 sections came: the 30 s for one round on the host were over (--timeout-command)` */
function describeEnd({ end: { cut, exitCode, stderr }, stopped }: Asked, size: number): string {
  const seen = size === 0 ? 'no answer' : `only ${size} ${size === 1 ? 'section' : 'sections'} came`
  const ended = size === 0 ? 'the script did not run' : 'the script ended early'
  const cutShort = cut === 'aborted' ? stopped : cut && cutWords[cut]
  const why = cutShort ?? `${ended} (${describeExit(exitCode)})`
  const said = stderr.trim().split('\n')[0] ?? ''
  return `${seen}: ${why}${said === '' ? '' : `: ${said}`}`
}

function describeExit(exitCode: number | null): string {
  return exitCode === null ? 'no exit code' : `exit code ${exitCode}`
}
