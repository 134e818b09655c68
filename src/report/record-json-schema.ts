import { z } from 'zod'
import { runRecordSchema, schemaVersion } from '../record.js'

/**
 * The JSON Schema (draft 2020-12) of what `--format json` prints. It allows fields that it does not know, because new
 * ones may come within a schemaVersion.
 */
export function createRecordJsonSchema() {
  return { title: 'fleetdx run record', ...z.toJSONSchema(runRecordSchema, { io: 'input' }) }
}

/** The JSON Schema of a line of `--format ndjson`: `kind` says whether it is a host or, the last one, the run. */
export function createLineJsonSchema() {
  const host = runRecordSchema.shape.hosts.element.extend({
    kind: z.literal('host'),
    schemaVersion: z.literal(schemaVersion),
  })
  const run = runRecordSchema.omit({ hosts: true }).extend({ kind: z.literal('run') })
  return {
    title: 'a line of a fleetdx run',
    ...z.toJSONSchema(z.discriminatedUnion('kind', [host, run]), { io: 'input' }),
  }
}
