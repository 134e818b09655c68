import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ParseError } from '../../src/errors.js'
import type { AnyProbe, Part, Section } from '../../src/probes/define.js'
import { probes } from '../../src/probes/index.js'
import { toSection } from '../support/read-section.js'
import { capturesOf } from './captures.js'
import { mutated, pieceOf } from './mutate.js'
import { finish, fuzz, repeat } from './run.js'

const all: readonly AnyProbe[] = Object.values(probes)

/** What a probe reads, as JSON; undefined where it says by a ParseError that it can't. All else that it throws comes out. */
function read(probe: AnyProbe, section: Section): string | undefined {
  try {
    const facts: unknown = finish(() => probe.parse(section))
    expect(probe.facts.parse(facts)).toEqual(facts)
    return JSON.stringify(facts)
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** What the facts of a small host may take; beyond that they grow no faster than what was sent. */
const roomCharacters = 1024 * 1024

function expectFactsOrParseError(probe: AnyProbe, section: Section): void {
  const factsSize = read(probe, section)?.length ?? 0
  expect(factsSize).toBeLessThan(roomCharacters + 20 * JSON.stringify(section).length)
}

/** A section of any texts, with parts of the kinds that the probe knows. */
function sectionOf(real: readonly Section[]): fc.Arbitrary<Section> {
  const text = fc.string({ unit: 'binary', maxLength: 200 })
  const kinds = [...new Set(real.flatMap(({ parts }) => parts.map(({ kind }) => kind)))]
  const labels = real.flatMap(({ parts }) => parts.map(({ label }) => label))
  const part = fc.record({
    kind: fc.constantFrom(...kinds, 'other'),
    label: fc.oneof(text, fc.constantFrom(...labels, '')),
    text,
  })
  const start = fc.oneof(text, fc.constantFrom(...real.map((section) => section.text)))
  return fc
    .tuple(fc.constantFrom(...real), start, fc.array(part, { maxLength: 6 }), fc.constantFrom(undefined, 'size-limit'))
    .map(([section, text, parts, cut]) => ({ ...section, text, parts, ...(cut === undefined ? {} : { cut }) }))
}

/** A real section with one of its texts replaced by the same over and over, on one line or on many. */
function longSection(real: readonly Section[], captures: readonly string[]): fc.Arbitrary<Section> {
  const long = fc
    .tuple(pieceOf(captures), pieceOf(captures), fc.constantFrom('', ' ', '\n'))
    .map(([head, piece, end]) => head + repeat(piece + end, 100_000))
  return fc.tuple(fc.constantFrom(...real), fc.nat(), long).map(([section, at, text]) => {
    const index = at % (section.parts.length + 1)
    if (index === section.parts.length) return { ...section, text: section.text + text }
    const parts = section.parts.map((part, other): Part => (other === index ? { ...part, text } : part))
    return { ...section, parts }
  })
}

/** The section of a capture; undefined where its frames are too spoilt to show one. */
function openCapture(probe: AnyProbe, capture: string): Section | undefined {
  return capture.includes(`\n@fleetdx begin ${probe.name.replaceAll('-', '_')} `)
    ? toSection(probe, capture)
    : undefined
}

describe.each(all.map((probe) => [probe.name, probe] as const))('the parser of %s', (_, probe) => {
  const captures = capturesOf(probe)
  const real = captures.map((capture) => toSection(probe, capture))

  test('reads or refuses any text', () => {
    fc.assert(
      fc.property(sectionOf(real), (section) => expectFactsOrParseError(probe, section)),
      fuzz(50),
    )
  })

  test('reads or refuses captures that something went wrong with', () => {
    const property = fc.property(mutated(captures), (capture) => {
      const section = openCapture(probe, capture)
      if (section) expectFactsOrParseError(probe, section)
    })
    fc.assert(property, fuzz(50))
  })

  test('comes to its end on the same over and over', () => {
    const property = fc.property(longSection(real, captures), (section) => expectFactsOrParseError(probe, section))
    fc.assert(property, { ...fuzz(5), endOnFailure: true })
  })
})
