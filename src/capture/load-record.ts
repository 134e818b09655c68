import { z } from 'zod'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { type RunRecord, runRecordSchema, schemaVersion } from '../record.js'
import { sanitizeJson } from './sanitize-json.js'

const versionedSchema = z.object({ schemaVersion: z.number() })

/**
 * The record of a run in a file that `--format json` wrote, free of terminal controls; undefined where the file is
 * something else. Throws UserError where it is a record that cannot be read.
 */
export function readRecord(text: string, file: string): RunRecord | undefined {
  const data = parseJson(text)
  const versioned = versionedSchema.safeParse(data)
  if (!versioned.success) return undefined
  const place = { file }
  if (versioned.data.schemaVersion > schemaVersion) {
    const mend = t`read it with that version or a later one`
    throw new UserError(t`this run was recorded by a newer fleetdx`, { place, mend })
  }
  const parsed = runRecordSchema.safeParse(sanitizeJson(data))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError(t`this run is damaged at ${issue?.path.join('.')}: ${issue?.message}`, { place })
}

function parseJson(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
