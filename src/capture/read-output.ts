import { basename } from 'node:path'
import type { Capture } from '../collect/capture.js'
import { readOutput } from '../collect/output.js'
import { t } from '../language/language.js'
import { KeyLines } from '../probes/key-lines.js'
import { captureVersion, type HostCapture } from './host-capture.js'

/**
 * The captures in the saved output of the stand-alone script, of one run or of several, with whatever a terminal wrote
 * around them. What a host says cannot begin a capture: only the first head, and one that follows a whole output, counts.
 */
export function readOutputs(text: string, file: string): HostCapture[] {
  const output = readOutput(text)
  if (!output) return []
  const { version, startedMs, endedMs, capture, isWhole, rest } = output
  if (!isWhole) capture.trouble.push(t`the saved output is not whole: its end is missing`)
  const captured: HostCapture = {
    captureVersion,
    fleetdxVersion: version,
    host: nameHost(capture, file),
    startedAt: new Date(startedMs).toISOString(),
    elapsedMs: endedMs - startedMs,
    outcome: { kind: 'collected', capture, fromHere: [] },
  }
  return [captured, ...readOutputs(rest, file)]
}

/** The host by its own name; where it was reached from, nobody knows. */
function nameHost({ sections, right }: Capture, file: string): HostCapture['host'] {
  const name = new KeyLines(sections.host?.text ?? '').first('hostname') ?? basename(file)
  return { name, address: name, port: 0, user: right?.user ?? '', labels: {}, groups: [], apps: [] }
}
