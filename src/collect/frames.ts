import { type Blind, blindReasonSchema } from '../fact.js'
import type { Part, Section } from '../probes/define.js'
import { redact } from '../redact.js'
import { sanitize } from '../sanitize.js'
import { type Right, rightSchema } from './capture.js'
import { readRefusal } from './refusal.js'

/** What came back of one round. */
export interface Round {
  /** By the name of the probe, as a function of sh spells it. */
  sections: Map<string, Section>
  right?: Right
  /** Whether it was played back: its clock is of the past, and not to be compared with this machine's. */
  isRecorded?: boolean
  /** Whether the round's last frame arrived. */
  isComplete: boolean
}

/**
 * Takes a round's output apart at its frames, the lines that start with the nonce. What stands before the first frame
 * (a login shell's greeting) is dropped. A section whose end did not arrive keeps what had come.
 */
export function readFrames(output: Buffer, nonce: string): Round {
  const round: Round = { sections: new Map(), isComplete: false }
  let section: Section | undefined
  for (const [frame = '', body] of splitFrames(sanitize(output.toString('utf8')), nonce)) {
    const [word = '', ...rest] = redact(frame).split(' ')
    if (word === 'begin') section = openSection(round, rest)
    else if (word === 'right') round.right = readRight(rest, redact(body))
    else if (word === 'recorded') round.isRecorded = true
    else if (word === 'done') round.isComplete = true
    else if (word === 'end' && section) closeSection(section, rest)
    else if (section) continueSection(section, word, rest)
    if (word === 'end') section = undefined
    else if (section) appendText(section, redact(body))
  }
  return round
}

function* splitFrames(text: string, nonce: string): Generator<[string | undefined, string]> {
  const pieces = `\n${text}`.split(`\n${nonce} `)
  for (const piece of pieces.slice(1)) {
    const lineEnd = piece.indexOf('\n')
    yield lineEnd < 0 ? [piece, ''] : [piece.slice(0, lineEnd), piece.slice(lineEnd + 1)]
  }
}

function openSection(round: Round, [name = '', uid]: string[]): Section {
  const section: Section = {
    probe: name,
    text: '',
    parts: [],
    blind: [],
    exitCode: null,
    elapsedMs: 0,
    cut: 'connection-lost',
    uid: toNumber(uid, -1),
  }
  if (!round.sections.has(name)) round.sections.set(name, section)
  return section
}

/** A frame may be cut off before its number. */
function toNumber<T>(word: string | undefined, absent: T): number | T {
  return word === undefined || word === '' || Number.isNaN(Number(word)) ? absent : Number(word)
}

/** What refused says why in the lines below; in recordings of former versions, on the same line. */
function readRight([user = '', kind = '', ...words]: string[], body: string): Right {
  const known = rightSchema.shape.kind.safeParse(kind)
  const detail = readRefusal([words.join(' '), body].join('\n'), user)
  return { user, kind: known.success ? known.data : 'not-tried', ...(detail !== '' && { detail }) }
}

function continueSection(section: Section, word: string, rest: string[]): void {
  if (word === 'part') section.parts.push({ kind: rest[0] ?? '', label: rest.slice(1).join(' '), text: '' })
  else if (word === 'cannot') section.blind.push(readBlind(rest))
  else if (word === 'exit') section.exitCode = toNumber(rest[0], null)
}

function readBlind([reason, ...what]: string[]): Blind {
  const known = blindReasonSchema.safeParse(reason)
  return { what: what.join(' '), reason: known.success ? known.data : 'unparsable' }
}

function appendText(section: Section, text: string): void {
  const open: Part | Section = section.parts.at(-1) ?? section
  open.text += text
}

function closeSection(section: Section, [, elapsedMs, late]: string[]): void {
  section.elapsedMs = toNumber(elapsedMs, 0)
  delete section.cut
  if (late === 'deadline') section.cut = 'deadline'
  else if (section.exitCode === null) section.cut = 'size-limit'
}
