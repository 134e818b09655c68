import { readFileSync } from 'node:fs'
import { readFrames } from '../../src/collect/frames.js'
import { functionName } from '../../src/collect/script.js'
import type { AnyProbe, Section } from '../../src/probes/define.js'

/** The nonce that stored captures use. */
export const fixtureNonce = '@fleetdx'

/** The section of a stored capture, `test/fixtures/<probe>/<name>.txt`: the bytes that a host sent for one probe. */
export function readSection(probe: AnyProbe, name: string): Section {
  return toSection(probe, readFileSync(new URL(`../fixtures/${probe.name}/${name}.txt`, import.meta.url)))
}

/** What the engine makes of the bytes that a probe's script printed, its frames included. */
export function toSection(probe: AnyProbe, output: Buffer | string): Section {
  const section = readFrames(Buffer.from(output), fixtureNonce).sections.get(functionName(probe.name))
  if (!section) throw new Error(`no section of the probe ${probe.name} in the capture`)
  return { ...section, probe: probe.name }
}

/** A whole section of a probe out of the text that its script would print; parts are lines `@fleetdx part KIND LABEL`. */
export function frameSection(probe: AnyProbe, text: string): Section {
  const name = functionName(probe.name)
  return toSection(probe, `\n@fleetdx begin ${name} 0\n${text}\n@fleetdx exit 0\n\n@fleetdx end ${name} 1 \n`)
}

/** The same, ended by its size limit within the text. */
export function cutSection(probe: AnyProbe, text: string): Section {
  const name = functionName(probe.name)
  return toSection(probe, `\n@fleetdx begin ${name} 0\n${text}\n@fleetdx end ${name} 1 \n`)
}
