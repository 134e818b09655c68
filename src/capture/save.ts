import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import type { RunRecord } from '../record.js'
import { captureVersion, type HostCapture } from './host-capture.js'
import { fileOf, runFileName } from './run-file.js'

/** A folder that the captures of one run are saved to, for nobody but their owner to read. */
export interface CaptureFolder {
  /** Saves what was gathered of a host. Never rejects, so that a full disk costs no verdict: `finish` tells. */
  keep(capture: HostCapture): Promise<void>
  /** Writes the run file, the last one. Throws UserError if anything could not be written. */
  finish(record: RunRecord): Promise<void>
}

/** Makes the folder, which must be new or empty: the captures of two runs do not mix. Throws UserError. */
export async function openCaptureFolder(folder: string): Promise<CaptureFolder> {
  const place = { file: folder }
  try {
    const [first] = await readdir(folder).catch(noneIfAbsent)
    if (first !== undefined) {
      const mend = t`name a new folder, or an empty one: --save runs/2026-01-31`
      throw new UserError(t`captures cannot be saved here: this folder already holds ${first}`, { place, mend })
    }
    await mkdir(join(folder, 'hosts'), { recursive: true, mode: 0o700 })
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error
    throw new UserError(t`captures cannot be saved here: ${error.message}`, { place, cause: error })
  }
  let failure: unknown
  const write = (file: string, data: unknown) =>
    writeWhole(join(folder, file), `${JSON.stringify(data)}\n`).catch((error: unknown) => {
      failure ??= error
    })
  return {
    keep: (capture) => write(fileOf(capture.host.name), capture),
    finish: async ({ fleetdxVersion, startedAt, elapsedMs, interrupted, hosts }) => {
      const files = hosts.map(({ name }) => ({ name, file: fileOf(name) }))
      await write(runFileName, { captureVersion, fleetdxVersion, startedAt, elapsedMs, interrupted, hosts: files })
      if (failure instanceof Error) {
        throw new UserError(t`not all captures could be saved: ${failure.message}`, { place, cause: failure })
      }
    },
  }
}

function noneIfAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

/** A reader finds the whole file or none: it gets its name only once it is on the disk. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = join(dirname(file), `.${process.pid}-${Date.now()}-${Math.random().toString(36).slice(2)}`)
  await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true })
  await rename(draft, file)
}
