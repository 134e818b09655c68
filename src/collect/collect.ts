import { randomBytes } from 'node:crypto'
import type { BlindReason } from '../fact.js'
import type { Host } from '../inventory/host.js'
import { t } from '../language/language.js'
import { type AnyProbe, isSecondRound, type Section } from '../probes/define.js'
import { identifyDigests } from '../probes/env-digests.js'
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

/** What goes with a collection. */
export interface CollectOptions {
  /** Who answers when sudo asks for a password; nobody, when not given. */
  sudo?: SudoTalk
  /** The key of the run, as `makeDigestKey` made it; without one the host makes no digests. */
  digestKey?: string
}

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
  { sudo = noSudoTalk, digestKey }: CollectOptions = {},
): Promise<Capture> {
  const capture = openCapture()
  for (const isSecond of [false, true]) {
    const planned = plan(listRound(isSecond, custom), readFacts(capture), host)
    const isWhole = await runRound(session, host, planned, capture, { signal, sudo, ...(digestKey && { digestKey }) })
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
  { signal, sudo, digestKey }: Required<Pick<CollectOptions, 'sudo'>> & CollectOptions & { signal: AbortSignal },
): Promise<boolean> {
  const nonce = `@fleetdx-${randomBytes(12).toString('hex')}`
  const asked = await askRound(session, {
    input: buildRound(planned, { nonce, sudo: host.sudo, ...(digestKey && { digestKey }) }),
    ...{ nonce, maxBytes: mostBytes(capture, planned), commandMs: host.timeouts.commandMs, signal, sudo },
  })
  const { pieces, askedMs } = asked
  // A host that repeats its script must not make the key part of what is kept.
  const hide = (text: string) => (digestKey ? text.replaceAll(digestKey, '***') : text)
  const end = { ...asked.end, stderr: hide(asked.end.stderr) }
  const output = Buffer.from(hide(sudo.mask(Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('utf8'))))
  const round = readFrames(output, nonce)
  const isForeign = round.sections.size === 0 && !round.right && capture.asked.length === 0
  const cut = end.cut && cuts[end.cut]
  const standAlone = isForeign ? takeStandAlone(capture, { pieces, askedMs, cut }) : undefined
  if (standAlone?.isWhole) return false
  if (!standAlone) keep(capture, planned, round, cut)
  if (!standAlone && !round.isRecorded && digestKey) capture.digestId = identifyDigests(digestKey)
  const receivedMs = round.isRecorded ? undefined : arrivalOf(`\n${nonce} end ${probes.host.name} `, pieces)
  if (receivedMs !== undefined) capture.clock = { askedMs, receivedMs }
  if (round.isComplete) return true
  capture.absence = end.cut === undefined ? 'unparsable' : absences[end.cut]
  if (end.cut === 'aborted') capture.absenceDetail = asked.stopped
  const usual = describeEnd({ ...asked, end }, Object.keys(capture.sections).length)
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

const cutWords: Record<Exclude<NonNullable<CommandEnd['cut']>, 'aborted'>, () => string> = {
  'connection-lost': () => t`the connection was lost`,
  deadline: () => t`it took too long`,
  refused: () => t`the host did not run the script`,
  'too-much-output': () => t`it was far too long`,
}

/** `only 3 sections came: the 30 s for one round on the host were over (--timeout-command)` */
function describeEnd({ end: { cut, exitCode, stderr }, stopped }: Asked, size: number): string {
  const exit = exitCode === null ? t`no exit code` : t`exit code ${exitCode}`
  const ended = size === 0 ? t`the script did not run (${exit})` : t`the script ended early (${exit})`
  const why = cut === 'aborted' ? stopped : cut ? cutWords[cut]() : ended
  const said = stderr.trim().split('\n')[0] ?? ''
  return said === '' ? t`${countSections(size)}: ${why}` : t`${countSections(size)}: ${why}: ${said}`
}

function countSections(size: number): string {
  if (size === 0) return t`no answer`
  return size === 1 ? t`only 1 section came` : t`only ${size} sections came`
}
