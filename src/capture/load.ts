import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { UserError, UserErrors } from '../errors.js'
import { t } from '../language/language.js'
import type { RunEnd } from '../record.js'
import { decode, mostBytes } from './decode.js'
import { captureVersion, type HostCapture, hostCaptureSchema } from './host-capture.js'
import { readOutputs } from './read-output.js'
import { runFileName, runFileSchema } from './run-file.js'
import { sanitizeJson } from './sanitize-json.js'

/** Captures that were read back, in the order to show them, and when their run was. */
export interface LoadedRun {
  captures: HostCapture[]
  run: RunEnd
}

/**
 * Reads what `check --save` or the stand-alone script left behind: folders, files of one host, and saved outputs under any
 * name. Of a host that is there more than once, the last counts. Throws UserError, which names every file that is no good.
 */
export async function loadCaptures(sources: readonly string[]): Promise<LoadedRun> {
  return joinRuns(await loadEach(sources))
}

async function loadEach(sources: readonly string[]): Promise<LoadedRun[]> {
  const loaded: LoadedRun[] = []
  const mistakes: UserError[] = []
  for (const source of sources) {
    try {
      const { size, isFolder } = await measure(source)
      if (size > mostBytes) throw new UserError(t`this is too large for a capture`, { place: { file: source } })
      loaded.push(isFolder ? await loadFolder(source) : readCaptures(await readFile(source), source))
    } catch (error) {
      mistakes.push(...toMistakes(error, source))
    }
  }
  if (mistakes.length > 0) throw new UserErrors(mistakes)
  return loaded
}

async function measure(source: string) {
  const found = await stat(source)
  return { size: found.isFile() ? found.size : 0, isFolder: found.isDirectory() }
}

async function loadFolder(folder: string): Promise<LoadedRun> {
  const names = await readdir(folder, { recursive: true })
  // A run that was killed has no run file; what it had saved is there all the same.
  const run = names.includes(runFileName) ? await loadRunFile(join(folder, runFileName)) : undefined
  // sample: hosts/web01.json, web01.json; not hosts/.4711-1764000000000-k3f9, a draft
  const files =
    run?.hosts.map(({ file }) => file) ?? names.filter((name) => /(?:^|\/)[^./][^/]*\.json$/.test(name)).sort()
  if (files.length === 0) throw new UserError(t`there is no capture in this folder`, { place: { file: folder } })
  const whole = joinRuns(await loadEach(files.map((file) => join(folder, file))))
  return run ? { ...whole, run } : whole
}

async function loadRunFile(file: string) {
  return check(runFileSchema, parseJson((await readFile(file)).toString('utf8')), file)
}

/** The captures in the bytes of one file; `file` is its name in what is said of it. Throws UserError. */
export function readCaptures(bytes: Buffer, file: string): LoadedRun {
  const text = decode(bytes)
  const json = text.trimStart().startsWith('{') ? parseJson(text) : undefined
  const captures = json === undefined ? readOutputs(text, file) : [check(hostCaptureSchema, json, file)]
  if (captures.length === 0) throw explainForeign(file)
  return joinRuns(captures.map((capture) => ({ captures: [capture], run: { ...capture, interrupted: false } })))
}

function parseJson(text: string): unknown {
  try {
    return sanitizeJson(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Tells data of another time or make from data of ours. */
function check<S extends z.ZodType>(schema: S, data: unknown, file: string): z.infer<S> {
  const place = { file }
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const version =
    typeof data === 'object' && data !== null && 'captureVersion' in data ? data.captureVersion : undefined
  if (typeof version !== 'number') throw explainForeign(file)
  if (version > captureVersion) {
    throw new UserError(t`this was saved by a newer fleetdx`, {
      place,
      mend: t`replay it with that version or a later one`,
    })
  }
  if (version < captureVersion) {
    const mend = t`replay it with the version that saved it`
    throw new UserError(t`this was saved in an older form (${version}) that is no longer read`, { place, mend })
  }
  const [issue] = parsed.error.issues
  throw new UserError(t`this capture is damaged at ${issue?.path.join('.')}: ${issue?.message}`, { place })
}

/** Whatever keeps a file from being read, as mistakes that name it. */
function toMistakes(error: unknown, file: string): readonly UserError[] {
  if (error instanceof UserErrors) return error.mistakes
  if (error instanceof UserError) return [error]
  if (!(error instanceof Error)) throw error
  const isAbsent = 'code' in error && error.code === 'ENOENT'
  return [
    new UserError(isAbsent ? t`there is nothing here` : t`this cannot be read: ${error.message}`, { place: { file } }),
  ]
}

function explainForeign(file: string): UserError {
  const mend = t`name what 'fleetdx check --save' wrote, or the saved output of the script that 'fleetdx script' prints`
  return new UserError(t`this is no capture of fleetdx`, { place: { file }, mend })
}

/** The last capture of each host, and the time from the first to the last. */
function joinRuns(runs: readonly LoadedRun[]): LoadedRun {
  const captures = new Map(runs.flatMap((run) => run.captures).map((capture) => [capture.host.name, capture]))
  const [only] = runs
  if (only && runs.length === 1) return { captures: [...captures.values()], run: only.run }
  const starts = runs.map(({ run }) => Date.parse(run.startedAt))
  const ends = runs.map(({ run }, index) => (starts[index] ?? 0) + run.elapsedMs)
  const startedMs = Math.min(...starts)
  return {
    captures: [...captures.values()],
    run: {
      startedAt: new Date(startedMs).toISOString(),
      elapsedMs: Math.max(...ends) - startedMs,
      interrupted: runs.some(({ run }) => run.interrupted),
    },
  }
}
