import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabHost } from './host.js'

/** All that a reader must leave as it was: files, their content, processes, listening sockets. One thing a line; PM2's own state is among the files. */
export type Snapshot = string[]

/** Looks at a host without touching it (host/snapshot.sh says what is left out, and why). */
export async function takeSnapshot(host: LabHost): Promise<Snapshot> {
  const script = await readFile(join(import.meta.dirname, 'snapshot.sh'), 'utf8')
  const { exitCode, stdout, stderr } = await host.exec(script)
  if (exitCode !== 0) throw new Error(`${host.name}: no snapshot (${exitCode})\n${stderr}`)
  return stdout.trimEnd().split('\n')
}

/** What differs: `- ` was there before, `+ ` is there now. Empty when nothing has changed. */
export function compareSnapshots(before: Snapshot, after: Snapshot): string[] {
  const was = new Set(before)
  const is = new Set(after)
  const gone = before.filter((line) => !is.has(line)).map((line) => `- ${line}`)
  const come = after.filter((line) => !was.has(line)).map((line) => `+ ${line}`)
  return [...gone, ...come]
}
