import { basename } from 'node:path'
import { type Capture, openCapture } from '../collect/capture.js'
import { readFrames } from '../collect/frames.js'
import { functionName } from '../collect/script.js'
import { KeyLines } from '../probes/key-lines.js'
import { captureVersion, type HostCapture } from './host-capture.js'

// sample: @fleetdx-0d7a… output 1 0.1.0 1795511766
const headPattern = /^(?<nonce>@fleetdx-[0-9a-f]{32}) output 1 (?<version>\S+) (?<seconds>\d{1,12})$/m

/** Whether a text holds the output of the stand-alone script, at least its beginning. */
export function isOutput(text: string): boolean {
  return headPattern.test(text)
}

/**
 * The captures in the saved output of the stand-alone script, of one run or of several, with whatever a terminal wrote
 * around them. What a host says cannot begin a capture: only the first head, and one that follows a whole output, counts.
 */
export function readOutputs(text: string, file: string): HostCapture[] {
  const head = headPattern.exec(text)
  if (!head?.groups) return []
  const { nonce = '', version = '', seconds } = head.groups
  const [own = '', ...rest] = text.slice(head.index).split(`\n${nonce} over `)
  const startedMs = Number(seconds) * 1000
  const endedMs = Number.parseInt(rest[0] ?? '', 10) * 1000 || startedMs
  const capture = readOutput(own, nonce)
  const captured: HostCapture = {
    captureVersion,
    fleetdxVersion: version,
    host: nameHost(capture, file),
    startedAt: new Date(startedMs).toISOString(),
    elapsedMs: endedMs - startedMs,
    outcome: { kind: 'collected', capture, fromHere: [] },
  }
  return [captured, ...readOutputs(rest.join('\n'), file)]
}

function readOutput(text: string, nonce: string): Capture {
  const end = `\n${nonce} done\n`
  const rounds = text.split(end)
  const capture = openCapture()
  // sample: @fleetdx-0d7a… asked host pm2 nginx-errors
  capture.asked = new RegExp(`^${nonce} asked (.*)$`, 'm').exec(text)?.[1]?.split(' ') ?? []
  for (const piece of rounds.slice(0, 2)) {
    const round = readFrames(Buffer.from(piece + end), nonce)
    for (const probe of capture.asked) {
      const section = round.sections.get(functionName(probe))
      if (section) capture.sections[probe] = { ...section, probe }
    }
    capture.right ??= round.right ?? null
  }
  if (rounds.length < 3) capture.trouble.push('the saved output is not whole: its end is missing')
  return capture
}

/** The host by its own name; where it was reached from, nobody knows. */
function nameHost({ sections, right }: Capture, file: string): HostCapture['host'] {
  const name = new KeyLines(sections.host?.text ?? '').first('hostname') ?? basename(file)
  return { name, address: name, port: 0, user: right?.user ?? '', labels: {}, groups: [], apps: [] }
}
