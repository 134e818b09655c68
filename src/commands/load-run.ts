import { readFile, stat } from 'node:fs/promises'
import type { HostCapture } from '../capture/host-capture.js'
import { loadCaptures } from '../capture/load.js'
import { readRecord } from '../capture/load-record.js'
import { selectCaptures } from '../capture/select-captures.js'
import { loadExtensions } from '../checks/load.js'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { replay } from '../pipeline.js'
import type { HostRecord, RunRecord } from '../record.js'

/** A run of before, whichever way it was kept. */
export interface StoredRun {
  record: RunRecord
  /** What was gathered, where it was kept; absent for a record alone. */
  captures?: HostCapture[]
}

/**
 * Loads a run of before: the record that `--format json` printed as it is; a folder of `check --save`, the file of one
 * host or a saved output of the script by the rules of today. `path` is absolute, `checksFolder` that of the modules that
 * took part in the check. Throws UserError.
 */
export async function loadRun(path: string, checksFolder?: string): Promise<StoredRun> {
  const record = await loadRecord(path)
  if (record) return { record }
  const { captures, run } = await loadCaptures([path])
  return { record: replay(captures, run, { extensions: await loadExtensions(checksFolder) }), captures }
}

/** The hosts of a run of before that targets choose, all where there are none. Throws UserError. */
export function chooseRecords({ hosts }: RunRecord, targets: readonly string[]): HostRecord[] {
  return selectCaptures(
    hosts.map((host) => ({ host })),
    targets,
  ).map(({ host }) => host)
}

/** Longer than this a text cannot be in Node.js. */
const mostBytes = 512 * 1024 * 1024

async function loadRecord(file: string): Promise<RunRecord | undefined> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return undefined
  if (found.size >= mostBytes) throw new UserError(t`this is too large for a run`, { place: { file } })
  return readRecord(await readFile(file, 'utf8'), file)
}
