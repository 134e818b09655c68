import { probes } from '../probes/index.js'
import { sanitize } from '../sanitize.js'
import { arrivalOf, type Piece } from './arrival.js'
import type { Capture } from './capture.js'
import { type Output, readOutput } from './output.js'

/** What a host said in place of the round that it was sent, and when it was asked, in epoch milliseconds. */
export interface Answer {
  pieces: readonly Piece[]
  askedMs: number
  /** Why what came is not whole. */
  cut?: NonNullable<Parameters<typeof readOutput>[1]> | undefined
}

/**
 * Takes the answer of a host on which the key may do one thing, run the stand-alone script: a server with such a forced
 * command ignores what it is sent. All that the script tells is of both rounds. Whether it was such an answer.
 */
export function takeStandAlone(capture: Capture, { pieces, askedMs, cut }: Answer): Output | undefined {
  const output = readOutput(sanitize(Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('utf8')), cut)
  if (!output) return undefined
  Object.assign(capture, output.capture)
  const receivedMs = arrivalOf(`\n${output.nonce} end ${probes.host.name} `, pieces)
  if (receivedMs !== undefined) capture.clock = { askedMs, receivedMs }
  return output
}
