import type { Section } from '../probes/define.js'
import { type Capture, openCapture } from './capture.js'
import { readFrames } from './frames.js'
import { functionName } from './script.js'

// sample: @fleetdx-0d7a… output 1 0.1.0 1795511766
const headPattern = /^(?<nonce>@fleetdx-[0-9a-f]{32}) output 1 (?<version>\S{1,64}) (?<seconds>\d{1,12})$/m

// sample: app-logs; what could be taken for a part of every object (__proto__) is no name
const probeName = /^[a-z][a-z0-9-]{0,63}$/

/** What the stand-alone script printed on a host: both rounds, as far as they came. */
export interface Output {
  /** Begins each of its frames: a word that the host made up. */
  nonce: string
  /** Of the fleetdx that wrote the script. */
  version: string
  /** When it began and ended, by the host's clock, in epoch milliseconds. */
  startedMs: number
  endedMs: number
  capture: Capture
  isWhole: boolean
  /** What follows it. */
  rest: string
}

/** Whether a text holds the output of the stand-alone script, at least its beginning. */
export function isOutput(text: string): boolean {
  return headPattern.test(text)
}

/**
 * The first output in a text that is free of terminal controls, with whatever stands before it; undefined where there is
 * none. What a host says cannot begin one: only the first head counts. `cut` is why the last section is not whole.
 */
export function readOutput(text: string, cut: Section['cut'] = 'connection-lost'): Output | undefined {
  const head = headPattern.exec(text)
  if (!head?.groups) return undefined
  const { nonce = '', version = '', seconds } = head.groups
  const [own = '', ...rest] = text.slice(head.index).split(`\n${nonce} over `)
  const startedMs = Number(seconds) * 1000
  const endedMs = Number.parseInt(rest[0] ?? '', 10) * 1000 || startedMs
  const end = `\n${nonce} done\n`
  const rounds = own.split(end)
  const capture = openCapture()
  capture.standAloneVersion = version
  // sample: @fleetdx-0d7a… asked host pm2 nginx-errors
  const asked = new RegExp(`^${nonce} asked (.*)$`, 'm').exec(own)?.[1]?.split(' ') ?? []
  capture.asked = asked.filter((name) => probeName.test(name))
  for (const round of rounds.slice(0, 2)) keepRound(capture, round + end, nonce, cut)
  return { nonce, version, startedMs, endedMs, capture, isWhole: rounds.length > 2, rest: rest.join('\n') }
}

function keepRound(capture: Capture, text: string, nonce: string, cut: Section['cut']): void {
  const round = readFrames(Buffer.from(text), nonce)
  for (const probe of capture.asked) {
    const section = round.sections.get(functionName(probe))
    // That its end did not arrive is all that the output says; why it did not, its reader knows.
    const isOpen = section?.cut === 'connection-lost'
    if (section) capture.sections[probe] = { ...section, probe, ...(isOpen && cut && { cut }) }
  }
  capture.right ??= round.right ?? null
}
