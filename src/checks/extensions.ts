import type { z } from 'zod'
import type { AnyCause, Scene } from '../causes/define.js'
import type { CustomFacts, Fact } from '../fact.js'
import type { AnyProbe } from '../probes/define.js'
import { type Collected, readFact } from '../probes/index.js'

/** Probes and causes beside the built-in ones, which have no place in the program itself. */
export interface Extensions {
  probes: readonly AnyProbe[]
  causes: readonly AnyCause[]
}

export const noExtensions: Extensions = { probes: [], causes: [] }

/** Reads the facts of probes that are not built in, as `readFacts` does those of the others. Pure. */
export function readCustomFacts(probes: readonly AnyProbe[], collected: Collected): CustomFacts {
  return Object.fromEntries(probes.map((probe) => [probe.name, readFact(probe, collected)]))
}

/** Defines a cause in a module of one's own. What only `fleetdx explain` tells may be left out there. */
export function defineOwnCause(cause: AnyCause): AnyCause {
  return cause
}

/** The facts that a probe, built in or not, found on the host of a scene. */
export function factOf<P extends AnyProbe>({ facts, custom }: Scene, probe: P): Fact<z.infer<P['facts']>> {
  const all: CustomFacts = { ...facts, ...custom }
  const fact = all[probe.name]
  if (!fact) return { known: false, because: { what: probe.title, reason: 'not-asked' } }
  return fact.known ? { ...fact, value: probe.facts.parse(fact.value) } : fact
}
