import { z } from 'zod'
import { runRecordSchema } from '../record.js'

/**
 * The JSON Schema (draft 2020-12) of what `--format json` prints. It allows fields that it does not know, because new
 * ones may come within a schemaVersion.
 */
export function createRecordJsonSchema() {
  return { title: 'fleetdx run record', ...z.toJSONSchema(runRecordSchema, { io: 'input' }) }
}
