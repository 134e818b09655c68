import { resolve } from 'node:path'
import { loadCaptures } from '../capture/load.js'
import type { Capture } from '../collect/capture.js'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { buildStandAlone } from '../stand-alone/build-script.js'
import { readVersion } from '../version.js'
import type { CommandIo } from './command-io.js'

export interface ScriptOptions {
  /** A saved output, or a capture, of the host that the script is for. */
  after?: string
  sudoFree?: boolean
  /** How often each HTTP request is made: once, when not given. */
  samples?: number
}

/** `fleetdx script`: prints the script that gathers on a host by itself. Throws UserError. */
export async function printScript(
  { after, sudoFree = false, samples = 1 }: ScriptOptions,
  io: CommandIo,
): Promise<void> {
  const capture = after === undefined ? undefined : await loadOne(resolve(io.cwd, after))
  const sudo = sudoFree ? 'never' : 'auto'
  io.stdout.write(buildStandAlone({ version: readVersion(), sudo, samples, ...(capture && { after: capture }) }))
}

async function loadOne(file: string): Promise<Capture> {
  const { captures } = await loadCaptures([file])
  const [only] = captures
  if (captures.length === 1 && only?.outcome.kind === 'collected') return only.outcome.capture
  const mend = t`name the file of one host that answered`
  throw new UserError(t`--after is about one host, and ${captures.length} are here`, { place: { file }, mend })
}
